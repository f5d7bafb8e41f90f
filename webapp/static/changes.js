// @ts-check
/* What changed between two days: the areas that came under the other side's control, on the map and as a table. */

import { parameters, write } from "./address.js";
import { mapOf, optionsOf, placeOf } from "./days.js";
import { days, one, once, say } from "./page.js";
import { state, theMap } from "./state.js";
import { beside, isOpen, number, pageLanguage, setOpen, toolsData, whenClosed, words } from "./toolbar.js";
import { fitBounds } from "./view.js";

/** @typedef {{iso: string, names: Record<string, string>, held_in_second_only_km2: number, held_in_first_only_km2: number,
 *   contested_first_km2: number, contested_second_km2: number}} OblastChange */
/** @typedef {{features: {properties: {held_in: string}}[], comparison: {total: Omit<OblastChange, "iso" | "names">, oblasts: OblastChange[]}}} Changes */

const PANE = "changes";
const ROOMY = "(min-width: 60.01rem)"; // where the table by oblast stands open beside the map
/** The style of an area by the map of the two that shows it as Russian-held. @type {Record<string, string>} */
const STYLES = { "second only": "to-russia", "first only": "to-ukraine" };
/** @type {L.GeoJSON | undefined} */
let drawn;
let since = "";
/** Whether the map moves to what changed, as it does when the reader chose a day. */
let moves = false;
let turns = 0;
let started = false;

const select = () => /** @type {HTMLSelectElement} */ (one("[data-other-day]"));
/** @param {string} day */
const dateWords = (day) => days()[placeOf(days(), day)]?.[1] ?? day;

/** The two days in their order, and where their comparison is. */
function compared() {
  const [first, second] = [since, state.day].sort();
  return { first, second, url: toolsData().changes.replace("{first}", first).replace("{second}", second) };
}

/** An area in km², as a reader can use it: from 100 on to tens, from 10 on whole.
 * @param {number} km2 */
export const rounded = (km2) => (km2 >= 100 ? Math.round(km2 / 10) * 10 : km2 >= 10 ? Math.round(km2) : Math.round(km2 * 10) / 10);

/** @param {number} km2 */
const area = (km2) => number(rounded(km2), km2 > 0 && km2 < 10 ? 1 : 0);

/** @param {string} heading @param {Omit<OblastChange, "iso" | "names">} change */
function row(heading, change) {
  const line = document.createElement("tr");
  const name = Object.assign(document.createElement("th"), { scope: "row", textContent: heading });
  const cells = [change.held_in_second_only_km2, change.held_in_first_only_km2, change.contested_first_km2, change.contested_second_km2]
    .map((km2) => Object.assign(document.createElement("td"), { className: "figure", textContent: area(km2) }));
  line.append(name, ...cells);
  return line;
}

/** @param {Changes} found @param {{first: string, second: string, url: string}} days */
function fillTable({ comparison: { total, oblasts } }, { first, second, url }) {
  const dates = { first: dateWords(first), second: dateWords(second) };
  const rows = oblasts.map((change) => row(change.names[pageLanguage] ?? change.names.en, change));
  one("[data-changes-rows]").replaceChildren(row(words("all"), total), ...rows);
  one("[data-changes-caption]").textContent = words("caption", dates);
  one("[data-changes-first]").textContent = dates.first;
  one("[data-changes-last]").textContent = dates.second;
  /** @type {HTMLAnchorElement} */ (one("[data-changes-file]")).href = url;
}

/** @param {Changes} found */
function draw(found) {
  const map = theMap();
  clear();
  if (!map.getPane(PANE)) Object.assign(map.createPane(PANE).style, { zIndex: "415", pointerEvents: "none" });
  const { styles } = toolsData();
  drawn = L.geoJSON(/** @type {any} */ (found), /** @type {any} */ ({
    pane: PANE, interactive: false,
    style: (/** @type {{properties: {held_in: string}}} */ { properties }) => ({ ...styles[STYLES[properties.held_in]], className: "change" }),
  })).addTo(map);
  map.getContainer().parentElement?.classList.add("comparing");
}

function clear() {
  drawn?.remove();
  drawn = undefined;
  theMap().getContainer().parentElement?.classList.remove("comparing");
}

/** Say something in a line, which is heard alone where the result says the same.
 * @param {string} text
 * @param {boolean} [result] whether there is one */
function sum(text, result = false) {
  const line = one("[data-changes-sum]");
  line.textContent = text;
  line.classList.toggle("unseen", result);
  one("[data-changes-result]").hidden = !result;
}

/** Show what changed between the day shown and the other one. */
async function show() {
  const mine = (turns += 1);
  write({ since });
  if (!since || since === state.day) {
    clear();
    sum(since ? words("same_day") : "");
    return;
  }
  const asked = compared();
  sum(words("loading"));
  const found = /** @type {Changes} */ (await once(asked.url, (response) => response.json()));
  if (mine !== turns) return;
  const { held_in_second_only_km2: toRussia, held_in_first_only_km2: toUkraine } = found.comparison.total;
  draw(found);
  fillTable(found, asked);
  const figures = { russia: area(toRussia), ukraine: area(toUkraine) };
  for (const [side, figure] of Object.entries(figures)) one(`[data-changes-figure="to-${side}"]`).textContent = words("about", { n: figure });
  sum(words("sum", { first: dateWords(asked.first), second: dateWords(asked.second), ...figures }), true);
  if (moves && found.features.length && !state.requestedView) fitBounds(/** @type {L.GeoJSON} */ (drawn).getBounds(), beside("changes"));
  moves = false;
}

/** @param {unknown} error */
function fail(error) {
  clear();
  sum(words("changes_failed"));
  say("missing");
  console.error(error);
}

const run = () => show().catch(fail);

function close() {
  since = "";
  setOpen("changes", false);
  run();
}

function start() {
  if (started) return;
  started = true;
  /** @type {HTMLDetailsElement} */ (one("[data-changes-table]")).open = window.matchMedia(ROOMY).matches;
  select().addEventListener("change", () => {
    choose(select().value);
    moves = true;
    run();
  });
  whenClosed("changes", close);
}

/** Choose the other date, and list the dates of its year; none for the year of the date that is shown.
 * @param {string} day */
function choose(day) {
  since = day;
  select().replaceChildren(select().options[0], ...optionsOf(days(), day || state.day));
  select().value = day;
}

/** @param {string} day */
function open(day) {
  start();
  choose(day);
  setOpen("changes", true);
  run();
}

/** Open the card, or close it. */
export function toggleChanges() {
  if (isOpen("changes")) {
    close();
    return;
  }
  open("");
  select().focus({ preventScroll: true });
}

/** The date that is shown is another one. */
export const followChanges = () => { if (since && isOpen("changes")) run(); };

/** Compare with the day that the URL names; a copy may have no map of it. */
export function restoreChanges() {
  const asked = parameters().get("since");
  if (!asked || !toolsData().changes) return;
  const day = mapOf(days(), asked);
  moves = !parameters().get("view");
  open(day ?? "");
  if (!day) sum(words("no_day"));
}
