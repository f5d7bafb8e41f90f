// @ts-check
/* Reads maps with their labels from standard input, and writes where the page's script places these. */

import { readFileSync } from "node:fs";

import { FONTS, OTHER_FONT, SPACED, placeLabels } from "../../webapp/static/labels.js";
import { flat } from "../../webapp/static/shapes.js";

/** @typedef {import("../../webapp/static/labels.js").Label} Label */
/** The places of a map: its size in pixels, its zoom, and the place of its upper left corner in the plane.
 * @typedef {{size: [number, number], zoom: number, corner: [number, number]}} Frame */
/** @type {{widths: Record<string, Record<string, number>>, frames: Frame[], maps: Label[][]}} */
const { widths, frames, maps } = JSON.parse(readFileSync(0, "utf8"));

/** The width of words, as wide as their letters. @param {{text: string, kind: string}} words */
function measure({ text, kind }) {
  const [, weight, size] = /(\d+) ([\d.]+)px/.exec(FONTS[kind] || OTHER_FONT) ?? [];
  return [...text].reduce((sum, letter) => sum + widths[weight][letter], 0) * Number(size) * (SPACED[kind] || 1) + 1;
}

/** @param {Label[]} labels @param {Frame} frame */
function placed(labels, { size: [x, y], zoom, corner: [west, north] }) {
  const scale = (256 * 2 ** zoom) / 360;
  const found = placeLabels(labels, {
    zoom, size: { x, y }, margin: { x: x / 4, y: y / 4 }, hidden: new Set(), taken: [], measure,
    project: (at) => {
      const [across, up] = flat(at);
      return { x: (across - west) * scale, y: (north - up) * scale };
    },
  });
  return found.map(({ label: { zone = "" }, place: { x: left, y: top, w, h = 15 } }) => [zone, left, top, left + w, top + h]);
}

process.stdout.write(JSON.stringify(maps.map((labels) => frames.map((frame) => placed(labels, frame)))));
