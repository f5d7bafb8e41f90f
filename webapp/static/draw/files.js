// @ts-check
/* Files of a drawing: read from the reader's disk, and written to it. */

import { MOST_BYTES, readDrawing } from "./reading.js";
import { closed, measurable, polygonsIn } from "./rings.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {import("./rings.js").Drawing} Drawing */

const DECIMALS = 1e6;
const parseXml = (/** @type {string} */ xml) => new DOMParser().parseFromString(xml, "application/xml");

/** The drawing in a file of the reader's, or what is wrong with it.
 * @param {File} file */
export async function openFile(file) {
  if (file.size > MOST_BYTES) return { problem: "large" };
  try {
    return readDrawing(await file.text(), parseXml);
  } catch {
    return { problem: "unreadable" };
  }
}

/** A drawing as GeoJSON (RFC 7946).
 * @param {Drawing} drawing */
export const geojsonOf = (drawing) => `${JSON.stringify({ type: "Feature", properties: {}, geometry: geometryOf(drawing) })}\n`;

/** @param {Drawing} drawing */
function geometryOf(drawing) {
  const lines = measurable(drawing).map((line) => line.map(rounded));
  if (drawing.kind === "line") return { type: "LineString", coordinates: lines[0] ?? drawing.points.map(rounded) };
  const polygons = polygonsIn(lines.map(closed));
  return polygons.length === 1 ? { type: "Polygon", coordinates: polygons[0] } : { type: "MultiPolygon", coordinates: polygons };
}

/** @param {Position} point
 * @returns {Position} */
export const rounded = ([lon, lat]) => [Math.round(lon * DECIMALS) / DECIMALS, Math.round(lat * DECIMALS) / DECIMALS];

/** Give the reader a file.
 * @param {string} name @param {string} text @param {string} type */
export function saveFile(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
