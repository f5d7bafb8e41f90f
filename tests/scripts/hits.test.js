// @ts-check
/* What a click is meant for, and whose a finger and the wheel are. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { dragsMap, wheelHint, zoomsMap } from "../../webapp/static/gestures.js";
import { deepest, isSmall, nextOf, ranked } from "../../webapp/static/hits.js";

/** @typedef {import("../../webapp/static/hits.js").Found} Found */

/** @type {import("geojson").Polygon} */
const SQUARE = { type: "Polygon", coordinates: [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]] };

/** @param {string} id @param {Found["as"]} as @param {number} [distance] @returns {Found} */
const found = (id, as, distance = 0) => ({ id, as, distance });

describe("where a zone is deepest", () => {
  it("is its label, as deep as its nearest edge", () => {
    const deep = deepest(SQUARE, [1, 2]);
    assert.deepEqual(deep?.at, [1, 2]);
    assert.ok(Math.abs((deep?.depth ?? 0) - 1) < 1e-9);
  });

  it("is found in the largest part where nothing says so, not in a hole", () => {
    const [outer] = SQUARE.coordinates;
    const hole = [[0.2, 0.2], [3, 0.2], [3, 3.8], [0.2, 3.8], [0.2, 0.2]];
    const small = outer.map(([lon, lat]) => [lon / 10 + 9, lat / 10]);
    const deep = deepest({ type: "MultiPolygon", coordinates: [[small], [outer, hole]] });
    assert.ok(deep && deep.at[0] > 3 && deep.at[0] < 4, String(deep?.at));
    assert.ok(deep.depth > 0.3 && deep.depth <= 0.5, String(deep.depth));
  });

  it("is a point itself, and nowhere for a line", () => {
    assert.deepEqual(deepest({ type: "Point", coordinates: [5, 6] }), { at: [5, 6], depth: 0 });
    assert.equal(deepest({ type: "LineString", coordinates: [[0, 0], [1, 1]] }), null);
  });
});

describe("a zone under 24 pixels", () => {
  it("is small until it is enlarged", () => {
    const depth = (12 * 360) / (256 * 2 ** 6); // 24 pixels across at zoom 6
    assert.equal(isSmall(depth, 5.9), true);
    assert.equal(isSmall(depth, 6.1), false);
    assert.equal(isSmall(0, 12), true);
  });
});

describe("a click", () => {
  it("is for a label, then for a small zone itself, the nearest target, the topmost shape", () => {
    const under = [found("far", "target", 9), found("near", "target", 2), found("area", "shape"), found("tiny", "shape"), found("named", "label")];
    assert.deepEqual(ranked(under, new Set(["tiny", "near", "far"])), ["named", "tiny", "near", "far", "area"]);
  });

  it("is for the area and only then for the line below it, each once", () => {
    assert.deepEqual(ranked([found("area", "shape"), found("area", "shape"), found("line", "shape")], new Set()), ["area", "line"]);
  });

  it("opens what lies under the zone that is open, and from the last one the first again", () => {
    assert.equal(nextOf(["a", "b"], undefined), "a");
    assert.equal(nextOf(["a", "b"], "a"), "b");
    assert.equal(nextOf(["a", "b"], "b"), "a");
    assert.equal(nextOf([], "a"), undefined);
  });
});

describe("the wheel and fingers", () => {
  it("move the page, with Ctrl or Cmd or in full screen the map", () => {
    assert.equal(zoomsMap({ ctrlKey: false, metaKey: false }, false), false);
    for (const keys of [{ ctrlKey: true, metaKey: false }, { ctrlKey: false, metaKey: true }]) assert.equal(zoomsMap(keys, false), true);
    assert.equal(zoomsMap({ ctrlKey: false, metaKey: false }, true), true);
  });

  it("drag the map by mouse and pen, in full screen by one finger", () => {
    assert.deepEqual(["mouse", "pen", "touch"].map((pointer) => dragsMap(pointer, false)), [true, true, false]);
    assert.equal(dragsMap("touch", true), true);
  });

  it("are told by the key that the computer has", () => {
    const texts = { two_fingers: "", ctrl_wheel: "Ctrl", cmd_wheel: "Cmd" };
    assert.equal(wheelHint(texts, "MacIntel"), "Cmd");
    assert.equal(wheelHint(texts, "Linux x86_64"), "Ctrl");
  });
});
