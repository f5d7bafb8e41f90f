// @ts-check
/* What a click or a tap is meant for: the area under it before any line, and small zones by a target of their own. */

import { pageData, point } from "./page.js";
import { deepest, distanceTo, flat, isWithin, shapeOf } from "./shapes.js";
import { state, theMap } from "./state.js";

/** @typedef {import("./state.js").Position} Position */
/** @typedef {import("./shapes.js").Shape} Shape */
/** What can be hit: `level` is what it lies on others by, `radius` in pixels is that of a place's mark, `label` where an area is
 * labelled. Its shape and where it
 * is deepest are kept with it once they are known.
 * @typedef {{id: string, geometry: {type: string, coordinates: any}, level: number, radius?: number, label?: Position | null,
 *   shape?: Shape, deep?: import("./shapes.js").Deepest}} Hittable */
/** How a place hits something: what is meant for it comes by rank and then by distance, of a target to its middle in pixels;
 * whether it covers the place, and is too small to be hit without a target.
 * @typedef {{zone: Hittable, rank: number, distance: number, covers?: boolean, small?: boolean}} Hit */

/** By what zones lie on each other, from below: lines, areas of which only the edge is drawn, areas, areas on these, places. */
export const LEVELS = { line: 0, edge: 1, area: 2, over: 3, place: 4 };
const RANKS = { mark: 0, small: 1, target: 2, area: 3, line: 4 };
const TARGET_PX = 24; // at least so wide is what a finger or a mouse can hit
const NEAR_PX = TARGET_PX / 2;
const REACH_PX = 3; // so far from a line it can be hit
const EQUATOR_PX = 256; // of the world at zoom 0

/** A zone as it can be hit; those of a nested kind lie in one another.
 * @param {import("./state.js").ZoneFeature} feature
 * @param {boolean} nested
 * @param {number} [radius]
 * @returns {Hittable} */
export function hittableOf({ id, geometry, properties: { partition, label } }, nested, radius) {
  const ofArea = nested ? LEVELS.edge : partition ? LEVELS.area : LEVELS.over;
  const level = geometry.type.endsWith("LineString") ? LEVELS.line : geometry.type === "Point" ? LEVELS.place : ofArea;
  return { id, geometry: /** @type {any} */ (geometry), level, radius, label };
}

/** @param {Hittable} zone @param {Shape} shape @param {Position} place @param {number} scale @returns {Hit | undefined} */
function hitOfPath(zone, { paths }, place, scale) {
  const distance = distanceTo(paths, place) * scale;
  if (zone.level === LEVELS.line) return distance <= REACH_PX ? { zone, rank: RANKS.line, distance: 0 } : undefined;
  return distance <= NEAR_PX ? { zone, rank: distance <= (zone.radius ?? 0) ? RANKS.mark : RANKS.target, distance } : undefined;
}

/** @param {Hittable} zone @param {Shape} shape @param {Position} place @param {number} scale @returns {Hit | undefined} */
function hitOfArea(zone, shape, place, scale) {
  const covers = isWithin(shape.paths, place);
  const area = covers ? { zone, rank: RANKS.area, distance: 0, covers } : undefined;
  if (zone.level === LEVELS.edge) return area; // it has no target: it would lie on all areas
  const { at: [x, y], depth } = (zone.deep ??= deepest(shape, zone.label && flat(zone.label)));
  if (2 * depth * scale >= TARGET_PX) return area;
  const distance = Math.hypot(x - place[0], y - place[1]) * scale;
  return distance <= NEAR_PX ? { zone, rank: RANKS.target, distance, covers, small: true } : area && { ...area, small: true };
}

/** @param {Hittable} zone @param {Position} place @param {number} scale pixels by degree @returns {Hit | undefined} */
function hitOf(zone, place, scale) {
  const shape = (zone.shape ??= shapeOf(zone.geometry));
  const [[x, y], [west, south, east, north], near] = [place, shape.box, NEAR_PX / scale];
  if (x < west - near || x > east + near || y < south - near || y > north + near) return undefined;
  return (shape.isArea ? hitOfArea : hitOfPath)(zone, shape, place, scale);
}

/** Zones from the topmost down: of those on one level the last that was drawn, of edges the innermost, which comes first.
 * @param {Hittable[]} zones in the order in which they are drawn */
const topDown = (zones) => zones.map((zone, order) => ({ zone, order: zone.level === LEVELS.edge ? order : -order }))
  .sort((one, other) => other.zone.level - one.zone.level || one.order - other.order).map(({ zone }) => zone);

/** The zones that lie at a place, what is meant first: the mark of a place, an area on top if it is small, the nearest
 * target, areas as they lie on each other, lines.
 * @param {Hittable[]} zones in the order in which they are drawn
 * @param {Position} at
 * @param {number} zoom
 * @returns {string[]} their ids */
export function zonesUnder(zones, at, zoom) {
  const [place, scale] = [flat(at), (EQUATOR_PX * 2 ** zoom) / 360];
  const hits = topDown(zones).map((zone) => hitOf(zone, place, scale)).filter((hit) => hit !== undefined);
  const top = hits.find(({ covers }) => covers);
  if (top?.small) top.rank = RANKS.small;
  return hits.sort((one, other) => one.rank - other.rank || one.distance - other.distance).map(({ zone: { id } }) => id);
}

/** The one that a click is meant for: the first, or where it is open already what lies under it.
 * @param {string[]} ids
 * @param {string} [opened] */
export const nextOf = (ids, opened) => ids[(ids.indexOf(opened ?? "") + 1) % ids.length];

/** With the zone that a label on top names before all others; of several that it names, the one under it.
 * @param {string[]} ids
 * @param {string} named
 * @param {string[]} [members] */
export function labelled(ids, named, members = []) {
  const meant = ids.find((id) => members.includes(id)) ?? named;
  return [meant, ...ids.filter((id) => id !== meant)];
}

/** Where a finger last came down on the map. @type {{clientX: number, clientY: number} | undefined} */
let finger;

/** The place of a click with what lies on top there. Browsers move a tap to the nearest thing that they know to be
 * clickable; a small zone's target is none, so the finger's own place is taken.
 * @param {MouseEvent} event
 * @returns {{clientX: number, clientY: number, target: EventTarget | null}} */
export const clickedAt = (event) => finger ? { ...finger, target: document.elementFromPoint(finger.clientX, finger.clientY) } : event;

/** The zones under a pointer, what is meant first.
 * @param {Pick<MouseEvent, "clientX" | "clientY" | "target">} event */
export function zonesAt(event) {
  const map = theMap();
  const { lng, lat } = map.mouseEventToLatLng(/** @type {MouseEvent} */ (event));
  const shown = [...state.zones.values()].filter(({ id }) => !state.hidden.has(id));
  const found = zonesUnder(shown.map(({ hittable }) => hittable), [lng, lat], map.getZoom());
  const label = /** @type {SVGElement | null} */ (/** @type {Element | null} */ (event.target)?.closest("[data-label-for]"));
  const named = label?.dataset.labelFor ?? "";
  return state.zones.has(named) ? labelled(found, named, pageData().sharedLabels[named]?.members) : found;
}

/** Name the zone that a mouse points at, and know where a finger is. */
export function startHits() {
  const container = theMap().getContainer();
  container.addEventListener("pointerdown", ({ pointerType, clientX, clientY }) => {
    finger = pointerType === "touch" ? { clientX, clientY } : undefined;
  }, { passive: true, capture: true });
  let named = "";
  /** @param {string} words */
  const name = (words) => {
    if (words !== named) point(words);
    named = words;
    container.classList.toggle("on-zone", words !== "");
  };
  container.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch" && !event.buttons) name(state.zones.get(zonesAt(event)[0])?.words.label ?? "");
  }, { passive: true });
  container.addEventListener("pointerleave", () => name(""));
}
