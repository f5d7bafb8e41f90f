// @ts-check
/* The drawing on the map: its line, the tint of its first side, its points; and what of it lies under a pointer. */

import { closed, linesOf } from "./rings.js";
import { footOn } from "./snapping.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {import("./rings.js").Drawing} Drawing */
/** What lies under a pointer: a point by its number, or a place of the edge after a point.
 * @typedef {{point?: number, edge?: number, at?: Position}} Under */

const [MOST_SHOWN, RADIUS_PX] = [400, 5];
const latLng = (/** @type {Position} */ [lon, lat]) => L.latLng(lat, lon);
/** @param {L.LatLng} place @returns {Position} */
export const positionOf = ({ lng, lat }) => [lng, lat];

/** The layers of a drawing on a map.
 * @param {L.Map} map */
export function createOutline(map) {
  const tint = L.polygon([], { pane: "tint", className: "draw-tint", interactive: false });
  const buffer = L.polygon([], { pane: "tint", className: "draw-buffer", interactive: false });
  const halo = L.polyline([], { pane: "drawing", className: "draw-halo", interactive: false });
  const line = L.polyline([], { pane: "drawing", className: "draw-line", interactive: false });
  const points = L.layerGroup();
  for (const layer of [tint, buffer, halo, line, points]) layer.addTo(map);
  return { map, tint, buffer, halo, line, points };
}

/** @typedef {ReturnType<typeof createOutline>} Outline */

/** Show a drawing, with one of its points chosen.
 * @param {Outline} outline
 * @param {Drawing} drawing
 * @param {number} chosen */
export function showOutline({ map, halo, line, points }, drawing, chosen) {
  const places = drawing.points.map(latLng);
  const courses = linesOf(drawing).map((one) => (drawing.kind === "area" && one.length > 2 ? closed(one) : one).map(latLng));
  halo.setLatLngs(courses);
  line.setLatLngs(courses);
  points.clearLayers();
  const view = map.getBounds();
  const seen = places.map((place, number) => ({ place, number })).filter(({ place, number }) => number === chosen || view.contains(place));
  const few = seen.length > MOST_SHOWN ? seen.filter(({ number }) => number === chosen || number === 0 || number === places.length - 1) : seen;
  for (const { place, number } of few) {
    const kinds = ["draw-point", number === chosen ? "chosen" : "", number === 0 ? "first" : ""].filter(Boolean).join(" ");
    L.circleMarker(place, { pane: "drawing", radius: RADIUS_PX + (number === chosen ? 2 : 0), className: kinds, interactive: false }).addTo(points);
  }
}

/** Tint the first side of a drawing, as far as there is a map; nothing where there are no sides.
 * @param {Outline} outline
 * @param {Position[][]} region
 * @param {import("./sides.js").Box} box */
export function showRegion({ tint }, region, { west, south, east, north }) {
  tint.setLatLngs(region.map((ring) => ring.map(([lon, lat]) => latLng([Math.min(Math.max(lon, west), east), Math.min(Math.max(lat, south), north)]))));
}

/** Show what lies within a depth of a drawing, by its rings.
 * @param {Outline} outline
 * @param {Position[][]} rings */
export const showBuffer = ({ buffer }, rings) => buffer.setLatLngs(rings.map((ring) => ring.map(latLng)));

/** What of a drawing lies under a place of the map, within some pixels.
 * @param {L.Map} map
 * @param {Drawing} drawing
 * @param {L.Point} pixel
 * @param {number} reach
 * @returns {Under} */
export function underPointer(map, { kind, points }, pixel, reach) {
  const pixels = points.map((point) => map.latLngToContainerPoint(latLng(point)));
  const nearest = pixels.reduce((best, place, number) => (place.distanceTo(pixel) < best.far ? { number, far: place.distanceTo(pixel) } : best), { number: -1, far: reach });
  if (nearest.number >= 0) return { point: nearest.number };
  const edges = kind === "area" && points.length > 2 ? points.length : points.length - 1;
  for (let edge = 0; edge < edges; edge += 1) {
    const [a, b] = [pixels[edge], pixels[(edge + 1) % points.length]];
    const [x, y] = footOn([pixel.x, pixel.y], [a.x, a.y], [b.x, b.y], 1);
    if (pixel.distanceTo([x, y]) < reach / 2) return { edge, at: positionOf(map.containerPointToLatLng([x, y])) };
  }
  return {};
}
