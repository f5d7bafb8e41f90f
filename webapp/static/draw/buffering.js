// @ts-check
/* What lies within a distance of lines, as rings: the same polygons as by geo/buffering.py.
 *
 * A curve runs at the distance to the right of each line and back; where the line turns away from it, an arc, where the
 * line turns towards it, by way of the line itself. It winds around every place at least once for each piece of line that
 * is so near, so that its outline, what has nothing outside of it, is the edge of the buffer. */

import { direct, inverse } from "../geodesic.js";
import { edgesOf, eachCrossing, side, sortIntoBands, windingsEast } from "./bands.js";
import { between, inPieces, moved } from "./dividing.js";

/** @typedef {import("../state.js").Position} Position */
/** An edge of a path: where it leads at its start and at its end, in radians from north to east, and its length.
 * @typedef {{from: Position, to: Position, starts: number, ends: number, km: number}} Edge */
/** A crossing on an edge: how far along it, which crossing, how the winding to the left changes there.
 * @typedef {{along: number, id: number, change: number}} Met */
/** A part of a curve from one crossing to the next, and how often curves wind around what is left of it.
 * @typedef {{first: number, points: Position[], last: number, winding: number}} Run */

const [PIECE_DEG, ARC] = [0.05, Math.PI / 32];
const { PI, sin, abs, ceil, min, max } = Math;

/** The rings within a distance of lines, outer ones counterclockwise, holes clockwise.
 * @param {Position[][]} lines closed where they are areas
 * @param {boolean} isArea
 * @param {number} km
 * @returns {Position[][]} */
export function bufferRings(lines, isArea, km) {
  const curves = lines.flatMap((line) => {
    const there = inPieces(line, PIECE_DEG);
    const back = [...there].reverse();
    return isArea ? [curveOf(there, km), curveOf(back, km)] : [curveOf([...there, ...back.slice(1)], km)];
  });
  return outline(moved(curves));
}

/** @param {Position} from @param {Position} to
 * @returns {Edge} */
function edgeOf(from, to) {
  const there = inverse(from, to);
  return { from, to, starts: there.azimuth, ends: inverse(to, from).azimuth + PI, km: there.km };
}

/** The curve to the right of a closed path.
 * @param {Position[]} path closed @param {number} km
 * @returns {Position[]} closed */
function curveOf(path, km) {
  const edges = path.slice(1).map((point, before) => edgeOf(path[before], point)).filter((edge) => edge.km > 0);
  const curve = edges.flatMap((edge, place) => turnAt(edge, edges[(place + 1) % edges.length], km));
  return [...curve, curve[0]];
}

/** How the curve goes around the end of an edge.
 * @param {Edge} edge @param {Edge} next @param {number} km
 * @returns {Position[]} */
function turnAt(edge, next, km) {
  const around = next.starts - edge.ends;
  const turn = around - 2 * PI * Math.round(around / (2 * PI));
  const at = (/** @type {number} */ azimuth) => direct(edge.to, azimuth + PI / 2, km);
  const goesBack = abs(turn) > PI - 1e-9;
  if (turn > 0 && !goesBack) {
    const isCovered = turn < PI / 2 && km * sin(turn) <= min(edge.km, next.km);
    return [at(edge.ends), ...(isCovered ? [] : [edge.to]), at(next.starts)];
  }
  const whole = goesBack ? -PI : turn;
  const steps = max(1, ceil(-whole / ARC - 1e-9));
  return Array.from({ length: steps + 1 }, (_, step) => at(edge.ends + whole * step / steps));
}

/** The edge of all places around which closed curves wind.
 * @param {Position[][]} curves
 * @returns {Position[][]} */
function outline(curves) {
  const edges = edgesOf(curves);
  const sorted = sortIntoBands(edges);
  const { met, places } = crossings(curves, edges, sorted);
  let first = 0;
  const runs = curves.flatMap((curve) => {
    const found = runsOf(curve, first, met, windingAt(first, edges, sorted, met[first]));
    first += curve.length - 1;
    return found;
  });
  return joinedRuns(runs.filter(({ winding }) => winding === 1), places);
}

/** Where curves cross, by edge, and the places.
 * @param {Position[][]} curves @param {import("./bands.js").Edges} edges @param {import("./bands.js").Bands} sorted */
function crossings(curves, { from, to }, sorted) {
  /** @type {Met[][]} */
  const met = from.map(() => []);
  /** @type {Position[]} */
  const places = [];
  let first = 0;
  for (const { length } of curves) {
    const last = first + length - 2;
    for (let edge = first; edge <= last; edge += 1) {
      eachCrossing(sorted, from[edge], to[edge], (other, along, alongOther) => {
        if (other <= edge || (other === edge + 1 && other <= last) || (edge === first && other === last)) return; // each once, neighbours never
        const change = side(from[edge], to[edge], from[other]) >= 0 ? 1 : -1;
        met[edge].push({ along, id: places.length, change });
        met[other].push({ along: alongOther, id: places.length, change: -change });
        places.push(between(from[edge], to[edge], along));
      });
    }
    first = last + 1;
  }
  for (const listed of met) listed.sort((one, other) => one.along - other.along);
  return { met, places };
}

/** How often curves wind around what is left of the start of an edge.
 * @param {number} edge @param {import("./bands.js").Edges} edges @param {import("./bands.js").Bands} sorted @param {Met[]} met */
function windingAt(edge, { from, to }, sorted, met) {
  const place = between(from[edge], to[edge], (met[0]?.along ?? 1) / 2);
  return windingsEast(sorted, place, edge) + (to[edge][1] > from[edge][1] ? 1 : 0);
}

/** The runs of a curve; the last one goes on in the first where no crossing lies between them.
 * @param {Position[]} curve @param {number} first its first edge @param {Met[][]} met @param {number} winding
 * @returns {Run[]} */
function runsOf(curve, first, met, winding) {
  /** @type {Run} */
  let run = { first: -1, points: [curve[0]], last: -1, winding };
  const runs = [run];
  curve.slice(1).forEach((point, place) => {
    for (const { id, change } of met[first + place]) {
      run.last = id;
      run = { first: id, points: [], last: -1, winding: run.winding + change };
      runs.push(run);
    }
    run.points.push(point);
  });
  if (runs.length === 1) return runs;
  const begun = /** @type {Run} */ (runs.shift());
  run.points.push(...begun.points.slice(1));
  run.last = begun.last;
  return runs;
}

/** Runs joined to closed rings.
 * @param {Run[]} runs @param {Position[]} places
 * @returns {Position[][]} */
function joinedRuns(runs, places) {
  const whole = runs.filter(({ first }) => first < 0).map(({ points }) => points);
  const left = new Map(runs.filter(({ first }) => first >= 0).map((run) => [run.first, run]));
  for (const begin of runs) {
    /** @type {Position[]} */
    const ring = [];
    for (let run = left.get(begin.first); run; run = left.get(run.last)) {
      ring.push(places[run.first], ...run.points);
      left.delete(run.first);
    }
    if (ring.length > 2) whole.push([...ring, ring[0]]);
  }
  return whole;
}
