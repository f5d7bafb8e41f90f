// @ts-check
/* Files of a drawing: read from the reader's disk, and written to it. */

import { MOST_BYTES, readDrawing } from "./reading.js";

/** @typedef {import("./measuring.js").Drawing} Drawing */

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
export function geojsonOf({ kind, points }) {
  const rounded = points.map((point) => point.map((degrees) => Math.round(degrees * DECIMALS) / DECIMALS));
  const geometry = kind === "line" ? { type: "LineString", coordinates: rounded } : { type: "Polygon", coordinates: [counterclockwise(rounded)] };
  return `${JSON.stringify({ type: "Feature", properties: {}, geometry })}\n`;
}

/** @param {number[][]} points */
function counterclockwise(points) {
  const ring = [...points, points[0]];
  const doubled = points.reduce((sum, [x, y], place) => sum + x * ring[place + 1][1] - ring[place + 1][0] * y, 0);
  return doubled < 0 ? ring.reverse() : ring;
}

/** Give the reader a file.
 * @param {string} name @param {string} text @param {string} type */
export function saveFile(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
