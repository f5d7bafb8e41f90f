// @ts-check
/* Finding a place: a combobox (ARIA Authoring Practices), and what the proposal and the day mean for the place. */

import { parameters, write } from "./address.js";
import { placeOf } from "./days.js";
import { findPlaces, readPlaces } from "./matching.js";
import { days, one, once, pause, say } from "./page.js";
import { state, theMap } from "./state.js";
import { beside, isOpen, number, pageLanguage, setOpen, toolsData, whenClosed, words } from "./toolbar.js";
import { fitBounds } from "./view.js";

/** @typedef {import("./matching.js").Entry} Entry */
/** @typedef {import("./matching.js").Place} Place */
/** Where the places stand on a date: a letter each, km to the line, and the numbers of those in each zone.
 * @typedef {{held: string, line_km: number[] | null, zones: Record<string, number[]>}} States */

const NEAR_KM = 2; // nearer to the line the map is not exact
const [LEAST_ZOOM, CLOSE_ZOOM] = [7, 8.5];
const PANE = "place";
/** @type {Promise<Entry[]> | undefined} */
let reading;
/** @type {import("./matching.js").Found[]} */
let listed = [];
let active = -1;
let started = false;
/** @type {Place | undefined} */
let chosen;
/** @type {L.LayerGroup | undefined} */
let mark;
/** @type {L.Renderer | undefined} */
let renderer;
let turns = 0;

const input = () => /** @type {HTMLInputElement} */ (one("[data-search]"));
const list = () => one("[data-search-list]");
const load = (/** @type {string} */ url) => once(url, (response) => response.json());

function entries() {
  reading ??= load(toolsData().places).then((file) => readPlaces(file, pageLanguage, pause));
  reading.catch(() => { reading = undefined; });
  return reading;
}

/** A place's oblast as the map names it.
 * @param {Place} place */
function oblastOf({ iso, oblast }) {
  const { texts } = toolsData();
  return texts.plain.split(",").includes(iso) ? oblast : words("oblast", { name: oblast });
}

/** @param {number} at */
function activate(at) {
  active = at;
  [...list().children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  const option = /** @type {HTMLElement | undefined} */ (list().children[at]);
  option?.scrollIntoView({ block: "nearest" });
  if (option) input().setAttribute("aria-activedescendant", option.id);
  else input().removeAttribute("aria-activedescendant");
}

/** @param {boolean} open */
function setList(open) {
  list().hidden = !open;
  input().setAttribute("aria-expanded", String(open));
  if (!open) activate(-1);
}

/** @param {string} text */
function sayNone(text) {
  const none = one("[data-search-none]");
  none.hidden = !text;
  none.textContent = text;
}

/** @param {import("./matching.js").Found} found @param {number} at */
function optionOf({ place, by }, at) {
  const option = document.createElement("li");
  Object.assign(option, { id: `place-${at}`, role: "option" });
  option.setAttribute("aria-selected", "false");
  const name = document.createElement("b");
  name.textContent = place.name;
  const where = document.createElement("span");
  where.textContent = [by, oblastOf(place)].filter(Boolean).join(" · ");
  option.append(name, " ", where);
  return option;
}

function announce() {
  const { found, texts } = toolsData();
  const form = found[new Intl.PluralRules(pageLanguage).select(listed.length)] ?? found.other;
  const region = document.querySelector("[data-said]");
  if (region) region.textContent = listed.length ? form.replace("{count}", number(listed.length)) : texts.none;
}

/** List what fits the text of the field. */
async function suggest() {
  const text = input().value;
  const mine = (turns += 1);
  const found = text.trim() ? findPlaces(await entries(), text) : [];
  if (mine !== turns) return;
  listed = found;
  list().replaceChildren(...listed.map(optionOf));
  setList(listed.length > 0);
  sayNone(text.trim() && !listed.length ? toolsData().texts.none : "");
  if (text.trim()) announce();
}

/** @param {unknown} error */
function fail(error) {
  sayNone(toolsData().texts.search_failed);
  say("missing");
  console.error(error);
}

/** What a place's holder is on a date, in words.
 * @param {Place} place
 * @param {string} letter
 * @param {string} date */
function holder({ name }, letter, date) {
  const side = letter.toLowerCase() === "r" ? "russia" : "ukraine";
  return words(`${letter === letter.toLowerCase() ? "held" : "contested"}_${side}`, { place: name, date });
}

/** The zones that a place lies in, of those that are drawn.
 * @param {Place} place
 * @param {States} states */
const zonesWith = (place, { zones }) => Object.keys(zones).filter((id) => zones[id].includes(place.number) && state.zones.has(id));

/** What the proposal and the day mean for a place: one sentence.
 * @param {Place} place
 * @param {States} states
 * @param {string} date in words */
function sentence(place, states, date) {
  const { texts } = toolsData();
  const within = zonesWith(place, states).map((id) => state.zones.get(id)?.words.within ?? "");
  const km = states.line_km?.[place.number];
  const line = km === undefined ? [] : [km < NEAR_KM ? words("line_near") : words("line_km", { n: number(km) })];
  const parts = [holder(place, states.held[place.number], date), ...(within.length ? within : [texts.outside]), ...line];
  return `${parts.join(texts.between)}${texts.end}`;
}

/** @param {Place} place */
function drawMark({ at: [lon, lat], name }) {
  mark?.remove();
  const map = theMap();
  if (!map.getPane(PANE)) Object.assign(map.createPane(PANE).style, { zIndex: "470", pointerEvents: "none" });
  renderer ??= L.svg({ pane: PANE });
  /** @param {string} className @param {number} weight */
  const ring = (className, weight) => L.circleMarker([lat, lon], /** @type {any} */ ({ pane: PANE, renderer, radius: 9, weight, fill: false, interactive: false, className }));
  const label = Object.assign(document.createElement("span"), { textContent: name });
  const tooltip = { permanent: true, direction: "top", offset: [0, -8], className: "place-name", pane: PANE };
  mark = L.layerGroup([ring("place-halo", 6), ring("place-ring", 3).bindTooltip(label, /** @type {any} */ (tooltip))]).addTo(map);
}

/** Show a place where its card does not cover it.
 * @param {Place} place */
function moveTo({ at: [lon, lat] }) {
  const maxZoom = Math.min(Math.max(theMap().getZoom(), LEAST_ZOOM), CLOSE_ZOOM);
  if (!state.requestedView) fitBounds(L.latLng(lat, lon).toBounds(1), { maxZoom, ...beside("place") });
}

/** Buttons that open the zones of a place; the page's own listener does so.
 * @param {string[]} ids */
function zoneButtons(ids) {
  const acts = document.createElement("p");
  acts.className = "acts";
  for (const id of ids) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: state.zones.get(id)?.words.name ?? id });
    button.dataset.opens = id;
    acts.append(button);
  }
  return acts;
}

/** Say what holds for the chosen place on the date that is shown. */
async function answer() {
  const place = chosen;
  if (!place) return;
  const { day } = state;
  const states = /** @type {States} */ (await load(toolsData().states.replace("{date}", day)));
  if (place !== chosen || day !== state.day) return;
  const [, date] = days()[placeOf(days(), day)] ?? ["", day];
  const said = document.createElement("p");
  said.textContent = sentence(place, states, date);
  const ids = zonesWith(place, states);
  one("[data-place-answer]").replaceChildren(said, ...(ids.length ? [zoneButtons(ids)] : []));
  setOpen("place", true);
}

/** @param {Place} place @param {boolean} moves */
function choose(place, moves) {
  chosen = place;
  turns += 1;
  input().value = place.name;
  setList(false);
  sayNone("");
  drawMark(place);
  write({ place: String(place.id) });
  answer().then(() => { if (moves && place === chosen) moveTo(place); }).catch(fail);
}

function forget() {
  chosen = undefined;
  mark?.remove();
  mark = undefined;
  input().value = "";
  one("[data-place-answer]").replaceChildren();
  setOpen("place", false);
  write({ place: "" });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key } = event;
  const open = !list().hidden;
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    if (!open) suggest().catch(fail);
    else activate((active + (key === "ArrowDown" ? 1 : -1) + listed.length + (active < 0 && key === "ArrowUp" ? 1 : 0)) % listed.length);
  } else if (key === "Enter" && listed.length && open) {
    event.preventDefault();
    choose(listed[Math.max(active, 0)].place, true);
  } else if (key === "Escape" && (open || input().value)) {
    event.preventDefault();
    event.stopPropagation();
    if (open) setList(false);
    else forget();
  }
}

/** Let the field find places. */
export function startSearch() {
  if (started) return;
  started = true;
  const field = input();
  list().setAttribute("role", "listbox");
  list().setAttribute("aria-label", list().dataset.searchList ?? "");
  entries().catch(fail);
  field.addEventListener("input", () => suggest().catch(fail));
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", () => setList(false));
  list().addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  list().addEventListener("click", ({ target }) => {
    const at = [...list().children].indexOf(/** @type {Element} */ (/** @type {Element} */ (target).closest("[role=option]")));
    if (at < 0) return;
    choose(listed[at].place, true);
    field.blur(); // the keyboard of a phone goes, the map is seen
  });
  whenClosed("place", forget, "[data-search]");
  if (field.value) suggest().catch(fail);
}

/** The date that is shown is another one. */
export const followSearch = () => { if (chosen && isOpen("place")) answer().catch(fail); };

/** Show the place that the URL names. */
export async function restoreSearch() {
  const id = Number(parameters().get("place"));
  if (!id) return;
  startSearch();
  const found = (await entries()).find(({ place }) => place.id === id);
  if (found) choose(found.place, !parameters().get("view"));
  else write({ place: "" });
}
