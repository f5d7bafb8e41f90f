// @ts-check
/* Which side of a drawn line is which: the line closed to a region, on ways from its ends that keep out of Ukraine.
 *
 * The same ways are chosen as by layers/measuring/sides.py. */

import { eachCrossing, edgesOf, isInside, sortIntoBands } from "./bands.js";
import { between } from "./dividing.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {import("./bands.js").Bands} Bands */
/** @typedef {{west: number, south: number, east: number, north: number}} Box */
/** The outline of a country, and what ways out of its places have been found. @typedef {{outline: Bands, ways: Map<string, Position[][]>}} Country */

const [DIRECTIONS, LEGS_DEG, MARGIN_DEG, REACH_DEG] = [72, [0.15, 0.3, 0.6, 1.2], 1, 0.05];
const [ROUNDED, START_DEG, MOST_ENDS] = [1e4, 1e-7, 400];

/** The outline of units: the edges that only one of them has.
 * @param {import("./dividing.js").Unit[]} units
 * @returns {Country} */
export function outlineOf(units) {
  const { from, to } = edgesOf(units.flatMap(({ outlines }) => outlines.map(({ points }) => points)));
  const key = (/** @type {Position} */ a, /** @type {Position} */ b) => (String(a) < String(b) ? `${a} ${b}` : `${b} ${a}`);
  /** @type {Map<string, number>} */
  const times = new Map();
  from.forEach((point, edge) => times.set(key(point, to[edge]), (times.get(key(point, to[edge])) ?? 0) + 1));
  const single = from.map((_, edge) => edge).filter((edge) => times.get(key(from[edge], to[edge])) === 1);
  return { outline: sortIntoBands({ from: single.map((edge) => from[edge]), to: single.map((edge) => to[edge]) }), ways: new Map() };
}

/** The region to the left of a line, seen from its first point, as a closed ring that begins outside of the country; or
 * which end has no way out.
 * @param {Position[]} line
 * @param {Country} country
 * @param {Box} map
 * @returns {{ring?: Position[], stuck?: "first" | "last" | "both"}} */
export function regionOf(line, country, map) {
  const frame = { west: map.west - MARGIN_DEG, south: map.south - MARGIN_DEG, east: map.east + MARGIN_DEG, north: map.north + MARGIN_DEG };
  const sorted = sortIntoBands({ from: line.slice(0, -1), to: line.slice(1) });
  const [first, last] = [line[0], line[line.length - 1]].map((end) => waysOut(end, country, frame));
  const [back, on] = [first, last].map((ways, place) => ways.filter((way) => isClear(way, sorted, place === 0 ? 0 : line.length - 2)));
  if (!back.length || !on.length) return { stuck: back.length ? "last" : "first" };
  for (const one of back) {
    const other = on.find((way) => !meet(one, way));
    if (other) return { ring: [.../** @type {Position[]} */ ([...one].reverse()), ...line.slice(1), ...other.slice(1), ...around(other, one, frame), one[one.length - 1]] };
  }
  return { stuck: "both" };
}

/** The ways from a place to the frame that cross little of the country, those that cross least first.
 * @param {Position} start @param {Country} country @param {Box} frame */
function waysOut(start, country, frame) {
  const key = String(start);
  const known = country.ways.get(key);
  if (known) return known;
  const turns = Array.from({ length: DIRECTIONS }, (_, turn) => turn);
  let ways = open(turns.map((turn) => ray([start], turn, frame)), country);
  if (!ways.length) {
    const legs = open(LEGS_DEG.flatMap((length) => turns.map((turn) => [start, ahead(start, turn, length)])), country);
    ways = open(legs.flatMap((leg) => turns.filter((turn) => !isBack(leg, turn)).map((turn) => ray(leg, turn, frame))), country);
  }
  if (country.ways.size > MOST_ENDS) country.ways.clear();
  country.ways.set(key, ways);
  return ways;
}

/** @param {Position} start @param {number} turn @param {number} length
 * @returns {Position} */
function ahead([lon, lat], turn, length) {
  const angle = 2 * Math.PI * turn / DIRECTIONS;
  return [lon + length * Math.cos(angle), lat + length * Math.sin(angle)];
}

/** Whether a direction leads back along a leg.
 * @param {Position[]} leg @param {number} turn */
function isBack([from, to], turn) {
  const on = ahead([0, 0], turn, 1);
  const cosine = (on[0] * (to[0] - from[0]) + on[1] * (to[1] - from[1])) / Math.hypot(to[0] - from[0], to[1] - from[1]);
  return cosine < -1 + 1e-9;
}

/** A way continued in one of the directions to the frame.
 * @param {Position[]} begun @param {number} turn @param {Box} frame
 * @returns {Position[]} */
function ray(begun, turn, { west, south, east, north }) {
  const start = begun[begun.length - 1];
  const [x, y] = ahead([0, 0], turn, 1);
  const along = [x > 1e-12 ? (east - start[0]) / x : x < -1e-12 ? (west - start[0]) / x : Infinity,
    y > 1e-12 ? (north - start[1]) / y : y < -1e-12 ? (south - start[1]) / y : Infinity];
  return [...begun, ahead(start, turn, Math.min(...along))];
}

/** @param {Position[][]} ways @param {Country} country */
function open(ways, { outline }) {
  return ways.map((way) => ({ way, crossed: Math.round(crossedDeg(way, outline) * ROUNDED) / ROUNDED }))
    .filter(({ crossed }) => crossed <= REACH_DEG).sort((one, other) => one.crossed - other.crossed).map(({ way }) => way);
}

/** How much of a way lies inside an outline, in degrees.
 * @param {Position[]} way @param {Bands} outline */
function crossedDeg(way, outline) {
  let crossed = 0;
  for (let place = 1; place < way.length; place += 1) {
    const length = Math.hypot(way[place][0] - way[place - 1][0], way[place][1] - way[place - 1][1]);
    const start = between(way[place - 1], way[place], START_DEG / length); // not on the border itself
    /** @type {number[]} */
    const met = [];
    eachCrossing(outline, start, way[place], (_, along) => met.push(along));
    let [inside, before] = [isInside(outline, start), 0];
    for (const along of [...met.sort((one, other) => one - other), 1]) {
      if (inside) crossed += (along - before) * length;
      [inside, before] = [!inside, along];
    }
  }
  return crossed;
}

/** Whether a way meets a line at its own start alone, which is an end of the edge of that number.
 * @param {Position[]} way @param {Bands} line @param {number} own */
function isClear(way, line, own) {
  let clear = true;
  way.slice(1).forEach((point, place) => {
    eachCrossing(line, way[place], point, (edge) => { if (place > 0 || edge !== own) clear = false; });
  });
  return clear;
}

/** @param {Position[]} one @param {Position[]} other */
function meet(one, other) {
  const sorted = sortIntoBands({ from: other.slice(0, -1), to: other.slice(1) });
  let met = false;
  one.slice(1).forEach((point, place) => eachCrossing(sorted, one[place], point, () => { met = true; }));
  return met;
}

/** The corners of the frame from the end of one way to that of another, counterclockwise.
 * @param {Position[]} on @param {Position[]} back @param {Box} frame
 * @returns {Position[]} */
function around(on, back, { west, south, east, north }) {
  const [wide, high] = [east - west, north - south];
  const whole = 2 * (wide + high);
  const place = (/** @type {Position} */ [lon, lat]) => {
    if (lat - south < 1e-9) return lon - west;
    if (east - lon < 1e-9) return wide + lat - south;
    return north - lat < 1e-9 ? wide + high + east - lon : 2 * wide + high + north - lat;
  };
  const [begin, end] = [on, back].map((way) => place(way[way.length - 1]));
  const way = (/** @type {number} */ to) => (to - begin + whole) % whole;
  return /** @type {Position[]} */ ([[west, south], [east, south], [east, north], [west, north]])
    .map((corner, number) => ({ corner, far: way([0, wide, wide + high, 2 * wide + high][number]) }))
    .filter(({ far }) => far > 0 && far < way(end)).sort((one, other) => one.far - other.far).map(({ corner }) => corner);
}
