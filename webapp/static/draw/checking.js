// @ts-check
/* What is wrong with a drawing before it is measured. */

import { eachCrossing, sortIntoBands } from "./bands.js";

/** @typedef {import("../state.js").Position} Position */

export const MOST_POINTS = 20000;
const LEAST = { line: 2, area: 3 };

/** What is wrong with a drawing, as the key of a text; empty if nothing is.
 * @param {import("./measuring.js").Drawing} drawing
 * @param {import("./sides.js").Box} map */
export function problemOf({ kind, points }, { west, south, east, north }) {
  if (points.length < LEAST[kind]) return "few";
  if (points.length > MOST_POINTS) return "many";
  if (!points.every(([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north)) return "leaves";
  return crossesItself(points, kind === "area") ? "crosses" : "";
}

/** @param {Position[]} points @param {boolean} closed */
function crossesItself(points, closed) {
  const edges = closed ? points.length : points.length - 1;
  const from = points.slice(0, edges);
  const to = from.map((_, place) => points[(place + 1) % points.length]);
  const sorted = sortIntoBands({ from, to });
  let crosses = false;
  from.forEach((point, edge) => eachCrossing(sorted, point, to[edge], (other) => {
    const apart = Math.abs(edge - other);
    if (apart > 1 && !(closed && apart === edges - 1)) crosses = true;
  }));
  return crosses;
}
