// @ts-check
/* What a click is meant for, and whose a finger and the wheel are. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { dragsMap, wheelHint, zoomsMap } from "../../webapp/static/gestures.js";
import { LEVELS, hittableOf, labelled, nextOf, zonesUnder } from "../../webapp/static/hits.js";

/** @typedef {import("../../webapp/static/hits.js").Hittable} Hittable */

const ZOOM = 6; // a pixel is 0.022 degrees

/** A square about a place. @param {string} id @param {number} level @param {[number, number]} middle @param {number} half @returns {Hittable} */
const square = (id, level, [x, y], half) => ({
  id, level, geometry: { type: "Polygon", coordinates: [[[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half], [x - half, y - half]]] },
});
/** @param {string} id @param {[number, number]} at @returns {Hittable} */
const site = (id, at) => ({ id, level: LEVELS.place, radius: 4.5, geometry: { type: "Point", coordinates: at } });
/** @param {string} id @param {number[][]} course @returns {Hittable} */
const line = (id, course) => ({ id, level: LEVELS.line, geometry: { type: "LineString", coordinates: course } });
/** @param {Hittable[]} zones @param {[number, number]} at */
const under = (zones, at) => zonesUnder(zones, at, ZOOM);

const AREA = square("area", LEVELS.area, [0, 0], 2);

describe("what lies at a place", () => {
  it("is the area and only then the line that crosses it, which else is hit within three pixels", () => {
    const zones = [AREA, line("line", [[-5, 1], [5, 1]])];
    assert.deepEqual(under(zones, [1, 1]), ["area", "line"]);
    assert.deepEqual(under(zones, [4, 1.06]), ["line"]);
    assert.deepEqual(under(zones, [4, 1.1]), []);
  });

  it("is what was drawn last of areas on others, then what these lie on", () => {
    const zones = [square("first", LEVELS.over, [0, 0], 1), AREA, square("last", LEVELS.over, [0.5, 0], 1)];
    assert.deepEqual(under(zones, [0.4, 0.4]), ["last", "first", "area"]);
  });

  it("is of areas of which only the edge is drawn the innermost, after all areas", () => {
    const zones = [square("near", LEVELS.edge, [0, 0], 3), square("far", LEVELS.edge, [0, 0], 4), AREA];
    assert.deepEqual(under(zones, [1, 1]), ["area", "near", "far"]);
    assert.deepEqual(under(zones, [2.5, 0]), ["near", "far"]);
  });
});

describe("a zone under 24 pixels", () => {
  const small = square("small", LEVELS.area, [2.05, 0], 0.05);

  it("has a target of 24 pixels, also on other areas", () => {
    assert.deepEqual(under([small, AREA], [1.85, 0]), ["small", "area"]);
    assert.deepEqual(under([small, AREA], [1.7, 0]), ["area"]);
  });

  it("needs none once it is enlarged", () => assert.deepEqual(zonesUnder([small, AREA], [1.95, 0], 9), ["area"]));

  it("is itself meant before the target of a neighbour, and of two targets the nearer one", () => {
    const other = square("other", LEVELS.area, [2.2, 0], 0.05);
    assert.deepEqual(under([other, small], [2.09, 0]), ["small", "other"]);
    assert.deepEqual(under([small, other], [2.13, 0.1]), ["other", "small"]);
    assert.deepEqual(under([small, other], [2.11, 0.1]), ["small", "other"]);
  });

  it("lies below another area by its target", () => {
    assert.deepEqual(under([small, square("over", LEVELS.over, [2, 0], 3)], [2.05, 0]), ["small", "over"]);
  });
});

describe("a site", () => {
  it("is hit by its mark before all else, and by its target before areas that are large", () => {
    const zones = [AREA, square("small", LEVELS.area, [0.1, 0], 0.05), site("site", [0.1, 0])];
    assert.deepEqual(under(zones, [0.1, 0.02]), ["site", "small", "area"]);
    assert.deepEqual(under([AREA, site("site", [0, 0])], [0.2, 0]), ["site", "area"]);
    assert.deepEqual(under([AREA, site("site", [0, 0])], [0.3, 0]), ["area"]);
  });
});

describe("how a zone can be hit", () => {
  it("follows from its shape, its kind and whether it divides the ground", () => {
    /** @param {string} type @param {boolean} [partition] @param {boolean} [nested] */
    const level = (type, partition = false, nested = false) =>
      hittableOf(/** @type {any} */ ({ id: "z", geometry: { type, coordinates: [] }, properties: { partition } }), nested).level;
    assert.deepEqual([level("MultiLineString"), level("Point"), level("Polygon", true), level("MultiPolygon"), level("Polygon", false, true)],
      [LEVELS.line, LEVELS.place, LEVELS.area, LEVELS.over, LEVELS.edge]);
  });
});

describe("a click", () => {
  it("on a label is for the zone that it names, of several for the one under it", () => {
    assert.deepEqual(labelled(["ground"], "named"), ["named", "ground"]);
    assert.deepEqual(labelled(["site", "other", "ground"], "named", ["named", "other"]), ["other", "site", "ground"]);
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
