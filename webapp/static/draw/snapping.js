// @ts-check
/* Points that snap to lines nearby: to a vertex where one is near, else to the nearest place of an edge. */

import { between } from "./dividing.js";
import { edgesNear } from "./bands.js";

/** @typedef {import("../state.js").Position} Position */

const VERTEX_FIRST = 0.7; // of the reach, within which a vertex goes before an edge

/** @param {Position} place @param {Position} other @param {number} shrink */
const apart = (place, other, shrink) => Math.hypot((place[0] - other[0]) * shrink, place[1] - other[1]);

/** Where a point snaps to; itself where nothing is near.
 * @param {Position} place
 * @param {import("./bands.js").Bands[]} lines
 * @param {number} reach in degrees of latitude
 * @returns {Position} */
export function snapped(place, lines, reach) {
  const shrink = Math.cos(place[1] * Math.PI / 180);
  let [vertex, edgePlace] = [{ at: place, far: reach * VERTEX_FIRST }, { at: place, far: reach }];
  for (const line of lines) {
    for (const edge of edgesNear(line, place[1] - reach, place[1] + reach)) {
      const [a, b] = [line.edges.from[edge], line.edges.to[edge]];
      for (const end of [a, b]) if (apart(place, end, shrink) < vertex.far) vertex = { at: end, far: apart(place, end, shrink) };
      const foot = footOn(place, a, b, shrink);
      if (apart(place, foot, shrink) < edgePlace.far) edgePlace = { at: foot, far: apart(place, foot, shrink) };
    }
  }
  return vertex.at === place ? edgePlace.at : vertex.at;
}

/** The place of an edge that is nearest to a point.
 * @param {Position} place @param {Position} a @param {Position} b @param {number} shrink */
export function footOn(place, a, b, shrink) {
  const [x, y] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const along = (x * (place[0] - a[0]) * shrink + y * (place[1] - a[1])) / (x * x + y * y || 1);
  return between(a, b, Math.min(1, Math.max(0, along)));
}
