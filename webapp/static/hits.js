// @ts-check
/* What a click or a tap is meant for: the area under it before any line, and small zones by a target of their own. */

import { all, point } from "./page.js";
import { state, theMap } from "./state.js";

/** @typedef {import("./state.js").Zone} Zone */
/** @typedef {import("./state.js").Position} Position */
/** Where a zone is deepest, and how far from its edge, in degrees of longitude at the equator of Mercator's projection.
 * @typedef {{at: Position, depth: number}} Deepest */
/** What lies under a point: a zone as its label, its target or its shape.
 * @typedef {{id: string, as: "label" | "target" | "shape", distance: number}} Found */

export const TARGET_PX = 24; // at least so wide is what a finger or a mouse can hit
const EQUATOR_PX = 256; // of the world at zoom 0
const GRID = 16; // places across and down that are tried where nobody says where a zone is deepest

/** @param {number} lat */
const mercator = (lat) => (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 180) / Math.PI;

/** @param {Position} position @returns {Position} */
const flat = ([lon, lat]) => [lon, mercator(lat)];

/** @param {Position} point @param {Position} a @param {Position} b */
function distanceToEdge([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}

/** How far inside of rings a point lies; negative outside.
 * @param {Position} place
 * @param {Position[][]} rings */
function depthIn(place, rings) {
  let [inside, nearest] = [false, Infinity];
  for (const ring of rings) {
    for (let here = 0, before = ring.length - 1; here < ring.length; before = here, here += 1) {
      const [a, b] = [ring[before], ring[here]];
      if (a[1] > place[1] !== b[1] > place[1] && place[0] < ((b[0] - a[0]) * (place[1] - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
      nearest = Math.min(nearest, distanceToEdge(place, a, b));
    }
  }
  return inside ? nearest : -nearest;
}

/** @param {Position[]} ring @returns {[west: number, south: number, east: number, north: number]} */
function boxOf(ring) {
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** @param {Position[][]} rings */
const extentOf = ([outer]) => {
  const [west, south, east, north] = boxOf(outer);
  return (east - west) * (north - south);
};

/** @param {Position[][]} rings @returns {Deepest} */
function searched(rings) {
  const [west, south, east, north] = boxOf(rings[0]);
  /** @type {Deepest} */
  let best = { at: rings[0][0], depth: 0 };
  for (let place = 0; place < GRID * GRID; place += 1) {
    /** @type {Position} */
    const at = [
      west + ((east - west) * ((place % GRID) + 0.5)) / GRID,
      south + ((north - south) * (Math.floor(place / GRID) + 0.5)) / GRID,
    ];
    const depth = depthIn(at, rings);
    if (depth > best.depth) best = { at, depth };
  }
  return best;
}

/** Where a zone is deepest: at its label, else found on a grid over its largest part. None for lines.
 * @param {import("geojson").Geometry} geometry
 * @param {Position | null} [label]
 * @returns {Deepest | null} */
export function deepest(geometry, label) {
  if (geometry.type === "Point") return { at: /** @type {Position} */ (geometry.coordinates), depth: 0 };
  if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon") return null;
  const parts = /** @type {Position[][][]} */ (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);
  const drawn = parts.map((rings) => rings.map((ring) => ring.map(flat)));
  if (label) return { at: label, depth: Math.max(0, ...drawn.map((rings) => depthIn(flat(label), rings))) };
  const { at, depth } = searched(drawn.reduce((one, other) => (extentOf(other) > extentOf(one) ? other : one)));
  return { at: [at[0], (Math.atan(Math.exp((at[1] * Math.PI) / 180)) * 360) / Math.PI - 90], depth };
}

/** Whether a zone is too small to be hit at a zoom.
 * @param {number} depth
 * @param {number} zoom */
export const isSmall = (depth, zoom) => (2 * depth * EQUATOR_PX * 2 ** zoom) / 360 < TARGET_PX;

/** The zones of what was found, what is meant first: a label, then a small zone itself, then the nearest target, then
 * shapes as they lie on each other.
 * @param {Found[]} found from the topmost down
 * @param {{has(id: string): boolean}} small ids of zones with a target
 * @returns {string[]} */
export function ranked(found, small) {
  /** @param {Found} one */
  const rank = ({ id, as }) => (as === "label" ? 0 : as === "shape" && small.has(id) ? 1 : as === "target" ? 2 : 3);
  const ordered = [...found].sort((one, other) => rank(one) - rank(other) || one.distance - other.distance);
  return [...new Set(ordered.map(({ id }) => id))];
}

/** The one that a click is meant for: the first, or where it is open already what lies under it.
 * @param {string[]} ids
 * @param {string} [opened] */
export const nextOf = (ids, opened) => ids[(ids.indexOf(opened ?? "") + 1) % ids.length];

/** @param {Element} element @param {number} x @param {number} y @returns {Found[]} */
function read(element, x, y) {
  const label = /** @type {SVGElement | null} */ (element.closest("[data-label-for]"));
  const { zoneShape, zoneTarget } = /** @type {SVGElement} */ (element).dataset ?? {};
  const id = label?.dataset.labelFor || zoneShape || zoneTarget;
  if (!id || !state.zones.has(id)) return [];
  if (!zoneTarget) return [{ id, as: label ? "label" : "shape", distance: 0 }];
  const { left, top, width, height } = element.getBoundingClientRect();
  return [{ id, as: "target", distance: Math.hypot(left + width / 2 - x, top + height / 2 - y) }];
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;
/** Zones with a target now. @type {Map<string, L.Path>} */
const targets = new Map();

/** The zones under a pointer, what is meant first. What the browser itself hit is the topmost, since events have the place of
 * a pointer in whole pixels.
 * @param {MouseEvent} event */
export const zonesAt = ({ clientX: x, clientY: y, target }) => {
  const under = [/** @type {Element} */ (target), ...document.elementsFromPoint(x, y)];
  return ranked(under.flatMap((found) => read(found, x, y)), targets);
};

/** @param {string} id @param {Position} at */
function makeTarget(id, [lon, lat]) {
  const options = { pane: "targets", radius: TARGET_PX / 2, stroke: false, fillOpacity: 0, className: "zone-target" };
  const target = L.circleMarker([lat, lon], options).addTo(theMap());
  const element = /** @type {SVGElement} */ (target.getElement());
  element.dataset.zoneTarget = id;
  element.classList.toggle("zone-off", state.hidden.has(id));
  return target;
}

/** Give each zone that is small at this zoom its target, and take it from the others. */
export function drawTargets() {
  const zoom = theMap().getZoom();
  for (const [id, target] of targets) {
    const { deep } = state.zones.get(id) ?? {};
    if (deep && isSmall(deep.depth, zoom)) continue;
    target.remove();
    targets.delete(id);
  }
  for (const zone of state.zones.values()) {
    const { id, feature: { geometry, properties } } = zone;
    if (zone.deep === undefined) zone.deep = deepest(geometry, properties.label);
    const { deep } = zone;
    if (deep && !targets.has(id) && isSmall(deep.depth, zoom)) targets.set(id, makeTarget(id, deep.at));
  }
}

/** Targets of the zones that were just drawn, once these are seen. */
export function redrawTargets() {
  for (const target of targets.values()) target.remove();
  targets.clear();
  clearTimeout(later);
  later = setTimeout(drawTargets);
}

/** Hide the targets of hidden zones, and show all others. */
export function hideTargets() {
  for (const target of all("[data-zone-target]")) target.classList.toggle("zone-off", state.hidden.has(target.dataset.zoneTarget ?? ""));
}

/** Name the zone that a mouse points at, and give small zones targets at each zoom. */
export function startHits() {
  const map = theMap();
  map.on("zoomend", drawTargets);
  const container = map.getContainer();
  let named = "";
  /** @param {string} words */
  const name = (words) => {
    if (words !== named) point(words);
    named = words;
  };
  container.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch" && !event.buttons) name(state.zones.get(zonesAt(event)[0])?.words.label ?? "");
  }, { passive: true });
  container.addEventListener("pointerleave", () => name(""));
}
