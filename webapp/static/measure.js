// @ts-check
/* Measuring on the map: length along points and the area that they enclose, by mouse, touch and keyboard. */

import { along, areaKm2, crossesItself, lengthKm } from "./geodesic.js";
import { one } from "./page.js";
import { theMap } from "./state.js";
import { isOpen, number, setOpen, whenClosed, words } from "./toolbar.js";

/** @typedef {import("./state.js").Position} Position */

const PANE = "measure";
const DRAG_PX = 6; // a pointer that moved farther drew the map
const SIGNIFICANT = 3;
/** @type {Position[]} */
let points = [];
/** @type {L.LayerGroup | undefined} */
let drawn;
/** @type {L.Renderer | undefined} */
let renderer;
let started = false;
/** Where a pointer went down. @type {[x: number, y: number]} */
let down = [0, 0];

const frame = () => theMap().getContainer();

/** A length or an area with as many digits as a reader can use.
 * @param {number} value */
function usefulFigure(value) {
  const digits = Math.floor(Math.log10(Math.max(value, 1e-3))) + 1;
  const unit = 10 ** Math.max(digits - SIGNIFICANT, 0);
  return number(unit > 1 ? Math.round(value / unit) * unit : value, Math.min(Math.max(SIGNIFICANT - digits, 0), 2));
}

function summary() {
  if (points.length < 2) return words(points.length ? "measure_next" : "measure_first");
  const length = words("length", { n: usefulFigure(lengthKm(points)) });
  if (points.length < 3) return length;
  const area = crossesItself(points) ? words("crosses") : words("area", { n: usefulFigure(areaKm2(points)) });
  return [length, area].join(words("between"));
}

/** A position in degrees, as the map's own data have it.
 * @param {Position} position */
const place = ([lon, lat]) => words("position", { lat: number(lat, 3), lon: number(lon, 3) });

function list() {
  const rows = points.map((point, at) => {
    const row = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    button.setAttribute("aria-label", words("remove", { n: String(at + 1) }));
    button.dataset.removes = String(at);
    row.append(place(point), " ", button);
    return row;
  });
  one("[data-measure-points]").replaceChildren(...rows);
  const details = /** @type {HTMLElement | null} */ (one("[data-measure-points]").closest("details"));
  if (details) details.hidden = points.length === 0;
}

/** The line through points as it is measured, along geodesics.
 * @param {Position[]} ends
 * @returns {[lat: number, lon: number][]} */
const path = (ends) => [...ends.slice(1).flatMap((next, at) => along(ends[at], next)), ...ends.slice(-1)].map(([lon, lat]) => [lat, lon]);

function draw() {
  const map = theMap();
  drawn?.remove();
  if (!map.getPane(PANE)) Object.assign(map.createPane(PANE).style, { zIndex: "465", pointerEvents: "none" });
  renderer ??= L.svg({ pane: PANE });
  const options = /** @type {any} */ ({ pane: PANE, renderer, interactive: false, smoothFactor: 1 });
  const parts = [];
  if (points.length > 2) parts.push(L.polygon(path([...points, points[0]]), { ...options, stroke: false, className: "measured-area" }), L.polyline(path([points[points.length - 1], points[0]]), { ...options, weight: 1.5, dashArray: "3 4", className: "measured-line" }));
  for (const [name, weight] of [["measured-halo", 6], ["measured-line", 2.5]]) parts.push(L.polyline(path(points), { ...options, weight, className: name }));
  for (const [lon, lat] of points) parts.push(L.circleMarker([lat, lon], { ...options, radius: 4.5, weight: 2, className: "measured-point" }));
  drawn = L.layerGroup(parts).addTo(map);
}

function show() {
  draw();
  list();
  one("[data-measure-sum]").textContent = summary();
  for (const name of ["undo", "clear"]) /** @type {HTMLButtonElement} */ (one(`[data-measure-${name}]`)).disabled = points.length === 0;
}

/** @param {Position[]} others */
function set(others) {
  points = others;
  show();
}

/** @param {L.LatLng} at */
const add = ({ lng, lat }) => set([...points, [lng, lat]]);

const undo = () => set(points.slice(0, -1));

/** A click on the map adds a point, whatever lies there; the map's own controls work on.
 * @param {MouseEvent} event */
function onClick(event) {
  const target = /** @type {Element} */ (event.target);
  if (!isOpen("measure") || !frame().contains(target) || target.closest(".leaflet-control")) return;
  event.stopPropagation();
  event.preventDefault();
  const moved = Math.hypot(event.clientX - down[0], event.clientY - down[1]);
  if (event.type === "click" && moved <= DRAG_PX && event.detail <= 1) add(theMap().mouseEventToLatLng(event));
}

/** Keys while the map has the focus: what they do is said in the card.
 * @param {KeyboardEvent} event */
function onKey(event) {
  if (!isOpen("measure")) return;
  const inMap = frame().contains(/** @type {Node} */ (event.target));
  const acts = /** @type {Record<string, () => void>} */ ({ Enter: () => add(theMap().getCenter()), Backspace: undo });
  if (event.key === "Escape") stop();
  else if (inMap && acts[event.key] && !/** @type {Element} */ (event.target).closest(".leaflet-control")) acts[event.key]();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Go back to how the map was. */
function end() {
  setOpen("measure", false);
  set([]);
  drawn?.remove();
  frame().parentElement?.classList.remove("measuring");
}

function stop() {
  end();
  one('[data-tool="measure"]').focus({ preventScroll: true });
}

function listen() {
  if (started) return;
  started = true;
  document.addEventListener("pointerdown", ({ clientX, clientY }) => { down = [clientX, clientY]; }, true);
  for (const type of ["click", "dblclick"]) document.addEventListener(type, (event) => onClick(/** @type {MouseEvent} */ (event)), true);
  document.addEventListener("keydown", onKey, true);
  one("[data-measure-undo]").addEventListener("click", undo);
  one("[data-measure-clear]").addEventListener("click", () => set([]));
  one("[data-measure-points]").addEventListener("click", ({ target }) => {
    const at = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-removes]"))?.dataset.removes;
    if (at === undefined) return;
    set(points.filter((_, place_) => place_ !== Number(at)));
    one('[data-card="measure"]').focus({ preventScroll: true });
  });
  whenClosed("measure", end);
}

/** Begin to measure, or end. */
export function toggleMeasure() {
  listen();
  if (isOpen("measure")) {
    stop();
    return;
  }
  setOpen("measure", true);
  frame().parentElement?.classList.add("measuring");
  set([]);
  frame().focus({ preventScroll: true });
}
