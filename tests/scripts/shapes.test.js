// @ts-check
/* What shapes cover, how far they are, and where they are deepest. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { covers, deepest, distanceTo, flat, shapeOf } from "../../webapp/static/shapes.js";

const SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];
const HOLE = [[0.2, 0.2], [3, 0.2], [3, 3.8], [0.2, 3.8], [0.2, 0.2]];

describe("whether a zone covers a place", () => {
  test("inside, outside and in a hole", () => {
    const geometry = { type: "Polygon", coordinates: [SQUARE, HOLE] };
    assert.deepEqual([[3.5, 2], [5, 2], [2, 2]].map(([x, y]) => covers(geometry, [x, y])), [true, false, false]);
  });

  test("in any of its parts; a line covers nothing", () => {
    const far = SQUARE.map(([x, y]) => [x + 100, y]);
    assert.ok(covers({ type: "MultiPolygon", coordinates: [[SQUARE], [far]] }, [102, 2]));
    assert.ok(!covers({ type: "LineString", coordinates: SQUARE }, [2, 2]));
  });
});

describe("where an area is deepest", () => {
  test("in its middle, in the plane of the map", () => {
    const { at, depth } = deepest(shapeOf({ type: "Polygon", coordinates: [SQUARE] }));
    assert.ok(Math.abs(at[0] - 2) < 0.01 && Math.abs(at[1] - flat([0, 4])[1] / 2) < 0.01, String(at));
    assert.ok(Math.abs(depth - 2) < 0.01, String(depth));
  });

  test("not in a hole, and in the widest part rather than in the longest", () => {
    const long = [[9, 0], [30, 0], [30, 0.3], [9, 0.3], [9, 0]];
    const { at, depth } = deepest(shapeOf({ type: "MultiPolygon", coordinates: [[long], [SQUARE, HOLE]] }));
    assert.ok(at[0] > 3 && at[0] < 4, String(at));
    assert.ok(depth > 0.45 && depth <= 0.51, String(depth));
  });

  test("in a crescent, whose middle lies outside of it", () => {
    const arc = (/** @type {number} */ radius) => Array.from({ length: 25 }, (_, at) => [radius * Math.cos((at * Math.PI) / 24), radius * Math.sin((at * Math.PI) / 24)]);
    const { depth } = deepest(shapeOf({ type: "Polygon", coordinates: [[...arc(1), ...arc(0.98).reverse(), [1, 0]]] }));
    assert.ok(depth > 0.008, String(depth));
  });

  test("where it is known to be deep, if no other place is much deeper", () => {
    const twin = SQUARE.map(([x, y]) => [x + 9, y]);
    const shape = shapeOf({ type: "MultiPolygon", coordinates: [[SQUARE], [twin]] });
    assert.deepEqual(deepest(shape, [11, 2]).at, [11, 2]);
    assert.ok(deepest(shape, [9.1, 2]).depth > 1.9);
    assert.ok(deepest(shape, [7, 2]).depth > 1.9);
  });

  test("a sliver without an inside has no depth", () => {
    const flatRing = [[0, 0], [1, 0], [2, 0], [0, 0]];
    assert.equal(deepest(shapeOf({ type: "Polygon", coordinates: [flatRing] })).depth, 0);
  });
});

test("a line is as far as its nearest edge, a place as itself", () => {
  assert.ok(Math.abs(distanceTo([[[0, 0], [4, 0]]], [2, 3]) - 3) < 1e-9);
  assert.ok(Math.abs(distanceTo([[[0, 0], [4, 0]]], [7, 4]) - 5) < 1e-9);
  assert.ok(Math.abs(distanceTo([[[1, 1]]], [4, 5]) - 5) < 1e-9);
});
