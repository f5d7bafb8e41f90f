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
/** A crossing on an outline: how far along it, in edges, and where. @typedef {{at: number, point: Position}} Met */

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
function moved(rings) {
  return rings.map((ring) => {
    const points = ring.slice(0, -1).map(([lon, lat], place) => /** @type {Position} */ (
      [lon + MOVED_DEG * ((place * GOLDEN) % 1 - 0.5), lat + MOVED_DEG * ((place * GOLDEN * 7 + 0.3) % 1 - 0.5)]));
    return [...points, points[0]];
  });
}

/** Rings as the files have them: outer ones counterclockwise, holes clockwise.
 * @param {Position[][]} polygon */
const turned = (polygon) => polygon.map((ring, place) => ((whole(measured(ring)) < 0) === (place === 0) ? ring : [...ring].reverse()));

/** The area of each unit inside a region, in km².
 * @param {Units} units
 * @param {Position[][]} polygon the outer ring of the region and its holes, each closed
 * @returns {number[]} */
export function dividedKm2(units, polygon) {
  const outlines = moved(turned(polygon)).map(measured);
  const region = sortIntoBands(edgesOf(outlines.map(({ points }) => points)));
  const met = crossings(units, outlines);
  return units.units.map((unit, number) => {
    const own = unit.outlines.map((outline, place) => partKm2(outline, met.ofUnits.get(`${number} ${place}`), () => isInside(region, outline.points[0])));
    const others = outlines.map((outline, place) => partKm2(outline, met.ofRegion.get(`${number} ${place}`), () => isInside(unit.bands, outline.points[0])));
    return -[...own, ...others].reduce((sum, part) => sum + part, 0);
  });
}

/** The crossings of units and a region, by the unit and the outline that they are on.
 * @param {Units} units
 * @param {Outline[]} outlines */
function crossings(units, outlines) {
  /** @type {Map<string, Met[]>} */
  const ofUnits = new Map();
  /** @type {Map<string, Met[]>} */
  const ofRegion = new Map();
  const { from, to } = units.bands.edges;
  outlines.forEach(({ points }, ring) => {
    for (let place = 1; place < points.length; place += 1) {
      eachCrossing(units.bands, points[place - 1], points[place], (edge, along, alongEdge) => {
        const point = between(from[edge], to[edge], alongEdge);
        note(ofUnits, `${units.unit[edge]} ${units.outline[edge]}`, { at: units.place[edge] + alongEdge, point });
        note(ofRegion, `${units.unit[edge]} ${ring}`, { at: place - 1 + along, point });
      });
    }
  });
  return { ofUnits, ofRegion };
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

/** The sum along the pieces of an outline that lie inside: from one crossing to the next, in turns.
 * @param {Outline} outline
 * @param {Met[] | undefined} met
 * @param {() => boolean} beginsInside */
function partKm2(outline, met, beginsInside) {
  let inside = beginsInside();
  if (!met) return inside ? whole(outline) : 0;
  const last = outline.points.length - 1;
  let [sum, before] = [0, /** @type {Met} */ ({ at: 0, point: outline.points[0] })];
  for (const next of [...met.sort((one, other) => one.at - other.at), { at: last, point: outline.points[last] }]) {
    if (inside) sum += stretchKm2(outline, before, next);
    inside = !inside;
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
