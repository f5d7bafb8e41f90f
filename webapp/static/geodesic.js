// @ts-check
/* Distances and areas on the WGS 84 ellipsoid.
 *
 * Lines are geodesics after Vincenty (1975), Survey Review 23 (176), 88-93, doi:10.1179/sre.1975.23.176.88; areas are
 * summed along them in the authalic latitude after Snyder (1987), Map Projections: A Working Manual,
 * doi:10.3133/pp1395. Positions are longitude and latitude in degrees. */

/** @typedef {import("./state.js").Position} Position */

const A_KM = 6378.137;
const F = 1 / 298.257223563;
const B_KM = A_KM * (1 - F);
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const [ENOUGH, MOST_TURNS] = [1e-12, 200];
const [STEP_KM, LEAST_PIECES] = [10, 8]; // an edge is followed in steps of at most this length, and in so many at least
const { sin, cos, tan, atan, atan2, abs, hypot, PI } = Math;
const radians = (/** @type {number} */ degrees) => degrees * PI / 180;
const degrees = (/** @type {number} */ angle) => angle * 180 / PI;

/** The latitude on the auxiliary sphere.
 * @param {number} lat */
const reduced = (lat) => atan((1 - F) * tan(radians(lat)));

/** The coefficients of Vincenty's series for an azimuth at the equator.
 * @param {number} cosSqAlpha */
function series(cosSqAlpha) {
  const u2 = cosSqAlpha * (A_KM * A_KM - B_KM * B_KM) / (B_KM * B_KM);
  return {
    big: 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2))),
    small: u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2))),
    c: F / 16 * cosSqAlpha * (4 + F * (4 - 3 * cosSqAlpha)),
  };
}

/** @param {number} small @param {number} sigma @param {number} cos2m */
const correction = (small, sigma, cos2m) => small * sin(sigma) * (cos2m + small / 4 * (cos(sigma) * (2 * cos2m * cos2m - 1)
  - small / 6 * cos2m * (4 * sin(sigma) ** 2 - 3) * (4 * cos2m * cos2m - 3)));

/** @param {number} c @param {number} sinAlpha @param {number} sigma @param {number} cos2m */
const longitudeGap = (c, sinAlpha, sigma, cos2m) => (1 - c) * F * sinAlpha * (sigma + c * sin(sigma) * (cos2m + c * cos(sigma) * (2 * cos2m * cos2m - 1)));

/** The geodesic between two positions: its length in km and its azimuth at the first one in radians.
 * @param {Position} from
 * @param {Position} to */
export function inverse([lon1, lat1], [lon2, lat2]) {
  const [u1, u2, across] = [reduced(lat1), reduced(lat2), radians(lon2 - lon1)];
  let lambda = across;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const east = cos(u2) * sin(lambda);
    const north = cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(lambda);
    const [sinSigma, cosSigma] = [hypot(east, north), sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(lambda)];
    if (sinSigma === 0) break;
    const sigma = atan2(sinSigma, cosSigma);
    const sinAlpha = cos(u1) * cos(u2) * sin(lambda) / sinSigma;
    const cosSqAlpha = 1 - sinAlpha * sinAlpha;
    const cos2m = cosSqAlpha ? cosSigma - 2 * sin(u1) * sin(u2) / cosSqAlpha : 0; // 0 along the equator
    const { big, small, c } = series(cosSqAlpha);
    const next = across + longitudeGap(c, sinAlpha, sigma, cos2m);
    if (abs(next - lambda) < ENOUGH) return { km: B_KM * big * (sigma - correction(small, sigma, cos2m)), azimuth: atan2(east, north) };
    lambda = next;
  }
  return { km: 0, azimuth: 0 };
}

/** The position at a distance from another along an azimuth.
 * @param {Position} from
 * @param {number} azimuth in radians
 * @param {number} km
 * @returns {Position} */
export function direct([lon, lat], azimuth, km) {
  const u1 = reduced(lat);
  const sigma1 = atan2(tan(u1), cos(azimuth));
  const sinAlpha = cos(u1) * sin(azimuth);
  const { big, small, c } = series(1 - sinAlpha * sinAlpha);
  let [sigma, cos2m, before] = [km / (B_KM * big), 0, Infinity];
  while (abs(sigma - before) > ENOUGH) {
    cos2m = cos(2 * sigma1 + sigma);
    before = sigma;
    sigma = km / (B_KM * big) + correction(small, sigma, cos2m);
  }
  const down = sin(u1) * sin(sigma) - cos(u1) * cos(sigma) * cos(azimuth);
  const up = sin(u1) * cos(sigma) + cos(u1) * sin(sigma) * cos(azimuth);
  const lambda = atan2(sin(sigma) * sin(azimuth), cos(u1) * cos(sigma) - sin(u1) * sin(sigma) * cos(azimuth));
  return [lon + degrees(lambda - longitudeGap(c, sinAlpha, sigma, cos2m)), degrees(atan2(up, (1 - F) * hypot(sinAlpha, down)))];
}

/** Positions along the geodesic from one position to another, without the last one, at most so many km apart.
 * @param {Position} from
 * @param {Position} to
 * @param {number} [step]
 * @returns {Position[]} */
export function along(from, to, step = STEP_KM) {
  const { km, azimuth } = inverse(from, to);
  const pieces = Math.max(LEAST_PIECES, Math.ceil(km / step));
  return Array.from({ length: pieces }, (_, piece) => (piece ? direct(from, azimuth, km * piece / pieces) : from));
}

/** The length of a line in km.
 * @param {Position[]} points */
export const lengthKm = (points) => points.slice(1).reduce((sum, point, before) => sum + inverse(points[before], point).km, 0);

/** Snyder's q, by which the area of a zone between the equator and a latitude grows.
 * @param {number} lat */
function authalic(lat) {
  const s = sin(radians(lat));
  return (1 - E2) * (s / (1 - E2 * s * s) - Math.log((1 - E * s) / (1 + E * s)) / (2 * E));
}

/** The area in km² between the equator and an edge that is straight in degrees, negative from east to west; by Simpson's
 * rule, which 10 degrees of latitude put off by less than a millionth.
 * @param {Position} from
 * @param {Position} to */
export const areaBelow = ([lon1, lat1], [lon2, lat2]) =>
  radians(lon2 - lon1) * (authalic(lat1) + 4 * authalic((lat1 + lat2) / 2) + authalic(lat2)) / 6 * A_KM * A_KM / 2;

/** The area of a polygon with geodesic edges, in km²; its last point is joined to its first one.
 * @param {Position[]} points */
export function areaKm2(points) {
  const ring = points.flatMap((point, place) => along(point, points[(place + 1) % points.length]));
  const sum = ring.reduce((total, point, place) => total + areaBelow(point, ring[(place + 1) % ring.length]), 0);
  return abs(sum);
}

/** Whether an edge of a polygon crosses another, so that it has no one area. Edges count as straight in degrees.
 * @param {Position[]} points */
export function crossesItself(points) {
  const edges = points.map((point, place) => [point, points[(place + 1) % points.length]]);
  /** @param {Position} a @param {Position} b @param {Position} c */
  const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  return edges.some(([a, b], one) => edges.some(([c, d], other) => {
    const beside = abs(one - other) <= 1 || abs(one - other) === edges.length - 1;
    return !beside && side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
  }));
}
