// @ts-check
/* Labels that do not collide: towns by zoom, clauses on their zones, countries, seas, oblasts. */

import { state, theMap } from "./state.js";

/** A point or a size in pixels.
 * @typedef {{x: number, y: number}} Point */

/** A box in pixels from its upper left corner; without a height, one line of text.
 * @typedef {{x: number, y: number, w: number, h?: number}} Box */

/** Where a label can stand: its box, and where its text is held by which of its ends.
 * @typedef {Box & {anchor: "start" | "middle" | "end", at: number}} Place */

/** A label: lower ranks are placed first. `from` and `to` are zooms, `bounds` what it must have room in, `zone` the id
 * of the zone that it names.
 * @typedef {object} Label
 * @property {string} text
 * @property {import("./state.js").Position} at
 * @property {string} kind
 * @property {number} rank
 * @property {"town" | "site"} [dot]
 * @property {number} [from]
 * @property {number} [to]
 * @property {import("leaflet").LatLngBounds} [bounds]
 * @property {string} [zone]
 * @property {number} [width] in pixels, once it was measured */

/** The view that labels are placed in.
 * @typedef {object} View
 * @property {number} zoom
 * @property {Point} size in pixels
 * @property {Point} margin in pixels, drawn beyond each edge
 * @property {ReadonlySet<string>} hidden ids of zones without labels
 * @property {Box[]} taken what lies over the map
 * @property {(at: import("./state.js").Position) => Point} project
 * @property {(bounds: import("leaflet").LatLngBounds) => Point} extent the size of bounds in pixels
 * @property {(label: Label) => number} measure the width of a label in pixels */

/** A label in its place, with its dot where one is drawn.
 * @typedef {{label: Label, place: Place, dot?: Point}} Placed */

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 0.25; // of the view, drawn beyond its edge so that panning shows no gap
const GAP_PX = 5;
const SITE_GAP_PX = 8;
const LINE_PX = 15;
const BASELINE_PX = 11.5; // below the top of a line
const APART_PX = 3;
const ASIDE_PX = [[0, 0], [0, -18], [0, 18], [-28, 0], [28, 0], [-28, -18], [28, -18], [-28, 18], [28, 18]];
const BESIDE_PX = 9; // a town so near to a site has no dot of its own
const DOT_PX = 6;
const [ROOM_ACROSS, ROOM_DOWN] = [1.3, 1.2]; // of a label's own size, within its bounds

// As in map.css; names of seas and countries are letterspaced.
/** @type {Record<string, string>} */
const FONTS = { clause: "700 14px", "town big": "600 13px", town: "500 12px", site: "600 12px", region: "400 11.5px", water: "italic 400 12px" };
const OTHER_FONT = "500 14px";
/** @type {Record<string, number>} */
const SPACED = { land: 1.35, sea: 1.1 };

/** Where a label can stand about a point, the best first: for areas on it, a clause also a little aside of it, and
 * what has a dot right of it, left, above or below.
 * @param {Pick<Label, "kind" | "dot">} label
 * @param {Point} point
 * @param {number} w the label's width in pixels
 * @returns {Place[]} */
export function places({ kind, dot }, point, w) {
  const middle = point.x - w / 2;
  const top = point.y - LINE_PX / 2;
  /** @type {Omit<Place, "y">} */
  const centred = { anchor: "middle", at: point.x, x: middle, w };
  if (kind === "clause") return ASIDE_PX.map(([x, y]) => ({ anchor: "middle", at: point.x + x, x: middle + x, y: top + y, w }));
  if (!dot) return [{ ...centred, y: top }];
  const gap = dot === "site" ? SITE_GAP_PX : GAP_PX;
  return [
    { anchor: "start", at: point.x + gap, x: point.x + gap, y: top, w },
    { anchor: "end", at: point.x - gap, x: point.x - gap - w, y: top, w },
    { ...centred, y: point.y - gap - LINE_PX },
    { ...centred, y: point.y + gap },
  ];
}

/** Whether a box touches none that is taken; beside each other they need a little room.
 * @param {Box} box
 * @param {Box[]} taken */
export const isFree = (box, taken) => taken.every((other) =>
  box.x > other.x + other.w + APART_PX || other.x > box.x + box.w + APART_PX ||
  box.y > other.y + (other.h || LINE_PX) || other.y > box.y + (box.h || LINE_PX));

/** Whether a label stands in the view or beside it, not cut by the edge.
 * @param {Box} box
 * @param {Point} size */
export function isWhole(box, size) {
  /** @param {number} from @param {number} to @param {number} end */
  const across = (from, to, end) => (from < 0 && to > 0) || (from < end && to > end);
  return !across(box.x, box.x + box.w, size.x) && !across(box.y, box.y + LINE_PX, size.y);
}

/** The box of a dot.
 * @param {Point} point
 * @returns {Box} */
export const dotBox = ({ x, y }) => ({ x: x - DOT_PX / 2, y: y - DOT_PX / 2, w: DOT_PX, h: DOT_PX });

/** Whether a label is to be seen at a zoom: from one zoom on, and no longer at another.
 * @param {Pick<Label, "from" | "to">} label
 * @param {number} zoom */
export const isShownAt = ({ from, to }, zoom) => zoom >= (from || 0) && zoom < (to || 99);

/** Whether what a label names has room for it.
 * @param {Point} extent in pixels
 * @param {number} w the label's width in pixels */
export const isRoomy = (extent, w) => extent.x > w * ROOM_ACROSS && extent.y > LINE_PX * ROOM_DOWN;

/** @param {Point} point @param {View} view */
const isNear = ({ x, y }, { size, margin }) =>
  x >= -margin.x && x <= size.x + margin.x && y >= -margin.y && y <= size.y + margin.y;

/** Place labels in the order of their ranks, each in the first of its places that is free; those without one are left
 * out. A town whose dot is covered has no label, one beside a site no dot.
 * @param {Label[]} labels
 * @param {View} view
 * @returns {Placed[]} */
export function placeLabels(labels, view) {
  const { zoom, size, hidden, project, extent, measure } = view;
  const taken = [...view.taken];
  const seen = labels.filter(({ zone }) => !zone || !hidden.has(zone));
  const sites = seen.filter(({ dot }) => dot === "site").map(({ at }) => project(at));
  /** @type {Placed[]} */
  const placed = [];
  for (const label of [...seen].sort((a, b) => a.rank - b.rank)) {
    if (!isShownAt(label, zoom)) continue;
    const point = project(label.at);
    if (!isNear(point, view) || (label.bounds && !isRoomy(extent(label.bounds), measure(label)))) continue;
    if (label.dot === "town" && !isFree(dotBox(point), taken)) continue;
    const place = places(label, point, measure(label)).find((one) => isWhole(one, size) && isFree(one, taken));
    if (!place) continue;
    taken.push(place);
    if (label.dot) taken.push(dotBox(point));
    const besideSite = sites.some((site) => Math.hypot(site.x - point.x, site.y - point.y) < BESIDE_PX);
    placed.push(label.dot === "town" && !besideSite ? { label, place, dot: point } : { label, place });
  }
  return placed;
}

/** An element of an SVG image.
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {Element} parent */
function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

/** What lies over the map and would hide labels: buttons, scale, badge.
 * @param {HTMLElement} container
 * @returns {Box[]} */
function covered(container) {
  const frame = container.getBoundingClientRect();
  return [...(container.parentElement ?? container).querySelectorAll(".leaflet-control, .badge")].map((part) => {
    const { left, top, width: w, height: h } = part.getBoundingClientRect();
    return { x: left - frame.left, y: top - frame.top, w, h };
  });
}

/** Measures labels as the browser draws them, each once.
 * @returns {(label: Label) => number} */
function ruler() {
  const canvas = document.createElement("canvas").getContext("2d");
  if (!canvas) throw new Error("no canvas to measure labels on");
  const { fontFamily } = getComputedStyle(document.body);
  return (label) => {
    if (!label.width) {
      canvas.font = `${FONTS[label.kind] || OTHER_FONT} ${fontFamily}`;
      label.width = canvas.measureText(label.text).width * (SPACED[label.kind] || 1) + 1;
    }
    return label.width;
  };
}

/** @type {Label[]} */
let labels = [];
/** @type {ReadonlySet<string>} */
let hiddenZones = new Set();
/** @type {SVGElement | undefined} */
let svg;
/** @type {ReturnType<typeof ruler> | undefined} */
let measure;

/** Draw labels once all first ones are known, and from then on whenever something changes. */
export function startLabels() {
  const map = theMap();
  const pane = map.getPane("labels");
  if (!pane) throw new Error("the map has no pane for labels");
  const made = /** @type {SVGElement} */ (element("svg", { class: "map-labels", "aria-hidden": "true" }, pane));
  svg = made;
  measure = ruler();
  map.on("moveend zoomend resize", draw);
  map.on("zoomstart", () => made.classList.add("still"));
  draw();
}

/** Add labels to those that there are.
 * @param {Label[]} more */
export function addLabels(more) {
  labels = [...labels, ...more];
  draw();
}

/** Labels of zones in the place of those that were there.
 * @param {Label[]} those */
export function replaceZoneLabels(those) {
  labels = labels.filter(({ zone }) => !zone);
  addLabels(those);
}

/** Hide the labels of zones, and show all others.
 * @param {ReadonlySet<string>} zones */
export function hideLabels(zones) {
  const same = zones.size === hiddenZones.size && [...zones].every((id) => hiddenZones.has(id));
  hiddenZones = zones;
  if (!same) draw();
}

/** The view that the map shows now.
 * @param {import("leaflet").Map} map
 * @param {ReturnType<typeof ruler>} measured
 * @returns {View} */
function shown(map, measured) {
  const size = map.getSize();
  return {
    size, zoom: map.getZoom(), margin: size.multiplyBy(MARGIN), hidden: hiddenZones, taken: covered(map.getContainer()),
    project: ([lon, lat]) => map.latLngToContainerPoint([lat, lon]),
    extent: (bounds) => map.latLngToContainerPoint(bounds.getSouthEast()).subtract(map.latLngToContainerPoint(bounds.getNorthWest())),
    measure: measured,
  };
}

function draw() {
  const { map } = state;
  if (!svg || !measure || !map) return;
  const view = shown(map, measure);
  const { size, margin } = view;
  L.DomUtil.setPosition(/** @type {any} */ (svg), map.containerPointToLayerPoint([-margin.x, -margin.y]));
  svg.setAttribute("width", String(size.x + 2 * margin.x));
  svg.setAttribute("height", String(size.y + 2 * margin.y));
  svg.replaceChildren();
  svg.classList.remove("still");
  for (const { label, place, dot } of placeLabels(labels, view)) {
    if (dot) element("circle", { cx: (dot.x + margin.x).toFixed(1), cy: (dot.y + margin.y).toFixed(1), r: "2.4" }, svg);
    const [x, y] = [place.at + margin.x, place.y + BASELINE_PX + margin.y].map((value) => value.toFixed(1));
    element("text", { class: label.kind, x, y, "text-anchor": place.anchor }, svg).textContent = label.text;
  }
}
