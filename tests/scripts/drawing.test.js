/* Drawing: figures as Python's, what is refused, files, addresses, undo, snapping. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { areaBelow } from "../../webapp/static/geodesic.js";
import { edgesOf, isInside, sortIntoBands } from "../../webapp/static/draw/bands.js";
import { problemOf } from "../../webapp/static/draw/checking.js";
import { dividedKm2, prepareUnits } from "../../webapp/static/draw/dividing.js";
import { geojsonOf } from "../../webapp/static/draw/files.js";
import { beginHistory, record, redo, undo } from "../../webapp/static/draw/history.js";
import { measure, measureBuffer } from "../../webapp/static/draw/measuring.js";
import { drawingOf, joined, readDrawing } from "../../webapp/static/draw/reading.js";
import { turned } from "../../webapp/static/draw/rings.js";
import { packDrawing, unpackDrawing } from "../../webapp/static/draw/sharing.js";
import { outlineOf } from "../../webapp/static/draw/sides.js";
import { snapped } from "../../webapp/static/draw/snapping.js";

/** @typedef {[number, number]} Pair */
/** @typedef {{name: string, kind: "line" | "area", points: Pair[], km2: Pair, restKm2: Pair, lengthKm: number, contactKm: Pair,
 *   oblasts: Record<string, Pair>, zones: Record<string, Pair>, others?: Pair[][], bufferKm: number,
 *   buffer: {km2: Pair, restKm2: Pair, zones: Record<string, Pair>}}} Case */

const read = (/** @type {string} */ path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
/** @type {Case[]} */
const CASES = read("drawings.json").cases;
const MAP = { west: 20, south: 41.2, east: 45.5, north: 53.85 };
const noXml = () => { throw new Error("no XML here"); };

/** @type {any[]} */
const features = read("../../layers/data/us-28-points/2025-11-20.geojson").features;
const oblasts = prepareUnits(read("../../layers/data/context/oblasts.geojson").features);
const lines = features.filter(({ properties }) => properties.kind === "line").flatMap(({ geometry }) => geometry.coordinates);
const against = {
  map: MAP, oblasts, country: outlineOf(oblasts.units), zones: prepareUnits(features.filter(({ properties }) => properties.partition)),
  contact: { from: lines.flatMap((line) => line.slice(0, -1)), to: lines.flatMap((line) => line.slice(1)) },
  settlements: [{ at: /** @type {Pair} */ ([30.5, 50.45]), people: 3, name: "Kyiv" }, { at: /** @type {Pair} */ ([37.8, 48]), people: 2, name: "Donetsk" }],
};

/** @param {number} found @param {number} expected @param {string} what */
const near = (found, expected, what, least = 0.01) => assert.ok(Math.abs(found - expected) <= Math.max(1e-4 * Math.abs(expected), least), `${what}: ${found}, not ${expected}`);

describe("figures are Python's to 0.01 %", () => {
  for (const { name, kind, points, others, ...expected } of CASES) {
    test(name, () => {
      const found = measure({ kind, points, others }, against);
      assert.ok("figures" in found, JSON.stringify(found));
      const { figures } = found;
      [0, 1].forEach((side) => {
        near(figures.km2[side], expected.km2[side], "all");
        near(figures.restKm2[side], expected.restKm2[side], "in no zone");
        near(/** @type {Pair} */ (figures.contactKm)[side], expected.contactKm[side], "distance", 0.005);
        for (const key of /** @type {const} */ (["oblasts", "zones"])) {
          for (const { id, km2 } of figures[key]) if (expected[key][id]) near(km2[side], expected[key][id][side], id);
        }
      });
      near(figures.lengthKm, expected.lengthKm, "length");
      const buffer = measureBuffer({ kind, points, others }, figures, against, expected.bufferKm);
      [0, 1].forEach((side) => {
        near(buffer.km2[side], expected.buffer.km2[side], "buffer");
        near(buffer.restKm2[side], expected.buffer.restKm2[side], "buffer in no zone", 0.1);
        for (const { id, km2 } of buffer.zones) near(km2[side], (expected.buffer.zones[id] ?? [0, 0])[side], `buffer in ${id}`);
      });
    });
  }
});

describe("areas", () => {
  const ring = /** @type {Pair[]} */ ([[35, 48], [36, 48], [36, 49], [35, 49], [35, 48]]);
  const hole = /** @type {Pair[]} */ ([[35.2, 48.2], [35.2, 48.4], [35.4, 48.4], [35.4, 48.2], [35.2, 48.2]]);
  const units = prepareUnits([{ id: "box", geometry: { type: "Polygon", coordinates: [ring, hole] } }]);

  test("a box is as large as by Karney", () => {
    near(-ring.slice(1).reduce((sum, point, before) => sum + areaBelow(ring[before], point), 0), 8217.7, "box", 0.1);
  });

  test("a region that runs along the edges of a unit is all of it", () => near(dividedKm2(units, [ring])[0], units.units[0].km2, "along"));

  test("a region around it, one inside it and one beside it", () => {
    const around = /** @type {Pair[]} */ ([[34, 47], [37, 47], [37, 50], [34, 50], [34, 47]]);
    near(dividedKm2(units, [around])[0], units.units[0].km2, "around");
    near(dividedKm2(units, turned([hole]))[0], 0, "in the hole");
    near(dividedKm2(units, [around.map(([lon, lat]) => /** @type {Pair} */ ([lon + 5, lat]))])[0], 0, "beside");
  });

  test("a region with a hole is less than one without", () => {
    const [whole, holed] = [dividedKm2(units, [ring]), dividedKm2(units, turned([ring, ring.map(([lon, lat]) => /** @type {Pair} */ ([35.6 + (lon - 35) / 10, 48.6 + (lat - 48) / 10]))]))];
    assert.ok(whole[0] - holed[0] > 70 && whole[0] - holed[0] < 90);
  });

  test("what lies inside rings is inside", () => {
    const sorted = sortIntoBands(edgesOf([ring, hole]));
    assert.deepEqual([[35.5, 48.5], [35.3, 48.3], [34, 48.5], [35.5, 49.5]].map((place) => isInside(sorted, /** @type {Pair} */ (place))), [true, false, false, false]);
  });
});

describe("what cannot be measured", () => {
  const cases = /** @type {[string, "line" | "area", Pair[]][]} */ ([
    ["few", "line", [[31, 44]]],
    ["few", "area", [[31, 44], [32, 45]]],
    ["many", "line", Array.from({ length: 20001 }, (_, place) => [31 + place * 1e-5, 44])],
    ["leaves", "line", [[10, 48], [36, 53]]],
    ["leaves", "line", [[31, NaN], [36, 53]]],
    ["crosses", "line", [[31, 44], [33, 48], [31, 48], [33, 46], [38, 53]]],
    ["crosses", "area", [[31, 47], [33, 49], [33, 47], [31, 49]]],
    ["inside_first", "line", [[31, 48], [36, 53]]],
    ["inside_last", "line", [[36, 53], [31, 48]]],
    ["divides_nothing", "line", [[30, 43], [34, 43]]],
    ["divides_nothing", "area", [[30, 42], [31, 42], [31, 43]]],
  ]);
  for (const [problem, kind, points] of cases) {
    test(`${problem}: ${kind} of ${points.length} points`, () => assert.deepEqual(measure({ kind, points }, against), { problem }));
  }

  test("neighbouring edges do not cross", () => assert.equal(problemOf({ kind: "area", points: [[31, 47], [33, 47], [32, 49]] }, MAP), ""));
});

describe("files", () => {
  const line = { type: "LineString", coordinates: [[31, 44], [33, 48, 100]] };
  const drawn = { drawing: { kind: "line", points: [[31, 44], [33, 48]] } };
  const feature = (/** @type {any} */ properties, /** @type {any} */ geometry = line) => ({ type: "Feature", properties, geometry });

  for (const value of [line, feature(null), { type: "FeatureCollection", features: [feature({ name: "a < b" })] }, { type: "GeometryCollection", geometries: [line] }]) {
    test(`a line in ${value.type}`, () => assert.deepEqual(readDrawing(JSON.stringify(value), noXml), drawn));
  }

  const refused = /** @type {[string, string][]} */ ([
    ["", "unreadable"],
    ["no map", "unreadable"],
    ["{}", "empty"],
    ["<html/>", "unreadable"],
    ["<!DOCTYPE kml [<!ENTITY a 'b'>]><kml/>", "entities"],
    [JSON.stringify(feature({ name: "<img src=x onerror=alert(1)>" })), "markup"],
    [JSON.stringify({ type: "LineString", coordinates: [[31, "x"], [33, 48]] }), "unreadable"],
    [JSON.stringify({ type: "LineString", coordinates: [[31, 44]] }), "empty"],
    [JSON.stringify({ type: "MultiLineString", coordinates: [[[31, 44], [33, 48]], [[35, 44], [36, 48]]] }), "several"],
    [JSON.stringify({ type: "LineString", coordinates: Array.from({ length: 20001 }, (_, place) => [31 + place * 1e-5, 44]) }), "many"],
    ["x".repeat(5 * 2 ** 20 + 1), "large"],
  ]);
  for (const [text, problem] of refused) test(`${problem}: ${text.slice(0, 40)}`, () => assert.deepEqual(readDrawing(text, noXml), { problem }));

  test("lines that join are one, a closed one is an area", () => {
    assert.deepEqual(joined([[[2, 2], [3, 3]], [[1, 1], [2, 2]]]), [[[1, 1], [2, 2], [3, 3]]]);
    assert.deepEqual(drawingOf([[[1, 1], [2, 1], [2, 2], [1, 1]]], []), { drawing: { kind: "area", points: [[1, 1], [2, 1], [2, 2]] } });
  });

  test("what is saved is read back, areas counterclockwise", () => {
    const area = /** @type {const} */ ({ kind: "area", points: [[31, 47], [31, 49], [33, 47]] });
    const saved = JSON.parse(geojsonOf(/** @type {any} */ (area)));
    assert.deepEqual(saved.geometry.coordinates[0], [[31, 47], [33, 47], [31, 49], [31, 47]]);
    assert.deepEqual(readDrawing(geojsonOf({ kind: "line", points: [[31, 44], [33, 48]] }), noXml), drawn);
  });
});

describe("addresses", () => {
  for (const { name, kind, points } of CASES) {
    test(`${name} is read as it was written`, async () => assert.deepEqual(await unpackDrawing(await packDrawing({ kind, points })), { kind, points }));
  }

  test("two thousand points fit into an address", async () => {
    const points = Array.from({ length: 2000 }, (_, place) => /** @type {Pair} */ ([31 + Math.sin(place) / 10, 44 + place / 250]));
    assert.ok((await packDrawing({ kind: "line", points })).length < 16000);
  });

  const pack = async (/** @type {string} */ text) => Buffer.from(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer()).toString("base64url");
  for (const text of ["circle,1,2", "line,1", "line,1,x", "line,1e9,2", "line,,", "", `line,${"1,".repeat(400000)}1`]) {
    test(`${text.slice(0, 20)} is refused`, async () => assert.rejects(async () => unpackDrawing(await pack(text))));
  }
  for (const text of ["%%%", "AAAA", "A".repeat(200001)]) test(`${text.slice(0, 10)} is refused`, async () => assert.rejects(() => unpackDrawing(text)));
});

test("steps are taken back and again", () => {
  const [first, second] = /** @type {import("../../webapp/static/draw/measuring.js").Drawing[]} */ ([{ kind: "line", points: [] }, { kind: "line", points: [[31, 44]] }]);
  const done = record(beginHistory(first), second);
  assert.equal(undo(done).now, first);
  assert.equal(redo(undo(done)).now, second);
  assert.deepEqual(undo(undo(done)), undo(done));
  assert.deepEqual(redo(done), done);
  assert.equal(record(undo(done), first).future.length, 0);
});

test("points snap to vertices, then to edges, else to nothing", () => {
  const sorted = [sortIntoBands({ from: [[31, 48]], to: [[32, 48]] })];
  assert.deepEqual(snapped([31.01, 48.01], sorted, 0.05), [31, 48]);
  assert.deepEqual(snapped([31.5, 48.01], sorted, 0.05), [31.5, 48]);
  assert.deepEqual(snapped([31.5, 48.2], sorted, 0.05), [31.5, 48.2]);
});
