// @ts-check
/* Drawings from files and addresses: GeoJSON, KML and GPX of at most 5 MB; nothing of a file but positions is kept. */

import { MOST_POINTS } from "./checking.js";
import { closed, nesting } from "./rings.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {import("./rings.js").Drawing} Drawing */
/** @typedef {{drawing: Drawing} | {problem: string}} Read */

export const MOST_BYTES = 5 * 2 ** 20;
const MOST_READ = 2 * MOST_POINTS; // before lines are joined, which takes long for many: none has fewer than two points
const MARKUP = /<[a-z!/?]/i;
const DECLARED = /<!(DOCTYPE|ENTITY)/i;
const SAME_DEG = 1e-9;

/** The drawing in the text of a file.
 * @param {string} text
 * @param {(xml: string) => Document} parseXml
 * @returns {Read} */
export function readDrawing(text, parseXml) {
  if (text.length > MOST_BYTES) return { problem: "large" };
  try {
    const found = text.trimStart().startsWith("<") ? linesOfXml(text, parseXml) : linesOfJson(JSON.parse(text));
    return "problem" in found ? found : drawingOf(found.lines, found.polygons);
  } catch {
    return { problem: "unreadable" };
  }
}

/** Lines, and polygons by their rings. @typedef {{lines: Position[][], polygons: Position[][][]}} Found */

/** @param {any} value
 * @returns {Found | {problem: string}} */
function linesOfJson(value) {
  const features = value.type === "FeatureCollection" ? value.features : [value];
  /** @type {Found} */
  const found = { lines: [], polygons: [] };
  for (const feature of features) {
    const [geometry, properties] = feature.type === "Feature" ? [feature.geometry, feature.properties ?? {}] : [feature, {}];
    if ([properties.name, properties.title].some((name) => MARKUP.test(String(name ?? "")))) return { problem: "markup" };
    for (const one of geometry?.type === "GeometryCollection" ? geometry.geometries : [geometry]) addGeometry(one, found);
  }
  return found;
}

/** @param {any} geometry @param {Found} found */
function addGeometry(geometry, found) {
  const { type, coordinates } = geometry ?? {};
  if (type === "LineString") found.lines.push(coordinates.map(position));
  if (type === "MultiLineString") for (const line of coordinates) found.lines.push(line.map(position));
  const polygons = type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : [];
  for (const rings of polygons) found.polygons.push(rings.map((/** @type {any[]} */ ring) => ring.map(position)));
}

/** @param {any} given
 * @returns {Position} */
function position(given) {
  const [lon, lat] = given;
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) throw new TypeError("a coordinate is no number");
  return [lon, lat];
}

/** @param {string} text @param {(xml: string) => Document} parseXml
 * @returns {Found | {problem: string}} */
function linesOfXml(text, parseXml) {
  if (DECLARED.test(text)) return { problem: "entities" };
  const xml = parseXml(text);
  const root = xml.documentElement?.localName ?? "";
  if (xml.querySelector("parsererror") || !["kml", "gpx"].includes(root)) return { problem: "unreadable" };
  const all = (/** @type {Document | Element} */ within, /** @type {string} */ name) => [...within.getElementsByTagNameNS("*", name)];
  if (all(xml, "name").some((name) => MARKUP.test(name.textContent ?? ""))) return { problem: "markup" };
  const listed = (/** @type {Element} */ element) => all(element, "coordinates").flatMap(({ textContent }) => (textContent ?? "").trim()
    .split(/\s+/).filter(Boolean).map((words) => position(words.split(",").map(Number))));
  const tracked = (/** @type {string} */ name, /** @type {string} */ point) => all(xml, name).map((one) => all(one, point)
    .map((place) => position(["lon", "lat"].map((key) => parseFloat(place.getAttribute(key) ?? "")))));
  if (root === "gpx") return { lines: [...tracked("trkseg", "trkpt"), ...tracked("rte", "rtept")], polygons: [] };
  return { lines: all(xml, "LineString").map(listed), polygons: all(xml, "Polygon").map((polygon) => all(polygon, "LinearRing").map(listed)) };
}

/** One line, or the polygons of what was found: lines are joined end to end.
 * @param {Position[][]} lines @param {Position[][][]} polygons
 * @returns {Read} */
export function drawingOf(lines, polygons) {
  const parts = lines.map(distinct).filter((line) => line.length > 1);
  if (countOf([...parts, ...polygons.flat()]) > MOST_READ) return { problem: "many" };
  const drawn = joined(parts);
  const isClosed = (/** @type {Position[]} */ line) => line.length > 3 && isSame(line[0], line[line.length - 1]);
  const open = drawn.filter((line) => !isClosed(line));
  const areas = [...drawn.filter(isClosed).map((ring) => [ring]), ...polygons.map((rings) => rings.map(distinct).filter((ring) => ring.length > 3))].filter(([outer]) => outer);
  if (open.length + areas.length === 0) return { problem: "empty" };
  if (open.length > 1 || (open.length && areas.length)) return { problem: open.length > 1 ? "several" : "mixed" };
  const all = open.length ? open : areas.flat().map((ring) => ring.slice(0, -1));
  if (all.flat().length > MOST_POINTS) return { problem: "many" };
  if (open.length) return { drawing: { kind: "line", points: open[0] } };
  const holes = areas.flatMap((rings) => rings.map((_, place) => place > 0));
  if (nesting(all.map(closed)).some(({ depth }, place) => (depth % 2 === 1) !== holes[place])) return { problem: "overlaps" };
  const [points, ...others] = all;
  return { drawing: others.length ? { kind: "area", points, others, at: 0 } : { kind: "area", points } };
}

/** @param {Position[][]} lines */
const countOf = (lines) => lines.reduce((sum, { length }) => sum + length, 0);

/** @param {Position} one @param {Position} other */
const isSame = (one, other) => Math.abs(one[0] - other[0]) < SAME_DEG && Math.abs(one[1] - other[1]) < SAME_DEG;

/** A line without points that repeat the one before them.
 * @param {Position[]} line */
const distinct = (line) => line.filter((point, place) => place === 0 || !isSame(point, line[place - 1]));

/** Lines joined where one ends as another begins.
 * @param {Position[][]} lines
 * @returns {Position[][]} */
export function joined(lines) {
  const [rest, done] = [[...lines], /** @type {Position[][]} */ ([])];
  for (let line = rest.shift(); line; line = rest.shift()) {
    let grown = line;
    for (let found = true; found;) {
      const next = rest.findIndex((other) => isSame(grown[grown.length - 1], other[0]) || isSame(grown[0], other[other.length - 1]));
      found = next >= 0;
      if (!found) break;
      const [other] = rest.splice(next, 1);
      grown = isSame(grown[grown.length - 1], other[0]) ? [...grown, ...other.slice(1)] : [...other, ...grown.slice(1)];
    }
    done.push(grown);
  }
  return done;
}
