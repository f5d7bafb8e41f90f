/* Where labels stand: pure placement, without a map. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { dotBox, isFree, isShownAt, isWhole, placeLabels, places, zonePlaces } from "../../webapp/static/labels.js";
import { waterLabels } from "../../webapp/static/names.js";

/** @typedef {import("../../webapp/static/labels.js").Label} Label */
/** @typedef {import("../../webapp/static/labels.js").View} View */

const POINT = { x: 100, y: 50 };

/** A view of 400 by 300 pixels in which a degree is a pixel and a letter ten.
 * @param {Partial<View>} [changes]
 * @returns {View} */
const view = (changes = {}) => ({
  zoom: 7, size: { x: 400, y: 300 }, margin: { x: 100, y: 75 }, hidden: new Set(), taken: [],
  project: ([x, y]) => ({ x, y }),
  measure: ({ text }) => text.length * 10,
  ...changes,
});

/** @param {string} text @param {[number, number]} at @param {Partial<Label>} [more] @returns {Label} */
const town = (text, at, more = {}) => ({ text, at, kind: "town", dot: "town", rank: 10, ...more });
/** @param {Label[]} labels @param {Partial<View>} [changes] */
const textsOf = (labels, changes) => placeLabels(labels, view(changes)).map(({ label }) => label.text);

/** A zone that is named in one or two lines. @param {Partial<Label>} [more] @returns {Label} */
const zone = (more) => ({ text: "Buffer zone", at: [0, 0], kind: "zone", rank: 1, zone: "z", breaks: [["Buffer zone"], ["Buffer", "zone"]], ...more });

describe("the places of a label", () => {
  test("a town is right of its dot, else left, above or below", () => {
    const found = places({ kind: "town", dot: "town" }, POINT, 40);
    assert.equal(found.length, 36);
    assert.deepEqual(found.slice(0, 4).map(({ anchor, x, y }) => [anchor, x, y]), [
      ["start", 105, 42.5], ["end", 55, 42.5], ["middle", 80, 30], ["middle", 80, 55],
    ]);
  });

  test("a site is named in one line if that is not too wide, else in two, and off the names of large towns", () => {
    const words = ["Nuclear", "power plant"];
    const plant = town(words.join(" "), [300, 50], { kind: "site", dot: "plant", rank: 2, breaks: [[words.join(" ")], words] });
    const large = town("Large", [325, 50], { rank: 3 });
    const linesAt = (/** @type {number} */ x, /** @type {Label[]} */ ...others) =>
      placeLabels([plant, ...others], view({ size: { x, y: 400 } })).find(({ label }) => label.text === plant.text)?.place;
    assert.deepEqual(linesAt(1000)?.lines, [words.join(" ")]);
    assert.deepEqual(linesAt(450)?.lines, words);
    assert.equal(linesAt(1000)?.anchor, "start");
    assert.notEqual(linesAt(1000, large)?.anchor, "start");
  });

  test("a site has a wider gap to its sign", () => {
    const [right, left] = places({ kind: "site", dot: "site" }, POINT, 40);
    assert.deepEqual([right.x, left.x], [109, 51]);
  });

  test("the text is held by the end that its anchor names", () => {
    for (const { anchor, at, x, w } of places({ kind: "town", dot: "town" }, POINT, 40)) {
      assert.equal(at, { start: x, middle: x + w / 2, end: x + w }[anchor]);
    }
  });

  test("a country stands on its point and nowhere else", () => {
    assert.deepEqual(places({ kind: "land" }, POINT, 60), [{ anchor: "middle", at: 100, x: 70, y: 42.5, w: 60, h: 15 }]);
  });
});

describe("room", () => {
  const box = { x: 0, y: 0, w: 50, h: 15 };

  test("everything is free where nothing is taken", () => assert.ok(isFree(box, [])));

  test("a box is not free where another lies", () => {
    assert.ok(!isFree({ x: 40, y: 5, w: 50 }, [box]));
    assert.ok(!isFree({ x: 10, y: 3, w: 10, h: 2 }, [box]));
  });

  test("beside each other labels are at least three pixels apart", () => {
    assert.ok(!isFree({ x: 53, y: 0, w: 50 }, [box]));
    assert.ok(isFree({ x: 54, y: 0, w: 50 }, [box]));
    assert.ok(isFree({ x: -54, y: 0, w: 50 }, [box]));
  });

  test("below each other they may touch, but not overlap", () => {
    assert.ok(!isFree({ x: 0, y: 15, w: 50 }, [box]));
    assert.ok(isFree({ x: 0, y: 15.1, w: 50 }, [box]));
  });

  test("a box without a height is one line high", () => {
    assert.ok(!isFree({ x: 0, y: 14, w: 50 }, [{ x: 0, y: 0, w: 50 }]));
    assert.ok(isFree({ x: 0, y: 16, w: 50 }, [{ x: 0, y: 0, w: 50 }]));
  });

  test("all that is taken counts, not the first alone", () => {
    assert.ok(!isFree({ x: 200, y: 0, w: 50 }, [box, { x: 220, y: 0, w: 50 }]));
  });

  test("a dot's box is about its point", () => assert.deepEqual(dotBox(POINT), { x: 97, y: 47, w: 6, h: 6 }));
});

describe("the edge of the view", () => {
  const size = { x: 400, y: 300 };

  test("a label inside is whole, and so is one that is wholly outside", () => {
    assert.ok(isWhole({ x: 10, y: 10, w: 50 }, size));
    assert.ok(isWhole({ x: -60, y: 10, w: 50 }, size));
    assert.ok(isWhole({ x: 410, y: 10, w: 50 }, size));
  });

  for (const [edge, x, y] of /** @type {[string, number, number][]} */ ([
    ["left", -10, 10], ["right", 380, 10], ["upper", 10, -5], ["lower", 10, 290],
  ])) {
    test(`a label across the ${edge} edge is not`, () => assert.ok(!isWhole({ x, y, w: 50 }, size)));
  }
});

describe("zoom", () => {
  test("a label is shown from its first zoom on, and no longer at its last", () => {
    assert.deepEqual([6.5, 6.75, 8.9, 9].map((zoom) => isShownAt({ from: 6.75, to: 9 }, zoom)), [false, true, true, false]);
  });

  test("without zooms it is always shown", () => assert.ok(isShownAt({}, 0) && isShownAt({}, 20)));
});

describe("labels together", () => {
  test("the lower rank is placed first, whatever the order", () => {
    const labels = [town("Second", [100, 100], { rank: 2 }), town("First", [101, 100], { rank: 1 })];
    assert.deepEqual(textsOf(labels), ["First"]);
    assert.deepEqual(textsOf([...labels].reverse()), ["First"]);
  });

  test("labels of one rank keep their order", () => {
    assert.deepEqual(textsOf([town("A", [50, 50]), town("B", [150, 50]), town("C", [250, 50])]), ["A", "B", "C"]);
  });

  test("a label takes its next place where the first is taken", () => {
    const [first, second] = placeLabels([town("Town", [100, 100]), town("Next", [60, 100])], view());
    assert.equal(first.place.anchor, "start");
    assert.equal(second.place.anchor, "end");
  });

  test("no two labels overlap, and none overlaps a dot of another", () => {
    const labels = Array.from({ length: 80 }, (_, at) => town(`Town ${at}`, [(at * 53) % 400, (at * 37) % 300], { rank: at }));
    const placed = placeLabels(labels, view());
    assert.ok(placed.length > 10);
    placed.forEach(({ place }, at) => {
      const others = placed.filter((_, other) => other !== at).map((other) => other.place);
      assert.ok(isFree(place, others));
      assert.ok(isFree(place, placed.filter((_, other) => other !== at).map(({ label }) => dotBox({ x: label.at[0], y: label.at[1] }))));
    });
  });

  test("a town's name stands where it is least on ground of others, and stays there in a view", () => {
    const foreign = (/** @type {import("../../webapp/static/labels.js").Box} */ { x }) => (x > 100 ? 0.4 : 0);
    const [{ place, side }] = placeLabels([town("Town", [100, 100])], view({ foreign }));
    assert.deepEqual([place.anchor, side], ["end", 1]);
    const [kept] = placeLabels([town("Town", [100, 100])], view({ foreign, sides: new Map([["Town 100,100", 0]]) }));
    assert.equal(kept.place.anchor, "start");
  });

  test("a zone that touches one with its words has none beside it", () => {
    const own = { inside: /** @type {[number, number, number, number][]} */ ([[100, 0, 300, 100]]) };
    const beside = { inside: [], at: /** @type {[number, number]} */ ([50, 150]), beside: /** @type {[number, number, number, number][]} */ ([[0, 100, 400, 300]]) };
    const both = [zone({ zone: "a", ...own }), zone({ zone: "b", rank: 1.2, ...beside })];
    const shared = zone({ zone: "a", rank: 1.5, members: ["a", "b"], ...own });
    const named = (/** @type {Label[]} */ labels) => placeLabels(labels, view({ project: ([x, y]) => ({ x, y: 300 - y }) })).map(({ label }) => label.zone);
    assert.deepEqual(named(both), ["a", "b"]);
    assert.deepEqual(named([...both, shared]), ["a"]);
  });

  test("of sites that are in each other's way, one that has no room gets the first choice", () => {
    const sites = [town("First", [70, 100], { kind: "site", dot: "site", rank: 2 }), town("Second", [150, 100], { kind: "site", dot: "site", rank: 2 })];
    const taken = [{ x: 0, y: 0, w: 400, h: 90 }, { x: 0, y: 110, w: 400, h: 200 }, { x: 158, y: 90, w: 240, h: 20 }];
    assert.deepEqual(placeLabels(sites, view({ taken })).map(({ label, place }) => [label.text, place.anchor]), [["Second", "end"], ["First", "end"]]);
  });

  test("a town whose dot is covered is left out", () => {
    assert.deepEqual(textsOf([town("Under", [100, 100])], { taken: [{ x: 90, y: 90, w: 20, h: 20 }] }), []);
  });

  test("what lies over the map takes room, and the caller's list stays as it is", () => {
    const taken = [{ x: 107, y: 80, w: 300, h: 40 }];
    const [{ place }] = placeLabels([town("Left", [100, 100])], view({ taken }));
    assert.equal(place.anchor, "end");
    assert.equal(taken.length, 1);
  });

  test("labels of hidden zones are left out and make room", () => {
    const labels = [town("Zone", [100, 100], { rank: 1, zone: "z" }), town("Town", [101, 100], { rank: 2 })];
    assert.deepEqual(textsOf(labels), ["Zone"]);
    assert.deepEqual(textsOf(labels, { hidden: new Set(["z"]) }), ["Town"]);
  });

  test("labels beyond the margin are left out, those in it are drawn", () => {
    assert.deepEqual(textsOf([town("In", [-80, 100]), town("Out", [-110, 100]), town("Below", [100, 376])]), ["In"]);
  });

  test("a label that would be cut by the edge takes another place or is left out", () => {
    const [{ place }] = placeLabels([town("Edge", [385, 100])], view());
    assert.equal(place.anchor, "end");
    assert.deepEqual(textsOf([{ text: "Country", at: [395, 100], kind: "land", rank: 1 }]), []);
  });

  test("a zone is named inside of its zone, in the most lines that fit", () => {
    const [{ place, label: found }] = placeLabels([zone({ inside: [[100, 100, 190, 140]] })], view());
    assert.deepEqual(place.lines, ["Buffer", "zone"]);
    assert.deepEqual([place.x, place.y, place.w, place.h], [115, 105, 60, 30]);
    assert.equal(found.zone, "z");
    assert.deepEqual(textsOf([zone({ inside: [[100, 100, 160, 140]] })]), []);
  });

  test("a zone keeps the names of large towns free where it can", () => {
    const label = zone({ inside: [[100, 100, 240, 300]] });
    const [{ place }] = placeLabels([label, town("Big", [150, 200], { rank: 3 })], view());
    assert.ok(isFree(place, [dotBox({ x: 150, y: 200 })]));
  });

  test("a zone without room is named beside it, with a leader that is short", () => {
    const label = zone({ at: [100, 100], start: [100, 100], beside: [[20, 20, 300, 180]] });
    const [{ place }] = placeLabels([label], view({ size: { x: 1200, y: 800 } }));
    const [from, to] = place.leader ?? [];
    assert.deepEqual(to, { x: 100, y: 100 });
    assert.ok(from && Math.hypot(from.x - to.x, from.y - to.y) <= 60);
    assert.ok(place.x >= 20 && place.x + place.w <= 300 && place.y >= 20 && place.y + (place.h ?? 0) <= 180);
    assert.ok(isFree(place, [{ x: 100, y: 100, w: 0, h: 0 }]));
    assert.deepEqual(textsOf([label], { size: { x: 40, y: 40 } }), []);
  });

  test("no leader crosses what is taken", () => {
    const label = zone({ at: [100, 100], start: [100, 100], beside: [[20, 20, 300, 180]] });
    const wall = { x: 96, y: 20, w: 2, h: 160 };
    const [{ place }] = placeLabels([label], view({ size: { x: 1200, y: 800 }, taken: [wall] }));
    assert.ok(place.x > 98);
  });

  test("the number of a clause takes room after the last line", () => {
    const [first] = zonePlaces(zone({ clause: "21d", inside: [[0, 0, 400, 100]], breaks: [["Buffer zone"]] }), view());
    assert.equal(first.w, 150);
  });

  test("a town has a dot, a site has its own sign, and a town beside a site has none", () => {
    /** @type {Label} */
    const site = { ...town("Plant", [100, 100], { rank: 1 }), kind: "site", dot: "site" };
    const dots = placeLabels([site, town("Near", [107, 100]), town("Far", [250, 100])], view()).map(({ label, dot }) => [label.text, dot]);
    assert.deepEqual(dots, [["Plant", undefined], ["Near", undefined], ["Far", { x: 250, y: 100 }]]);
    const apart = placeLabels([site, town("Near", [100, 107])], view()).map(({ label, dot }) => [label.text, dot]);
    assert.deepEqual(apart, [["Plant", undefined], ["Near", undefined]]);
  });

  test("what is not shown at a zoom takes no room at it", () => {
    const labels = [town("Later", [100, 100], { rank: 1, from: 9 }), town("Now", [101, 100], { rank: 2 })];
    assert.deepEqual(textsOf(labels), ["Now"]);
    assert.deepEqual(textsOf(labels, { zoom: 9 }), ["Later"]);
  });
});

describe("the names of waters", () => {
  const settings = { name: "name_en", drained: "{name} (drained)", zooms: [6, 7.5, 8.5], ranks: { river: 20 } };
  /** @param {Record<string, any>} properties */
  const water = (properties) => ({ geometry: { type: "LineString" }, properties: { kind: "river", level: 0, label: [[1, 2]], ...properties } });

  test("a long river is named again a zoom later, a water without a name never", () => {
    const labels = waterLabels(settings, [water({ name_en: "Dnipro", label: [[1, 2], [3, 4]] }), water({ level: 2, label: [] })]);
    assert.deepEqual(labels.map(({ text, at, from }) => [text, at, from]), [["Dnipro", [1, 2], 6], ["Dnipro", [3, 4], 7]]);
    assert.ok(labels[0].rank < labels[1].rank);
  });

  test("a drained reservoir is said to be one", () => {
    const [label] = waterLabels(settings, [water({ kind: "reservoir-bed", level: 1, name_en: "Oskil Reservoir" })]);
    assert.deepEqual([label.text, label.from], ["Oskil Reservoir (drained)", 7.5]);
  });
});
