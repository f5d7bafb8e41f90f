// @ts-check
/* Reads maps with their labels from standard input, and writes where the page's script places these. */

import { readFileSync } from "node:fs";

import { foreignIn } from "../../webapp/static/grounds.js";
import { FONTS, OTHER_FONT, SPACED, keepSides, placeLabels } from "../../webapp/static/labels.js";
import { flat, shapeOf } from "../../webapp/static/shapes.js";

/** @typedef {import("../../webapp/static/labels.js").Label} Label */
/** The places of a map: its size in pixels, its zoom, and the place of its upper left corner in the plane.
 * @typedef {{size: [number, number], zoom: number, corner: [number, number]}} Frame */
/** A map: its labels, and zones that part the country, and the line of contact like none.
 * @typedef {{labels: Label[], grounds: {like?: string, geometry: {type: string, coordinates: any}}[]}} Shown */
/** @type {{widths: Record<string, Record<string, number>>, frames: Frame[], maps: Shown[]}} */
const { widths, frames, maps } = JSON.parse(readFileSync(0, "utf8"));

/** The width of words, as wide as their letters. @param {{text: string, kind: string}} words */
function measure({ text, kind }) {
  const [, weight, size] = /(\d+) ([\d.]+)px/.exec(FONTS[kind] || OTHER_FONT) ?? [];
  return [...text].reduce((sum, letter) => sum + widths[weight][letter], 0) * Number(size) * (SPACED[kind] || 1) + 1;
}

/** Where names stood on the maps before, by frame, as on a page while dates are played. @type {Map<Frame, Map<string, number>>} */
const stood = new Map(frames.map((frame) => [frame, new Map()]));

/** @param {Shown} shown @param {Frame} frame */
function placed({ labels, grounds }, frame) {
  const { size: [x, y], zoom, corner: [west, north] } = frame;
  const scale = (256 * 2 ** zoom) / 360;
  /** @type {import("../../webapp/static/labels.js").View} */
  const view = {
    zoom, size: { x, y }, margin: { x: x / 4, y: y / 4 }, hidden: new Set(), taken: [], measure, sides: stood.get(frame),
    project: (at) => {
      const [across, up] = flat(at);
      return { x: (across - west) * scale, y: (north - up) * scale };
    },
  };
  const shapes = grounds.map(({ like, geometry }) => ({ like, shape: shapeOf(geometry) }));
  const found = placeLabels(labels, { ...view, foreign: foreignIn(shapes, view) });
  keepSides(found, /** @type {Map<string, number>} */ (stood.get(frame)));
  return found.map(({ label: { zone = "", text, kind }, place: { x: left, y: top, w, h = 15 } }) => [zone, left, top, left + w, top + h, kind, text]);
}

process.stdout.write(JSON.stringify(maps.map((shown) => frames.map((frame) => placed(shown, frame)))));
