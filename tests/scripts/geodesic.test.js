/* Distances and areas on the ellipsoid, against those of pyproj.Geod in geodesic.json, which a test in Python checks. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { along, areaKm2, crossesItself, direct, inverse, lengthKm } from "../../webapp/static/geodesic.js";

const cases = JSON.parse(readFileSync(new URL("geodesic.json", import.meta.url), "utf8"));
const SHARE = 1e-5; // a hundredth of what readers are promised

/** @param {number} found @param {number} wanted */
const near = (found, wanted) => assert.ok(Math.abs(found - wanted) <= SHARE * wanted, `${found} for ${wanted}`);

describe("lengths are those of Karney's method", () => {
  for (const { points, km } of cases.lines) test(`${points.length} points, ${km.toFixed(3)} km`, () => near(lengthKm(points), km));
});

describe("areas are those of Karney's method", () => {
  for (const { points, km2 } of cases.polygons) {
    test(`${points.length} points, ${km2.toFixed(3)} km²`, () => near(areaKm2(points), km2));
    test(`the same the other way round`, () => near(areaKm2([...points].reverse()), km2));
  }
});

test("a point has no length and no area, a line no area", () => {
  assert.equal(lengthKm([[36, 48]]), 0);
  assert.equal(lengthKm([[36, 48], [36, 48]]), 0);
  assert.ok(areaKm2([[36, 48], [37, 48]]) < 1e-6);
});

test("what is reached along an azimuth is as far away as was gone", () => {
  const start = /** @type {[number, number]} */ ([30.5, 50.4]);
  for (const [azimuth, km] of [[0, 10], [1, 250], [2.5, 800], [-2, 0.5]]) near(inverse(start, direct(start, azimuth, km)).km, km);
});

test("points along a line are on it and no farther apart than asked", () => {
  const ends = /** @type {[number, number][]} */ ([[22.2, 48.6], [40.2, 49.2]]);
  const points = [...along(ends[0], ends[1], 50), ends[1]];
  near(lengthKm(points), lengthKm(ends));
  points.slice(1).forEach((point, before) => assert.ok(inverse(points[before], point).km <= 50.001));
});

test("a bow tie crosses itself, a square does not", () => {
  assert.ok(crossesItself([[36, 48], [37, 49], [37, 48], [36, 49]]));
  assert.ok(!crossesItself([[36, 48], [37, 48], [37, 49], [36, 49]]));
  assert.ok(!crossesItself([[36, 48], [37, 48], [37, 49]]));
});
