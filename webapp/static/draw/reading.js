// @ts-check
/* Drawings from files and addresses: GeoJSON, KML and GPX of at most 5 MB; nothing of a file but positions is kept. */

import { MOST_POINTS } from "./checking.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {import("./measuring.js").Drawing} Drawing */
/** @typedef {{drawing: Drawing} | {problem: string}} Read */

export const MOST_BYTES = 5 * 2 ** 20;
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
    return "problem" in found ? found : drawingOf(found.lines, found.rings);
  } catch {
    return { problem: "unreadable" };
  }
}

/** @typedef {{lines: Position[][], rings: Position[][]}} Found */

/** @param {any} value
 * @returns {Found | {problem: string}} */
function linesOfJson(value) {
  const features = value.type === "FeatureCollection" ? value.features : [value];
  /** @type {Found} */
  const found = { lines: [], rings: [] };
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
  if (type === "MultiLineString") found.lines.push(...coordinates.map((/** @type {any[]} */ line) => line.map(position)));
  if (type === "Polygon") addPolygon(coordinates, found);
  if (type === "MultiPolygon") for (const polygon of coordinates) addPolygon(polygon, found);
}

/** @param {any[][]} rings @param {Found} found */
function addPolygon(rings, found) {
  found.rings.push(...rings.map((ring) => ring.map(position)));
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
  if (root === "gpx") return { lines: [...tracked("trkseg", "trkpt"), ...tracked("rte", "rtept")], rings: [] };
  return { lines: all(xml, "LineString").map(listed), rings: all(xml, "LinearRing").map(listed) };
}

/** One line or one polygon of what was found: lines are joined end to end.
 * @param {Position[][]} lines @param {Position[][]} rings
 * @returns {Read} */
export function drawingOf(lines, rings) {
  const drawn = joined(lines.map(distinct).filter((line) => line.length > 1));
  const closed = rings.map(distinct).filter((ring) => ring.length > 3);
  if (drawn.length + closed.length === 0) return { problem: "empty" };
  if (drawn.length + closed.length > 1) return { problem: "several" };
  const points = drawn[0] ?? closed[0];
  if (points.length > MOST_POINTS) return { problem: "many" };
  const isArea = closed.length === 1 || (points.length > 3 && isSame(points[0], points[points.length - 1]));
  return { drawing: isArea ? { kind: "area", points: points.slice(0, -1) } : { kind: "line", points } };
}

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
