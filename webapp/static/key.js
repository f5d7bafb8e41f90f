// @ts-check
/* The key in view with the map: it names what is in the frame, with a figure only where that is of the zones there. */

import { all, idsOf } from "./page.js";
import { state, theMap } from "./state.js";

/** @param {string} id */
function isInFrame(id) {
  const zone = state.zones.get(id);
  return zone !== undefined && !state.hidden.has(id) && theMap().getBounds().intersects(zone.bounds);
}

/** Show the entries whose zones are in the frame. The tint of what is held,
 * without zones of its own, is where zones leave it free or are hidden. */
export function showKey() {
  if (!state.zones.size) return; // not drawn yet
  for (const entry of all("[data-key]")) {
    const ids = idsOf(entry.dataset.of);
    const inside = ids.filter(isInFrame);
    entry.hidden = ids.length ? inside.length === 0 : "folded" in entry.dataset && state.hidden.size === 0;
    const figure = /** @type {HTMLElement | null} */ (entry.querySelector(".figure"));
    if (figure) figure.hidden = inside.length < ids.length;
  }
}

/** Follow the map. */
export const startKey = () => theMap().on("moveend", showKey);
