// @ts-check
/* What was drawn before and, after going back, after: for undo and redo. */

/** @typedef {import("./rings.js").Drawing} Drawing */
/** @typedef {{past: Drawing[], now: Drawing, future: Drawing[]}} History */

const MOST_STEPS = 200;

/** @param {Drawing} now
 * @returns {History} */
export const beginHistory = (now) => ({ past: [], now, future: [] });

/** @param {History} history @param {Drawing} next
 * @returns {History} */
export const record = ({ past, now }, next) => ({ past: [...past, now].slice(-MOST_STEPS), now: next, future: [] });

/** @param {History} history
 * @returns {History} */
export const undo = ({ past, now, future }) => (past.length ? { past: past.slice(0, -1), now: past[past.length - 1], future: [now, ...future] } : { past, now, future });

/** @param {History} history
 * @returns {History} */
export const redo = ({ past, now, future }) => (future.length ? { past: [...past, now], now: future[0], future: future.slice(1) } : { past, now, future });
