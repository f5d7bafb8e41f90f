// @ts-check
/* Through the dates: slider, steps and play. The page of another date is fetched, and what differs takes its place. */

import { link, parameters, readIds, write, zoneOfHash } from "./address.js";
import { chooseClause, enlivenClauses } from "./clauses.js";
import { dayBeside, listDay, mapOf, placeOf } from "./days.js";
import { setHeadlines } from "./headline.js";
import { all, dataIn, days, filled, once, one, pageData, painted, point, say, scrollTo, zonesOf } from "./page.js";
import { openZone, refillPanel } from "./panel.js";
import { state } from "./state.js";
import { drawOwnLine, hide, redrawZones } from "./zones.js";

/** @typedef {import("./days.js").Days} Days */

const PLAY_MS = 900; // a date, at the lowest speed
const SPEEDS = [1, 2, 4];
const WAIT_MS = 400; // longer without another date, and the page says that it waits
const AHEAD = [1, -1, 2]; // the dates beside the one shown that are fetched, the likeliest first
let turns = 0;
let loading = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {() => void} */
let ready;
/** @type {Promise<void>} */
const drawn = new Promise((resolve) => { ready = resolve; });

/** Where playing begins: with the next date, from the newest on over again.
 * @param {Days} series
 * @param {string} day */
export function playFrom(series, day) {
  const next = placeOf(series, day) + 1;
  return next < series.length ? next : 0;
}

/** Where playing ends that begins after a date: with the draft's own date, from there on with the newest.
 * @param {Days} series
 * @param {string} day
 * @param {string} own */
export function playEnds(series, day, own) {
  const place = placeOf(series, own);
  return playFrom(series, day) <= place ? place : series.length - 1;
}

/** The slider; there is none where the proposal has one control map alone. */
const slider = () => /** @type {HTMLInputElement | null} */ (document.querySelector("[data-dates] input[type=range]"));

/** The page of a date as text, which takes a tenth of the room of a parsed one.
 * @param {string} day */
const pageOf = (day) => once(pageData().page.replace("{date}", day), (response) => response.text());

/** What has the focus, as a selector that finds it again after the exchange. */
function focusedSelector() {
  const { opens, zones } = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset ?? {};
  if (opens) return `[data-opens="${CSS.escape(opens)}"]`;
  return zones ? `[data-zones="${CSS.escape(zones)}"]` : "";
}

/** Give an element the attributes of another one; what the reader unfolded stays open.
 * @param {Element} old
 * @param {Element} fresh */
function takeAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}

/** Let a part of the page be as that of another date, touching only what differs: the rest need not be laid out anew.
 * @param {Node} old
 * @param {Node} fresh */
function become(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const [one_, other] = [/** @type {HTMLElement} */ (old), /** @type {HTMLElement} */ (fresh)];
  if (old.nodeType === Node.TEXT_NODE && fresh.nodeType === Node.TEXT_NODE) old.nodeValue = fresh.nodeValue;
  else if (!one_.attributes || old.nodeName !== fresh.nodeName || old.childNodes.length !== fresh.childNodes.length) one_.replaceWith(document.importNode(fresh, true));
  else {
    takeAttributes(one_, other);
    if (one_.dataset?.light && old.textContent?.trim() === fresh.textContent?.trim()) return; // it holds a button
    const children = [...fresh.childNodes];
    [...old.childNodes].forEach((child, at) => become(child, children[at]));
  }
}

/** Put what follows the date in its place; where the focus was in it, it stays on the same thing.
 * @param {Document} then the page of the other date */
function exchange(then) {
  const focused = focusedSelector();
  const around = document.activeElement?.closest("[data-follows]");
  for (const old of all("[data-follows]")) {
    const fresh = then.querySelector(`[data-follows="${old.dataset.follows}"]`);
    if (fresh) become(old, fresh);
  }
  document.title = then.title;
  one("#map").setAttribute("aria-label", then.querySelector("#map")?.getAttribute("aria-label") ?? "");
  if (focused && around) all(focused, around)[0]?.focus({ preventScroll: true });
}

/** @param {string} day */
async function showOwnLine(day) {
  const { own } = pageData();
  const features = day === own ? [] : (await zonesOf(own)).features;
  if (state.day === day) drawOwnLine(features);
}

/** @param {string} day @param {string} [asked] */
function setControls(day, asked = day) {
  const place = placeOf(days(), day);
  const range = slider();
  const [, words] = days()[place];
  if (range) range.value = String(place);
  range?.setAttribute("aria-valuetext", words);
  const select = /** @type {HTMLSelectElement} */ (one("#as_of"));
  listDay(select, days(), asked);
  for (const button of all("[data-step]")) {
    button.setAttribute("aria-disabled", String(!dayBeside(days(), day, Number(button.dataset.step))));
  }
  return words;
}

/** @param {string} day */
function setDay(day) {
  state.day = day;
  one(".folium-map").dataset.day = day;
}

/** Show the control map of a date; the last one asked for is the one that is shown.
 * @param {string} asked */
async function show(asked) {
  const mine = (turns += 1);
  const day = mapOf(days(), asked);
  if (!day) throw new Error(`${asked}: no control map on or before it`);
  const words = setControls(day, asked);
  const waits = setTimeout(() => point(loading), WAIT_MS);
  const [page, zones] = await Promise.all([pageOf(asked), zonesOf(day)]).finally(() => clearTimeout(waits));
  if (mine !== turns) return;
  point("");
  const { about, headlines } = dataIn(page);
  setHeadlines(headlines);
  redrawZones(zones, about);
  await painted(); // the map with its headline comes first, the words around it right after
  if (mine !== turns) return;
  exchange(new DOMParser().parseFromString(page, "text/html"));
  setDay(day);
  enlivenClauses();
  say(refillPanel() ? "day" : "gone", { date: words });
  write({ as_of: asked });
  await showOwnLine(day);
  fetchBeside(day);
}

/** @param {unknown} error */
function fail(error) {
  stop();
  say("missing");
  point(pageData().texts.missing);
  setControls(state.day);
  console.error(error);
}

/** @param {string} asked */
const go = (asked) => show(asked).catch(fail);

/** Fetch the dates beside the one shown, so that a step need not wait.
 * @param {string} day */
function fetchBeside(day) {
  for (const by of AHEAD) {
    const next = dayBeside(days(), day, by);
    if (next) Promise.all([pageOf(next), zonesOf(next)]).catch(() => {});
  }
}

/** @param {boolean} on */
function setPlaying(on) {
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-play]"));
  if (!button) return;
  button.setAttribute("aria-pressed", String(on));
  one("[data-dates]").classList.toggle("playing", on);
  const words = one("[data-play-words]");
  button.dataset.words ||= words.textContent ?? "";
  words.textContent = on ? pageData().texts.pause : button.dataset.words;
}

function stop() {
  clearTimeout(timer);
  timer = undefined;
  setPlaying(false);
}

/** How many times as fast as at first. */
const speed = () => Number(one("[data-speed]").dataset.speed);

/** The next higher speed, after the highest the lowest.
 * @param {HTMLElement} button */
function changeSpeed(button) {
  const next = SPEEDS[(SPEEDS.indexOf(speed()) + 1) % SPEEDS.length];
  button.dataset.speed = button.textContent = String(next);
  button.append("×");
  button.setAttribute("aria-label", filled(button.dataset.words ?? "", { times: String(next) }));
}

/** From a place on to a last one, one after the other.
 * @param {number} place
 * @param {number} last */
function play(place, last) {
  timer = setTimeout(async () => {
    await go(days()[place][0]);
    if (timer === undefined) return;
    if (place < last) play(place + 1, last);
    else stop();
  }, PLAY_MS / speed());
}

function togglePlay() {
  if (timer !== undefined) {
    stop();
    return;
  }
  setPlaying(true);
  play(playFrom(days(), state.day), playEnds(days(), state.day, pageData().own));
}

/** @param {number} by */
function step(by) {
  const next = dayBeside(days(), state.day, by);
  stop();
  if (next) go(next);
}

/** @param {string} day */
function choose(day) {
  stop();
  drawn.then(() => go(day));
}

/** @param {HTMLFormElement} form */
function listen(form) {
  const range = slider();
  range?.addEventListener("input", () => choose(days()[Number(range.value)][0]));
  for (const wake of ["pointerenter", "focusin"]) form.addEventListener(wake, () => drawn.then(() => fetchBeside(state.day)), { once: true });
  form.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    if (button?.matches("[data-play]")) drawn.then(togglePlay);
    if (button?.dataset.speed) changeSpeed(button);
    if (button?.dataset.step) drawn.then(() => step(Number(button.dataset.step)));
  });
  form.addEventListener("change", ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target);
    if (name === "control") form.submit();
    if (name === "as_of") choose(value);
  });
}

/** Let the form of dates work; what is chosen before all is drawn is shown then. */
export function startDates() {
  const form = /** @type {HTMLFormElement} */ (one("[data-dates]"));
  loading = one("[data-state]").textContent ?? "";
  for (const track of all("[data-dates] [data-own]")) track.style.setProperty("--own", track.dataset.own ?? "");
  listen(form);
}

/** Open a zone at the map: where it stands behind #, the browser itself would scroll to its words below.
 * @param {string} zone
 * @param {HTMLElement} opener
 * @param {boolean} named whether it stands behind # */
function openFirst(zone, opener, named) {
  openZone(zone, opener, true);
  if (!named) return;
  const toMap = () => scrollTo(one("#map"));
  if (document.readyState === "complete") toMap();
  else window.addEventListener("load", () => setTimeout(toMap));
}

/** Show what the URL names: what is hidden, the clause and the zone. */
function restore() {
  const query = parameters();
  const off = readIds(query.get("off"), state.zones);
  if (off.length) hide(off, true);
  enlivenClauses();
  const clause = query.get("clause");
  if (clause) chooseClause(clause, { aloud: false });
  const named = zoneOfHash(location.hash, state.zones.keys());
  const zone = named || query.get("zone");
  if (zone && state.zones.has(zone)) {
    const opener = all(`[data-opens="${CSS.escape(zone)}"], [data-zone-shape="${CSS.escape(zone)}"]`)[0];
    if (opener) openFirst(zone, opener, named !== undefined);
  }
  link();
}

/** Once the map of the first date is drawn and the page is read: all that can be done with it. */
export async function finishDates() {
  const { day, asked } = pageData();
  setDay(day);
  one(".folium-map").dataset.drawn = "true";
  restore();
  setControls(day, asked);
  one("[data-dates]").classList.add("live");
  ready();
  await showOwnLine(day);
}
