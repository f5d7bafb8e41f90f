// @ts-check
/* Edges sorted into bands of latitude, so that those near a point or an edge are found without looking at all of them. */

/** @typedef {import("../state.js").Position} Position */
/** Edges by their ends. @typedef {{from: Position[], to: Position[]}} Edges */
/** @typedef {{edges: Edges, bands: Map<number, number[]>}} Bands */

const [HEIGHT_DEG, SPARE_DEG] = [0.05, 1e-7];
const band = (/** @type {number} */ lat) => Math.floor(lat / HEIGHT_DEG);

/** On which side of an edge a point lies: positive to the left.
 * @param {Position} a @param {Position} b @param {Position} point */
export const side = (a, b, point) => (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]);

/** The edges of rings, each of which ends where it begins.
 * @param {Position[][]} rings
 * @returns {Edges} */
export function edgesOf(rings) {
  const from = rings.flatMap((ring) => ring.slice(0, -1));
  return { from, to: rings.flatMap((ring) => ring.slice(1)) };
}

/** @param {Edges} edges
 * @returns {Bands} */
export function sortIntoBands(edges) {
  /** @type {Map<number, number[]>} */
  const bands = new Map();
  edges.from.forEach(([, south], edge) => {
    const [first, last] = [band(south), band(edges.to[edge][1])].sort((one, other) => one - other);
    for (let place = first; place <= last; place += 1) {
      const found = bands.get(place);
      if (found) found.push(edge);
      else bands.set(place, [edge]);
    }
  });
  return { edges, bands };
}

/** Whether a point lies inside rings, however they run: a way to the east crosses their edges an odd number of times.
 * @param {Bands} sorted
 * @param {Position} point */
export function isInside({ edges: { from, to }, bands }, point) {
  let inside = false;
  for (const edge of bands.get(band(point[1])) ?? []) {
    const [a, b] = [from[edge], to[edge]];
    if ((a[1] > point[1]) !== (b[1] > point[1]) && (side(a, b, point) > 0) === (b[1] > a[1])) inside = !inside;
  }
  return inside;
}

/** How often edges other than one wind around a point, counted on the way to the east: those that go up less those that go
 * down.
 * @param {Bands} sorted
 * @param {Position} point
 * @param {number} but */
export function windingsEast({ edges: { from, to }, bands }, point, but) {
  let winding = 0;
  for (const edge of bands.get(band(point[1])) ?? []) {
    const [a, b] = [from[edge], to[edge]];
    const up = b[1] > point[1];
    if (edge !== but && (a[1] > point[1]) !== up && (side(a, b, point) > 0) === up) winding += up ? 1 : -1;
  }
  return winding;
}

/** Where an edge crosses the sorted ones: for each, how far along it and along the other.
 * @param {Bands} sorted
 * @param {Position} a
 * @param {Position} b
 * @param {(other: number, along: number, alongOther: number) => void} meet */
export function eachCrossing({ edges: { from, to }, bands }, a, b, meet) {
  const [south, north] = a[1] < b[1] ? [a, b] : [b, a];
  const [first, last] = [band(south[1]), band(north[1])];
  const slope = north[1] > south[1] ? (north[0] - south[0]) / (north[1] - south[1]) : 0;
  for (let place = first; place <= last; place += 1) {
    const listed = bands.get(place);
    if (!listed) continue;
    const ends = last - first < 2 ? [a[0], b[0]]
      : [Math.max(place * HEIGHT_DEG, south[1]), Math.min((place + 1) * HEIGHT_DEG, north[1])].map((lat) => south[0] + slope * (lat - south[1]));
    const [west, east] = [Math.min(...ends) - SPARE_DEG, Math.max(...ends) + SPARE_DEG];
    for (const other of listed) {
      const [c, d] = [from[other], to[other]];
      if ((c[0] < west && d[0] < west) || (c[0] > east && d[0] > east)) continue;
      const [ca, da] = [side(a, b, c), side(a, b, d)];
      if ((ca >= 0) === (da >= 0)) continue;
      const [ac, bc] = [side(c, d, a), side(c, d, b)];
      if ((ac >= 0) === (bc >= 0)) continue;
      const alongOther = ca / (ca - da);
      if (place === bandOf(c[1], d[1], alongOther, first, last)) meet(other, ac / (ac - bc), alongOther); // each once
    }
  }
}

/** The band of a place of an edge, of those that both edges are in.
 * @param {number} from @param {number} to @param {number} along @param {number} first @param {number} last */
function bandOf(from, to, along, first, last) {
  const [low, high] = [Math.max(first, band(Math.min(from, to))), Math.min(last, band(Math.max(from, to)))];
  return Math.min(high, Math.max(low, band(from + (to - from) * along)));
}

/** The numbers of the edges near some latitudes, each once.
 * @param {Bands} sorted @param {number} south @param {number} north */
export function edgesNear({ bands }, south, north) {
  const found = new Set();
  for (let place = band(south); place <= band(north); place += 1) for (const edge of bands.get(place) ?? []) found.add(edge);
  return /** @type {Set<number>} */ (found);
}
