// @ts-check
/* Shapes as the map draws them: whether they cover a place, how far it is from their edge, where they are deepest. */

/** @typedef {import("./state.js").Position} Position */
/** West, south, east, north. @typedef {[number, number, number, number]} Box */
/** A geometry in the plane of the map, in degrees of longitude: rings of an area, the courses of a line, or a place.
 * @typedef {{isArea: boolean, paths: Position[][], box: Box}} Shape */
/** Where an area is deepest, and how far from its edge. @typedef {{at: Position, depth: number}} Deepest */

const FINER = 1.05; // so much deeper a place has to be to be looked for
const LEAST_DEG = 0.0005;

/** A place as Mercator's projection draws it.
 * @param {Position} position @returns {Position} */
export const flat = ([lon, lat]) => [lon, (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 180) / Math.PI];

/** @param {Position[]} path @returns {Box} */
const boxOf = (path) => path.reduce(
  ([west, south, east, north], [x, y]) => /** @type {Box} */ ([Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)]),
  /** @type {Box} */ ([Infinity, Infinity, -Infinity, -Infinity]),
);

/** The courses of any geometry: its nested lists down to those of positions.
 * @param {any} coordinates
 * @returns {Position[][]} */
function pathsOf(coordinates) {
  if (typeof coordinates[0] === "number") return [[/** @type {Position} */ (coordinates)]];
  return typeof coordinates[0][0] === "number" ? [coordinates] : coordinates.flatMap(pathsOf);
}

/** @param {{type: string, coordinates: any}} geometry in degrees of longitude and latitude
 * @returns {Shape} */
export function shapeOf({ type, coordinates }) {
  const paths = pathsOf(coordinates).map((path) => path.map(flat));
  return { isArea: type.endsWith("Polygon"), paths, box: boxOf(paths.flat()) };
}

/** Whether rings hold a place: an odd number of their edges lies right of it.
 * @param {Position[][]} rings
 * @param {Position} place */
export const isWithin = (rings, [x, y]) => rings.reduce((inside, ring) => ring.reduce((so, [right, high], at) => {
  const [left, low] = ring[at ? at - 1 : ring.length - 1];
  return (high > y) !== (low > y) && x < ((left - right) * (y - high)) / (low - high) + right ? !so : so;
}, inside), false);

/** Whether lists of positions are the same, however deep.
 * @param {any} one
 * @param {any} other
 * @returns {boolean} */
const isSame = (one, other) => one === other ||
  (Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((part, at) => isSame(part, other[at])));

/** Whether two geometries are the same.
 * @param {{type: string, coordinates?: any}} one
 * @param {{type: string, coordinates?: any}} other */
export const isSameShape = (one, other) => one.type === other.type && isSame(one.coordinates, other.coordinates);

/** Whether a zone covers a place.
 * @param {{type: string, coordinates: any}} geometry in degrees
 * @param {Position} place */
export const covers = ({ type, coordinates }, place) => type.endsWith("Polygon") && isWithin(pathsOf(coordinates), place);

/** @param {Position} place @param {Position} a @param {Position} b */
function distanceToEdge([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}

/** How far a place is from the nearest edge of paths.
 * @param {Position[][]} paths
 * @param {Position} place */
export const distanceTo = (paths, place) => paths.reduce(
  (nearest, path) => path.reduce((least, end, at) => Math.min(least, distanceToEdge(place, path[at ? at - 1 : 0], end)), nearest), Infinity);

/** Where an area is deepest, found in ever smaller boxes of those that may hold a deeper place than the best so far: at the
 * place that is known of it already, where no other is much deeper.
 * @param {Shape} shape
 * @param {Position | null} [known]
 * @returns {Deepest} */
export function deepest({ paths: rings }, known) {
  const first = known && isWithin(rings, known) ? known : undefined;
  /** @type {Deepest} */
  let best = { at: first ?? rings[0][0], depth: first ? distanceTo(rings, first) : 0 };
  /** @param {Box} box @returns {Box[]} the parts of a box that are worth a look */
  const tried = ([west, south, east, north]) => {
    const [x, y] = [(west + east) / 2, (south + north) / 2];
    const away = distanceTo(rings, [x, y]);
    const depth = isWithin(rings, [x, y]) ? away : -away;
    if (depth > best.depth * FINER) best = { at: [x, y], depth };
    const reach = Math.hypot(east - west, north - south) / 2;
    if (reach < LEAST_DEG || depth + reach < best.depth * FINER) return [];
    return [[west, south, x, y], [x, south, east, y], [west, y, x, north], [x, y, east, north]];
  };
  const width = (/** @type {Box} */ [west, south, east, north]) => Math.min(east - west, north - south);
  for (const box of rings.map(boxOf).sort((one, other) => width(other) - width(one))) {
    for (let boxes = width(box) / 2 > best.depth ? [box] : []; boxes.length; boxes = boxes.flatMap(tried));
  }
  return best;
}
