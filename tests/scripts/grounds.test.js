/* Whose ground names lie on. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { foreignIn } from "../../webapp/static/grounds.js";
import { ACROSS } from "../../webapp/static/labels.js";
import { flat, shapeOf } from "../../webapp/static/shapes.js";

/** @typedef {import("../../webapp/static/grounds.js").Ground} Ground */

const ZOOM = 6;
const SCALE = (256 * 2 ** ZOOM) / 360;
/** @type {Parameters<typeof foreignIn>[1]} */
const VIEW = {
  zoom: ZOOM, size: { x: 400, y: 300 }, margin: { x: 100, y: 75 },
  project: (at) => {
    const [lon, up] = flat(at);
    return { x: lon * SCALE, y: 300 - up * SCALE };
  },
};
/** @param {number} west @param {number} east */
const strip = (west, east) => shapeOf({ type: "Polygon", coordinates: [[[west, -9], [east, -9], [east, 9], [west, 9], [west, -9]]] });
/** @type {Ground[]} */
const GROUNDS = [{ like: "1", shape: strip(0, 2) }, { like: "2", shape: strip(2, 4) }];
const BOX = { x: 60, y: 200, w: 60, h: 15 };
const share = (/** @type {number} */ x, /** @type {Ground[]} */ grounds = GROUNDS) => foreignIn(grounds, VIEW)(BOX, { x, y: 207 });

describe("the ground of a name", () => {
  test("is foreign as far as it lies on zones unlike that of its point", () => {
    const border = 2 * SCALE;
    assert.ok(Math.abs(share(50) - (120 - border) / 60) < 0.06);
    assert.ok(Math.abs(share(110) - (border - 60) / 60) < 0.06);
    assert.equal(share(250), 1); // beside all zones
  });

  test("is its own where only a little lies on others, and where no zone is", () => {
    assert.equal(foreignIn(GROUNDS, VIEW)({ ...BOX, x: 33, w: 60 }, { x: 50, y: 207 }), 0);
    assert.equal(share(50, []), 0);
  });

  test("counts the line of contact more than all of a name", () => {
    const line = { shape: shapeOf({ type: "LineString", coordinates: [[2, -9], [2, 9]] }) };
    assert.equal(share(50, [line]), ACROSS);
    assert.equal(foreignIn([line], VIEW)({ ...BOX, x: 200 }, { x: 190, y: 207 }), 0);
  });
});
