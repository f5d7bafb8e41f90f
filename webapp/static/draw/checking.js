// @ts-check
/* What is wrong with a drawing before it is measured. */

import { eachCrossing, edgesOf, sortIntoBands } from "./bands.js";
import { dividedKm2, prepareUnits } from "./dividing.js";
import { closed, linesOf, measurable, polygonsIn } from "./rings.js";

/** @typedef {import("../state.js").Position} Position */

export const MOST_POINTS = 20000;
const TOUCH = 1e-7; // of an edge, at whose ends rings may touch
const COMMON_KM2 = 0.01; // of two areas that touch, as they are moved a little

/** What is wrong with a drawing, as the key of a text; empty if nothing is.
 * @param {import("./rings.js").Drawing} drawing
 * @param {import("./sides.js").Box} map */
export function problemOf(drawing, { west, south, east, north }) {
  const [lines, isArea] = [measurable(drawing), drawing.kind === "area"];
  const points = linesOf(drawing).flat();
  if (!lines.length) return "few";
  if (points.length > MOST_POINTS) return "many";
  if (!points.every(([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north)) return "leaves";
  if (lines.some((line) => crossesItself(line, isArea))) return "crosses";
  return isArea && lines.length > 1 && (doCross(lines.map(closed)) || doOverlap(lines.map(closed))) ? "overlaps" : "";
}

/** @param {Position[]} points @param {boolean} isClosed */
function crossesItself(points, isClosed) {
  const edges = isClosed ? points.length : points.length - 1;
  const from = points.slice(0, edges);
  const to = from.map((_, place) => points[(place + 1) % points.length]);
  const sorted = sortIntoBands({ from, to });
  let crosses = false;
  from.forEach((point, edge) => eachCrossing(sorted, point, to[edge], (other) => {
    const apart = Math.abs(edge - other);
    if (apart > 1 && !(isClosed && apart === edges - 1)) crosses = true;
  }));
  return crosses;
}

/** Whether rings cross one another or have an edge in common; they may touch at points.
 * @param {Position[][]} rings */
function doCross(rings) {
  const shared = rings.flatMap((ring) => ring.slice(1).map((point, before) => [point, ring[before]].map(String).sort().join(" ")));
  if (new Set(shared).size < shared.length) return true;
  const isWithin = (/** @type {number} */ along) => along > TOUCH && along < 1 - TOUCH;
  let crosses = false;
  rings.forEach((ring, number) => {
    const others = sortIntoBands(edgesOf(rings.filter((_, other) => other > number)));
    ring.slice(1).forEach((point, before) => eachCrossing(others, ring[before], point, (_, along, alongOther) => {
      if (isWithin(along) && isWithin(alongOther)) crosses = true;
    }));
  });
  return crosses;
}

/** Whether polygons have ground in common, whose edges may lie on one another.
 * @param {Position[][]} rings */
function doOverlap(rings) {
  const polygons = polygonsIn(rings);
  const units = prepareUnits(polygons.map((coordinates, place) => ({ id: String(place), geometry: { type: "Polygon", coordinates } })));
  return polygons.some((polygon, own) => dividedKm2(units, polygon).some((km2, other) => other !== own && km2 > COMMON_KM2));
}
