// @ts-check
/* The lines of a drawing, and how the rings of an area lie in one another: every second one is a hole. */

import { edgesOf, isInside, sortIntoBands } from "./bands.js";

/** @typedef {import("../state.js").Position} Position */
/** A line from its first to its last point, or rings whose last point is joined to their first one: `points` are those of
 * the ring that is edited, the `at`-th among the `others`.
 * @typedef {{kind: "line" | "area", points: Position[], others?: Position[][], at?: number}} Drawing */
/** How deep a ring lies in others, 0 for outer ones, and the ring around it. @typedef {{depth: number, around: number}} Nest */

const LEAST = { line: 2, area: 3 };
const ASIDE = 1e-4; // of an edge, from its middle into the ring

/** All lines of a drawing in their order, without their last points where they are closed.
 * @param {Drawing} drawing
 * @returns {Position[][]} */
export const linesOf = ({ points, others = [], at = 0 }) => [...others.slice(0, at), points, ...others.slice(at)];

/** Those that have points enough to be measured.
 * @param {Drawing} drawing */
export const measurable = (drawing) => linesOf(drawing).filter((line) => line.length >= LEAST[drawing.kind]);

/** @param {Position[]} line @returns {Position[]} */
export const closed = (line) => [...line, line[0]];

/** The drawing with another of its rings to edit; beyond the last, with an empty one.
 * @param {Drawing} drawing
 * @param {number} at
 * @returns {Drawing} */
export function editing(drawing, at) {
  const rings = linesOf(drawing).filter((ring, place) => ring.length > 0 || place === at);
  const place = Math.min(at, rings.length);
  return { kind: drawing.kind, points: rings[place] ?? [], others: rings.filter((_, number) => number !== place), at: place };
}

/** @param {Position[]} ring closed */
const doubledArea = (ring) => ring.slice(1).reduce((sum, [x, y], before) => sum + ring[before][0] * y - x * ring[before][1], 0);

/** A place inside a ring, close to its first edge.
 * @param {Position[]} ring closed
 * @returns {Position} */
function innerPlace(ring) {
  const [[x, y], [u, v]] = ring;
  const turn = ASIDE * Math.sign(doubledArea(ring));
  return [(x + u) / 2 - (v - y) * turn, (y + v) / 2 + (u - x) * turn];
}

/** How rings lie in one another.
 * @param {Position[][]} rings closed
 * @returns {Nest[]} */
export function nesting(rings) {
  const bands = rings.map((ring) => sortIntoBands(edgesOf([ring])));
  const around = rings.map((ring, number) => rings.map((_, other) => other).filter((other) => other !== number && isInside(bands[other], innerPlace(ring))));
  return around.map((listed) => ({ depth: listed.length, around: listed.find((other) => around[other].length === listed.length - 1) ?? -1 }));
}

/** Rings as the files have them: outer ones counterclockwise, holes clockwise.
 * @param {Position[][]} rings closed
 * @returns {Position[][]} */
export function turned(rings) {
  const nests = nesting(rings);
  return rings.map((ring, place) => ((doubledArea(ring) > 0) === (nests[place].depth % 2 === 0) ? ring : [...ring].reverse()));
}

/** Rings as polygons, each an outer ring and its holes.
 * @param {Position[][]} rings closed
 * @returns {Position[][][]} */
export function polygonsIn(rings) {
  const [nests, shown] = [nesting(rings), turned(rings)];
  return shown.flatMap((ring, outer) => (nests[outer].depth % 2 ? [] : [[ring, ...shown.filter((_, hole) => nests[hole].around === outer && nests[hole].depth % 2)]]));
}
