// @ts-check
/* The clauses beside the map: one chosen lights up its zones, a zone opened shows its clause; boxes hide zones. */

import { write } from "./address.js";
import { all, one, say } from "./page.js";
import { closeZone, whenOpened } from "./panel.js";
import { state } from "./state.js";
import { hide, light } from "./zones.js";

/** The zones of each row on all dates that were shown. @type {Map<string, Set<string>>} */
const members = new Map();
const [LOW_SHARE, HIGH_SHARE] = [0.2, 0.8]; // of the window: a map that ends above or begins below is not seen

/** The ids that an attribute lists.
 * @param {string | undefined} list */
export const idsOf = (list) => (list ?? "").split(" ").filter(Boolean);

const cards = () => all("[data-clause-card]");
/** @param {HTMLElement} card */
const zonesOfCard = (card) => idsOf(card.dataset.lights);
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
  if (bottom < window.innerHeight * LOW_SHARE || top > window.innerHeight * HIGH_SHARE) map.scrollIntoView({ block: "start" });
}

/** Light up a clause; the one that is lit already, or none: all zones look as they are.
 * @param {string} id
 * @param {{aloud?: boolean}} [how] */
export function chooseClause(id, { aloud = true } = {}) {
  const card = cardOf(id);
  state.clause = card && id !== state.clause ? id : "";
  light(state.clause && card ? zonesOfCard(card) : []);
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

/** The zones of a row on all dates that were shown: a row is hidden as a whole, whatever zones it has on a date.
 * @param {HTMLElement} box
 * @returns {string[]} */
function zonesOfBox({ dataset: { row = "", zones = "" } }) {
  const known = members.get(row) ?? new Set();
  members.set(row, known);
  for (const id of zones.split(" ")) known.add(id);
  return [...known];
}

/** @param {HTMLInputElement} box */
const showBox = (box) => box.closest(".row")?.classList.toggle("off", !box.checked);

/** Make the headings buttons, and the boxes and links work; after each exchange of the list anew. */
export function enlivenClauses() {
  all("[data-light]:not(:has(button))").forEach(makeButton);
  for (const box of boxes()) {
    const ids = zonesOfBox(box);
    box.checked = !ids.some((id) => state.hidden.has(id));
    showBox(box);
    if (!box.checked) hide(ids, true);
    box.addEventListener("change", () => switchZones(box));
  }
  showChosen();
  const card = cardOf(state.clause);
  light(card ? zonesOfCard(card) : []);
  showClauseOf(state.opened?.id);
}

/** Show a zone whose row is hidden, with all of its row.
 * @param {string} id */
function reveal(id) {
  const box = boxes().find((found) => !found.checked && zonesOfBox(found).includes(id));
  if (!box) return;
  box.checked = true;
  switchZones(box);
}

/** @param {HTMLInputElement} box */
function switchZones(box) {
  const ids = zonesOfBox(box);
  showBox(box);
  hide(ids, !box.checked);
  if (!box.checked && state.opened && ids.includes(state.opened.id)) closeZone({ focus: false });
  write({ off: [...state.hidden].join(",") });
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
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.clause && !event.defaultPrevented) chooseClause(state.clause);
  });
}
