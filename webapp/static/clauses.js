// @ts-check
/* The clauses beside the map: one chosen lights up its zones, a zone opened shows its clause; boxes hide zones. */

import { write } from "./address.js";
import { showKey } from "./key.js";
import { all, idsOf, one, say, scrollTo } from "./page.js";
import { closeZone, whenOpened } from "./panel.js";
import { state } from "./state.js";
import { hide, light } from "./zones.js";

/** The zones of each row on all dates that were shown. @type {Map<string, Set<string>>} */
const members = new Map();
const [LOW_SHARE, HIGH_SHARE] = [0.2, 0.8]; // of the window: a map that ends above or begins below is not seen

const cards = () => all("[data-clause-card]");
/** What is lit with a clause, zones of others that bear on it among them. @param {HTMLElement} card */
const litWith = (card) => idsOf(card.dataset.lights);
/** @param {HTMLElement} card */
const zonesOfCard = (card) => idsOf(card.dataset.own);
/** @returns {HTMLInputElement[]} */
const boxes = () => all("[data-zones]").map((box) => /** @type {HTMLInputElement} */ (box));
const cardOf = (/** @type {string} */ clause) => cards().find((card) => card.dataset.clauseCard === clause);

function showChosen() {
  for (const card of cards()) {
    const on = card.dataset.clauseCard === state.clause;
    card.classList.toggle("lit", on);
    card.querySelector("button.light")?.setAttribute("aria-pressed", String(on));
  }
}

/** Bring the map into the window where nothing of it is to be seen, as below it on a phone. */
function showMap() {
  const map = one("#map");
  const { top, bottom } = map.getBoundingClientRect();
  if (bottom < window.innerHeight * LOW_SHARE || top > window.innerHeight * HIGH_SHARE) scrollTo(map);
}

/** Light up a clause; the one that is lit already, or none: all zones look as they are.
 * @param {string} id
 * @param {{aloud?: boolean}} [how] */
export function chooseClause(id, { aloud = true } = {}) {
  const card = cardOf(id);
  state.clause = card && id !== state.clause ? id : "";
  light(state.clause && card ? litWith(card) : []);
  showChosen();
  write({ clause: state.clause });
  if (!aloud) return;
  const heading = card?.querySelector("[data-light]")?.textContent?.trim() ?? "";
  say(state.clause ? "lit" : "unlit", { clause: heading });
}

/** Make a heading a button.
 * @param {HTMLElement} heading */
function makeButton(heading) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "light", textContent: heading.textContent?.trim() });
  button.addEventListener("click", () => {
    chooseClause(heading.dataset.light ?? "");
    if (state.clause) showMap();
  });
  heading.replaceChildren(button);
}

/** The zones of a row on all dates that were shown.
 * @param {HTMLElement} box
 * @returns {string[]} */
function zonesOfBox({ dataset: { row = "", zones = "" } }) {
  const known = members.get(row) ?? new Set();
  const wasOff = known.size > 0 && isOff([...known]);
  members.set(row, known);
  const fresh = idsOf(zones).filter((id) => !known.has(id));
  for (const id of fresh) known.add(id);
  if (wasOff && fresh.length) hide(fresh, true); // a row is hidden as a whole, whatever zones it has on a date
  return [...known];
}

/** @param {string[]} ids */
const isOff = (ids) => ids.every((id) => state.hidden.has(id));

/** A box shows whether its row is seen; a URL may hide some of its zones alone.
 * @param {HTMLInputElement} box */
function showBox(box) {
  const ids = zonesOfBox(box);
  box.checked = !isOff(ids);
  box.indeterminate = box.checked && ids.some((id) => state.hidden.has(id));
  box.closest(".row")?.classList.toggle("off", !box.checked);
}

/** Make the headings buttons, and the boxes and links work; after each exchange of the list anew. */
export function enlivenClauses() {
  all("[data-light]:not(:has(button))").forEach(makeButton);
  boxes().forEach(showBox);
  showChosen();
  const card = cardOf(state.clause);
  light(card ? litWith(card) : []);
  showClauseOf(state.opened?.id);
  showKey();
}

/** Show a zone that is hidden, with all of its row where that is hidden as a whole.
 * @param {string} id */
function reveal(id) {
  if (!state.hidden.has(id)) return;
  const row = boxes().map(zonesOfBox).find((ids) => ids.includes(id) && isOff(ids));
  switchZones(row ?? [id], false);
}

/** @param {string[]} ids @param {boolean} off */
function switchZones(ids, off) {
  hide(ids, off);
  boxes().forEach(showBox);
  if (off && state.opened && ids.includes(state.opened.id)) closeZone({ focus: false });
  write({ off: [...state.hidden].join(",") });
  showKey();
}

/** The other way round: the clause of the zone that is open, which takes the place of another that is lit.
 * @param {string | undefined} id */
function showClauseOf(id) {
  const own = id === undefined ? undefined : cards().find((card) => zonesOfCard(card).includes(id));
  if (own && state.clause && own.dataset.clauseCard !== state.clause) chooseClause(own.dataset.clauseCard ?? "");
  for (const card of cards()) {
    const its = id !== undefined && zonesOfCard(card).includes(id);
    card.classList.toggle("its", its);
    if (its) card.setAttribute("aria-current", "true");
    else card.removeAttribute("aria-current");
  }
}

/** Follow the panel, and put the light out by Escape. */
export function startClauses() {
  whenOpened((id) => {
    if (id) reveal(id);
    showClauseOf(id);
  });
  document.addEventListener("change", ({ target }) => {
    const box = /** @type {HTMLInputElement} */ (target);
    if (box.matches("[data-zones]")) switchZones(zonesOfBox(box), !box.checked);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.clause && !event.defaultPrevented) chooseClause(state.clause);
  });
}
