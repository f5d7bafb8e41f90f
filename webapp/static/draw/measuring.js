// @ts-check
/* The figures of a drawing, as `clausemap measure` gives them, on the geometry of the files. */

import { inverse, lengthKm } from "../geodesic.js";
import { isInside, sortIntoBands, edgesOf } from "./bands.js";
import { bufferRings } from "./buffering.js";
import { dividedKm2, inPieces } from "./dividing.js";
import { problemOf } from "./checking.js";
import { closed, measurable, turned } from "./rings.js";
import { regionOf } from "./sides.js";
import { footOn } from "./snapping.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {import("./dividing.js").Units} Units */
/** @typedef {[number, number]} Pair */
/** @typedef {import("./rings.js").Drawing} Drawing */
/** A place: its people are those of a sum, none where the figure of another place includes them.
 * @typedef {{at: Position, people: number, name: string}} Settlement */
/** What a drawing is measured against; the line of contact by its edges.
 * @typedef {object} Against
 * @property {import("./sides.js").Box} map
 * @property {Units} oblasts
 * @property {import("./sides.js").Country} country
 * @property {Units} zones those that divide the territory
 * @property {import("./bands.js").Edges} contact
 * @property {Settlement[]} settlements largest first */
/** What lies on both sides: left and right of a line, inside and outside an area.
 * @typedef {object} Sides
 * @property {Pair} km2
 * @property {{id: string, km2: Pair}[]} oblasts
 * @property {{id: string, km2: Pair}[]} zones
 * @property {Pair} restKm2
 * @property {Pair} places
 * @property {Pair} people
 * @property {[string[], string[]]} largest */
/** Figures of a drawing; the region is its first side.
 * @typedef {Sides & {region: Position[][], lines: Position[][], lengthKm: number, contactKm: Pair | null}} Figures */
/** What lies within a depth of the drawing, on both sides. @typedef {Sides & {km: number, rings: Position[][]}} BufferFigures */

const [PIECE_DEG, STEP_DEG, LEAST_KM2, NAMED] = [0.05, 0.02, 1, 5];
const [IN_QUESTION, NEAR_KM] = [1.005, 0.05];
const KM_A_DEGREE = 111.2;

/** The figures of a drawing, or what is wrong with it.
 * @param {Drawing} drawing
 * @param {Against} against
 * @returns {{figures: Figures} | {problem: string}} */
export function measure(drawing, against) {
  const problem = problemOf(drawing, against.map);
  if (problem) return { problem };
  const lines = drawing.kind === "area" ? turned(measurable(drawing).map(closed)) : [drawing.points];
  const { ring, stuck } = drawing.kind === "area" ? { ring: undefined, stuck: "" } : regionOf(lines[0], against.country, against.map);
  if (stuck) return { problem: `inside_${stuck}` };
  const region = ring ? turned([ring]) : lines;
  const sides = sidesOf(against, region);
  if (Math.min(...sides.km2) < LEAST_KM2) return { problem: "divides_nothing" };
  const length = lines.reduce((sum, line) => sum + lengthKm(inPieces(line, PIECE_DEG)), 0);
  return { figures: { ...sides, region, lines, lengthKm: length, contactKm: contactKm(lines, against.contact) } };
}

/** The ground of an area, or of the side of a line that has less of the country.
 * @param {Drawing} drawing
 * @param {Figures} figures
 * @param {Against} against
 * @returns {Position[][]} */
export function lesserSide({ kind, points }, { km2: [left, right], region }, { country, map }) {
  if (kind === "area" || left <= right) return region;
  return [regionOf([...points].reverse(), country, map).ring ?? []];
}

/** What lies within a depth of a drawing, by side.
 * @param {Drawing} drawing
 * @param {Figures} figures
 * @param {Against} against
 * @param {number} km
 * @returns {BufferFigures} */
export function measureBuffer({ kind }, { lines, region }, against, km) {
  const rings = bufferRings(lines, kind === "area", km);
  return { ...sidesOf(against, region, rings), km, rings };
}

/** @param {Against} against @param {Position[][]} region @param {Position[][]} [within] */
function sidesOf({ oblasts, zones, settlements }, region, within) {
  const [ofOblasts, ofZones] = [rows(oblasts, region, within), rows(zones, region, within)];
  const [km2, [left, right]] = [sum(ofOblasts), sum(ofZones)];
  const restKm2 = /** @type {Pair} */ ([Math.max(km2[0] - left, 0), Math.max(km2[1] - right, 0)]);
  return { km2, oblasts: ofOblasts, zones: ofZones, restKm2, ...settled(region, settlements, within) };
}

/** @param {Units} units @param {Position[][]} region @param {Position[][]} [within] */
function rows(units, region, within) {
  const all = within ? dividedKm2(units, within) : units.units.map(({ km2 }) => km2);
  const first = within ? dividedKm2(units, region, within) : dividedKm2(units, region);
  return units.units.map(({ id }, place) => ({ id, km2: /** @type {Pair} */ ([Math.max(first[place], 0), Math.max(all[place] - first[place], 0)]) }));
}

/** @param {{km2: Pair}[]} listed
 * @returns {Pair} */
const sum = (listed) => [listed.reduce((all, { km2 }) => all + km2[0], 0), listed.reduce((all, { km2 }) => all + km2[1], 0)];

/** @param {Position[][]} region @param {Settlement[]} settlements @param {Position[][]} [within] */
function settled(region, settlements, within) {
  const [sorted, near] = [region, within].map((rings) => rings && sortIntoBands(edgesOf(rings)));
  const found = { places: /** @type {Pair} */ ([0, 0]), people: /** @type {Pair} */ ([0, 0]), largest: /** @type {[string[], string[]]} */ ([[], []]) };
  for (const { at, people, name } of settlements) {
    if (near && !isInside(near, at)) continue;
    const side = isInside(/** @type {import("./bands.js").Bands} */ (sorted), at) ? 0 : 1;
    found.places[side] += 1;
    found.people[side] += people;
    if (found.largest[side].length < NAMED) found.largest[side].push(name);
  }
  return found;
}

/** The least and the greatest distance of places along lines from the line of contact.
 * @param {Position[][]} lines @param {import("./bands.js").Edges} contact
 * @returns {Pair | null} */
function contactKm(lines, contact) {
  if (!contact.from.length) return null;
  let edge = 0;
  const found = lines.flatMap((line) => inPieces(line, STEP_DEG)).map((place) => {
    const near = nearest(place, contact, edge);
    edge = near.edge; // the next place is not far from there
    return { place, km: near.km };
  });
  const [least, greatest] = found.reduce(([low, high], { km }) => [Math.min(low, km), Math.max(high, km)], [Infinity, 0]);
  const exact = (/** @type {typeof found} */ some) => some.map(({ place, km }) => exactKm(place, contact, km));
  return [
    exact(found.filter(({ km }) => km <= least * IN_QUESTION + NEAR_KM)).reduce((one, other) => Math.min(one, other), Infinity),
    exact(found.filter(({ km }) => km >= greatest / IN_QUESTION)).reduce((one, other) => Math.max(one, other), 0),
  ];
}

/** The distance to the line of contact, true to 0.1 %, and its edge; edges too far north or south are passed over.
 * @param {Position} place @param {import("./bands.js").Edges} contact @param {number} guess an edge that may be near */
function nearest(place, { from, to }, guess) {
  let [best, found] = [awayFrom(place, from[guess], to[guess]), guess];
  let reach = Math.sqrt(best);
  for (let edge = 0; edge < from.length; edge += 1) {
    const [south, north] = [from[edge][1] - place[1], to[edge][1] - place[1]];
    if ((south > reach && north > reach) || (south < -reach && north < -reach)) continue;
    const away = awayFrom(place, from[edge], to[edge]);
    if (away < best) [best, found, reach] = [away, edge, Math.sqrt(away)];
  }
  return { km: Math.sqrt(best) * KM_A_DEGREE, edge: found };
}

/** The geodesic distance to the edges that are about the nearest.
 * @param {Position} place @param {import("./bands.js").Edges} contact @param {number} km */
function exactKm(place, { from, to }, km) {
  const most = (km * IN_QUESTION / KM_A_DEGREE) ** 2 + 1e-12;
  return from.reduce((best, a, edge) => {
    if (awayFrom(place, a, to[edge]) > most) return best;
    return Math.min(best, inverse(place, footOn(place, a, to[edge], shrinkOf(place, a))).km);
  }, Infinity);
}

/** How much shorter a degree of longitude is halfway between two points than one of latitude.
 * @param {Position} place @param {Position} other */
const shrinkOf = (place, other) => Math.cos((place[1] + other[1]) * Math.PI / 360);

/** The square of the distance of a point from an edge, in degrees of latitude.
 * @param {Position} place @param {Position} a @param {Position} b */
function awayFrom(place, a, b) {
  const shrink = shrinkOf(place, a);
  const [u, v] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const along = Math.min(1, Math.max(0, (u * (place[0] - a[0]) * shrink + v * (place[1] - a[1])) / (u * u + v * v || 1)));
  const x = (place[0] - a[0] - along * (b[0] - a[0])) * shrink;
  const y = place[1] - a[1] - along * (b[1] - a[1]);
  return x * x + y * y;
}
