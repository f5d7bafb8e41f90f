// @ts-check
/* Areas that a region cuts out of units, such as oblasts or zones, on the geometry of the files.
 *
 * No polygon is clipped: the area of what both have in common is a sum along the pieces of either outline that lie inside
 * the other, of the areas between each edge and the equator. Where outlines meet they cross, since the region is moved by
 * a few millimetres, differently at each of its points. */

import { areaBelow } from "../geodesic.js";
import { eachCrossing, edgesOf, isInside, sortIntoBands } from "./bands.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {import("./bands.js").Bands} Bands */
/** A closed outline with the sums of the areas below its edges; counterclockwise, the holes clockwise.
 * @typedef {{points: Position[], sums: Float64Array}} Outline */
/** @typedef {{id: string, outlines: Outline[], bands: Bands, km2: number}} Unit */
/** All units with their edges: of each, the unit, its outline and the place in it.
 * @typedef {{units: Unit[], bands: Bands, unit: number[], outline: number[], place: number[]}} Units */
/** A crossing on an outline: how far along it, in edges, where, and with which shape. @typedef {{at: number, point: Position, other: number}} Met */

const MOVED_DEG = 4e-8;
const GOLDEN = 0.618033988749895;

/** @param {Position[]} points
 * @returns {Outline} */
function measured(points) {
  const sums = new Float64Array(points.length);
  for (let place = 1; place < points.length; place += 1) sums[place] = sums[place - 1] + areaBelow(points[place - 1], points[place]);
  return { points, sums };
}

/** @param {Outline} outline */
const whole = ({ sums }) => sums[sums.length - 1];

/** The polygons of a geometry, each a list of rings.
 * @param {import("geojson").Geometry} geometry
 * @returns {Position[][][]} */
export function polygonsOf(geometry) {
  if (geometry.type === "Polygon") return [/** @type {any} */ (geometry.coordinates)];
  return geometry.type === "MultiPolygon" ? /** @type {any} */ (geometry.coordinates) : [];
}

/** @param {{id: string, geometry: import("geojson").Geometry}} feature
 * @returns {Unit} */
function unitOf({ id, geometry }) {
  const rings = polygonsOf(geometry).flat();
  const outlines = rings.map(measured);
  return { id, outlines, bands: sortIntoBands(edgesOf(rings)), km2: -outlines.reduce((sum, one) => sum + whole(one), 0) };
}

/** Units ready to be divided.
 * @param {{id: string, geometry: import("geojson").Geometry}[]} features
 * @returns {Units} */
export function prepareUnits(features) {
  const units = features.map(unitOf);
  /** @type {[Position, Position, number, number, number][]} */
  const edges = units.flatMap(({ outlines }, unit) => outlines.flatMap(({ points }, outline) => points.slice(1)
    .map((point, place) => /** @type {[Position, Position, number, number, number]} */ ([points[place], point, unit, outline, place]))));
  const [unit, outline, place] = [2, 3, 4].map((column) => edges.map((edge) => /** @type {number} */ (edge[column])));
  return { units, bands: sortIntoBands({ from: edges.map((edge) => edge[0]), to: edges.map((edge) => edge[1]) }), unit, outline, place };
}

/** The rings of a region, each moved out of the way of what it runs along.
 * @param {Position[][]} rings
 * @returns {Position[][]} */
export function moved(rings) {
  return rings.map((ring) => {
    const points = ring.slice(0, -1).map(([lon, lat], place) => /** @type {Position} */ (
      [lon + MOVED_DEG * ((place * GOLDEN) % 1 - 0.5), lat + MOVED_DEG * ((place * GOLDEN * 7 + 0.3) % 1 - 0.5)]));
    return [...points, points[0]];
  });
}

/** The area of each unit that lies inside all of some regions, in km².
 * @param {Units} units
 * @param {Position[][][]} regions each its rings, closed, outer ones counterclockwise and holes clockwise
 * @returns {number[]} */
export function dividedKm2(units, ...regions) {
  const shapes = regions.map((rings) => {
    const outlines = moved(rings).map(measured);
    return { outlines, bands: sortIntoBands(edgesOf(outlines.map(({ points }) => points))) };
  });
  const met = crossings(units, shapes);
  return units.units.map((unit, number) => {
    const all = [...shapes, unit]; // the unit is the last of the shapes
    const parts = all.flatMap(({ outlines }, own) => outlines.map((outline, place) => partKm2(outline, met(own, place, number),
      all.map(({ bands }, other) => other === own || isInside(bands, outline.points[0])))));
    return -parts.reduce((sum, part) => sum + part, 0);
  });
}

/** The crossings on the outlines of regions and of a unit, each with the number of the other shape.
 * @param {Units} units
 * @param {{outlines: Outline[], bands: Bands}[]} regions
 * @returns {(own: number, outline: number, unit: number) => Met[]} */
function crossings(units, regions) {
  /** @type {Map<string, Met[]>} */
  const found = new Map();
  const { from, to } = units.bands.edges;
  regions.forEach(({ outlines }, own) => outlines.forEach(({ points }, ring) => {
    for (let place = 1; place < points.length; place += 1) {
      eachCrossing(units.bands, points[place - 1], points[place], (edge, along, alongEdge) => {
        const point = between(from[edge], to[edge], alongEdge);
        note(found, `unit ${units.unit[edge]} ${units.outline[edge]}`, { at: units.place[edge] + alongEdge, point, other: own });
        note(found, `${own} ${ring} ${units.unit[edge]}`, { at: place - 1 + along, point, other: regions.length });
      });
      regions.slice(0, own).forEach(({ bands }, other) => eachCrossing(bands, points[place - 1], points[place], (edge, along, alongEdge) => {
        const point = between(points[place - 1], points[place], along);
        const [otherRing, start] = placeOf(regions[other].outlines, edge);
        note(found, `${own} ${ring}`, { at: place - 1 + along, point, other });
        note(found, `${other} ${otherRing}`, { at: start + alongEdge, point, other: own });
      }));
    }
  }));
  return (own, outline, unit) => (own === regions.length ? found.get(`unit ${unit} ${outline}`) ?? []
    : [...found.get(`${own} ${outline} ${unit}`) ?? [], ...found.get(`${own} ${outline}`) ?? []]);
}

/** The outline that an edge of all of them is on, and its place there.
 * @param {Outline[]} outlines @param {number} edge */
function placeOf(outlines, edge) {
  let [outline, place] = [0, edge];
  while (place >= outlines[outline].points.length - 1) {
    place -= outlines[outline].points.length - 1;
    outline += 1;
  }
  return [outline, place];
}

/** @param {Map<string, Met[]>} all @param {string} key @param {Met} met */
function note(all, key, met) {
  const found = all.get(key);
  if (found) found.push(met);
  else all.set(key, [met]);
}

/** @param {Position} from @param {Position} to @param {number} along
 * @returns {Position} */
export const between = (from, to, along) => [from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along];

/** The sum along the pieces of an outline that lie inside all other shapes, each left or entered where it is crossed.
 * @param {Outline} outline
 * @param {Met[]} met
 * @param {boolean[]} inside which shapes it begins in */
function partKm2(outline, met, inside) {
  if (inside.some((begins, shape) => !begins && !met.some(({ other }) => other === shape))) return 0;
  if (!met.length) return whole(outline);
  const last = outline.points.length - 1;
  let [sum, before] = [0, /** @type {Met} */ ({ at: 0, point: outline.points[0], other: -1 })];
  for (const next of [...met.sort((one, other) => one.at - other.at), { at: last, point: outline.points[last], other: -1 }]) {
    if (inside.every(Boolean)) sum += stretchKm2(outline, before, next);
    if (next.other >= 0) inside[next.other] = !inside[next.other];
    before = next;
  }
  return sum;
}

/** The sum between two places on an outline.
 * @param {Outline} outline @param {Met} from @param {Met} to */
function stretchKm2({ points, sums }, from, to) {
  const [first, last] = [Math.floor(from.at) + 1, Math.min(Math.floor(to.at), points.length - 1)];
  if (first > last) return areaBelow(from.point, to.point);
  return areaBelow(from.point, points[first]) + sums[last] - sums[first] + areaBelow(points[last], to.point);
}

/** A line with its edges cut into equal pieces of at most a length, in degrees.
 * @param {Position[]} line @param {number} most
 * @returns {Position[]} */
export function inPieces(line, most) {
  return line.slice(0, 1).concat(line.slice(1).flatMap((point, before) => {
    const from = line[before];
    const pieces = Math.max(1, Math.ceil(Math.hypot(point[0] - from[0], point[1] - from[1]) / most - 1e-9));
    return Array.from({ length: pieces }, (_, piece) => (piece === pieces - 1 ? point : between(from, point, (piece + 1) / pieces)));
  }));
}
