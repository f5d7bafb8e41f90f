/* Dates, zones and layers as they are read: without a map and without a page. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { playEnds, playFrom } from "../../webapp/static/dates.js";
import { dayBeside, daysIn, listed, mapOf, placeOf } from "../../webapp/static/days.js";
import { headlineWithout } from "../../webapp/static/headline.js";
import { countryLabels, regionLabels, townLabels } from "../../webapp/static/names.js";
import { filled, idsOf } from "../../webapp/static/page.js";
import { coveredBy } from "../../webapp/static/panel.js";
import { scaleText } from "../../webapp/static/scale.js";
import { zoneLabel } from "../../webapp/static/zones.js";

describe("headlines", () => {
  /** @type {[string, string[], string][]} */
  const found = [["both", ["a", "b"], "2"], ["one", ["b"], "1"], ["none", [], "0"]];

  test("the fullest one without a hidden zone is shown", () => {
    assert.deepEqual(headlineWithout(found, new Set()), found[0]);
    assert.deepEqual(headlineWithout(found, new Set(["a", "c"])), found[1]);
    assert.deepEqual(headlineWithout(found, new Set(["b"])), found[2]);
  });
});

describe("dates", () => {
  /** @type {[string, string][]} */
  const days = [["2025-01-01", "1 January"], ["2025-02-01", "1 February"], ["2025-03-01", "1 March"]];

  test("a date takes the last control map on or before it", () => {
    assert.equal(mapOf(days, "2025-02-01"), "2025-02-01");
    assert.equal(mapOf(days, "2025-02-28"), "2025-02-01");
    assert.equal(mapOf(days, "2030-01-01"), "2025-03-01");
  });

  test("a date before all control maps has none", () => assert.equal(mapOf(days, "2024-12-31"), undefined));

  test("only a date with a control map has a place", () => {
    assert.equal(placeOf(days, "2025-03-01"), 2);
    assert.equal(placeOf(days, "2025-03-02"), -1);
  });

  test("steps end with the first and the last date", () => {
    assert.equal(dayBeside(days, "2025-02-01", 1), "2025-03-01");
    assert.equal(dayBeside(days, "2025-02-01", -1), "2025-01-01");
    assert.equal(dayBeside(days, "2025-03-01", 1), undefined);
    assert.equal(dayBeside(days, "2025-01-01", -1), undefined);
  });

  test("playing goes on with the next date, and from the newest begins again", () => {
    assert.equal(playFrom(days, "2025-01-01"), 1);
    assert.equal(playFrom(days, "2025-03-01"), 0);
  });

  test("playing ends with the draft's own date and, from there on, with the newest", () => {
    assert.equal(playEnds(days, "2025-01-01", "2025-02-01"), 1);
    assert.equal(playEnds(days, "2025-02-01", "2025-02-01"), 2);
    assert.equal(playEnds(days, "2025-03-01", "2025-02-01"), 1);
  });
});

describe("the dates of a page", () => {
  const words = Array.from({ length: 12 }, (_, month) => `{day} of ${month + 1} in {year}`);
  const years = daysIn({ first: "2016-01-01", steps: Array(3652).fill(1), words });

  test("follow from the first and the days between them", () => {
    const found = daysIn({ first: "2024-02-28", steps: [1, 1, 366], words });
    assert.deepEqual(found, [["2024-02-28", "28 of 2 in 2024"], ["2024-02-29", "29 of 2 in 2024"], ["2024-03-01", "1 of 3 in 2024"], ["2025-03-02", "2 of 3 in 2025"]]);
  });

  test("few are listed whole, the newest first", () => {
    assert.deepEqual(listed(years.slice(0, 100), "2020-01-01"), years.slice(0, 100).reverse());
  });

  test("of ten years one is listed whole, of others the last day of each month", () => {
    const found = listed(years, "2020-05-07").map(([day]) => day);
    assert.equal(found.length, 366 + 9 * 12);
    assert.deepEqual(found.filter((day) => day.startsWith("2024")).slice(0, 3), ["2024-12-31", "2024-11-30", "2024-10-31"]);
    assert.equal(found[0], "2025-12-31");
  });
});

describe("texts", () => {
  test("placeholders are filled in", () => assert.equal(filled("{a} and {b}", { a: "1", b: "2" }), "1 and 2"));
  test("signs that replace patterns are text", () => assert.equal(filled("<{a}>", { a: "$& $1 $'" }), "<$& $1 $'>"));
  test("what has no value stays", () => assert.equal(filled("{a} {c}", { a: "1" }), "1 {c}"));

  test("the scale counts in kilometres from one on", () => {
    const texts = { m: "{n} m", km: "{n} km" };
    assert.deepEqual([500, 999, 1000, 30000].map((metres) => scaleText(metres, texts)), ["500 m", "999 m", "1 km", "30 km"]);
  });

  test("a list of ids may be empty", () => {
    assert.deepEqual(idsOf("a b"), ["a", "b"]);
    assert.deepEqual([idsOf(""), idsOf(undefined)], [[], []]);
  });
});

describe("the panel over the map", () => {
  const frame = { left: 0, top: 100, right: 400, bottom: 500 };

  test("from the right it covers its width", () => {
    assert.deepEqual(coveredBy(frame, { left: 250, top: 100, right: 400, bottom: 500 }), [150, 0]);
  });

  test("from below it covers its height", () => {
    assert.deepEqual(coveredBy(frame, { left: 0, top: 350, right: 400, bottom: 600 }), [0, 150]);
  });

  test("beside the map and below it, it covers nothing", () => {
    assert.deepEqual(coveredBy(frame, { left: 420, top: 100, right: 800, bottom: 500 }), [0, 0]);
    assert.deepEqual(coveredBy(frame, { left: 0, top: 520, right: 400, bottom: 800 }), [0, 0]);
  });
});

describe("labels of zones", () => {
  const square = { type: "Polygon", coordinates: [[[37, 48], [38, 48], [38, 49], [37, 49], [37, 48]]] };
  const onMap = { text: "Buffer zone", kind: "zone", rank: 1, clause: "21d", breaks: [["Buffer zone"]], inside: [], at: [37.5, 48.5], start: [37.5, 48.5], beside: [[36, 47, 39, 50]] };
  /** @param {object | null} label @param {object} [geometry] */
  const zone = (label, geometry = square) => /** @type {any} */ ({ id: "z", words: { onMap: label }, feature: { geometry } });

  test("an area has the words and places that the page has for it", () => {
    assert.deepEqual(zoneLabel(zone(onMap)), { ...onMap, zone: "z" });
  });

  test("on a date on which it lies elsewhere, none stands beside it", () => {
    assert.deepEqual(zoneLabel(zone({ ...onMap, at: [36.5, 48.5] }))?.beside, []);
  });

  test("what no clause treats has no label", () => assert.equal(zoneLabel(zone(null)), undefined));

  test("a site has its name at its place", () => {
    const found = zoneLabel(zone({ text: "Plant", kind: "site", dot: "plant", rank: 2 }, { type: "Point", coordinates: [34.6, 47.5] }));
    assert.deepEqual([found?.text, found?.kind, found?.dot, found?.at, found?.zone], ["Plant", "site", "plant", [34.6, 47.5], "z"]);
  });
});

describe("labels of layers", () => {
  /** @param {string} part @param {string} id @param {Record<string, string>} properties */
  const feature = (part, id, properties) => ({ id, properties: { part, ...properties }, geometry: { type: "Point", coordinates: [30, 50] } });
  const ranks = { chief_town: 2.5, large_town: 3.5, water: 5, town: 10, region: 30, country: 40 };
  const area = {
    features: [
      feature("neighbour", "POL", { name_en: "Poland" }), feature("neighbour", "ITA", { name_en: "Italy" }),
      feature("region", "UA-14", { name_en: "Donetsk", iso: "UA-14" }), feature("region", "UA-43", { name_en: "Crimea", iso: "UA-43" }),
      feature("sea", "x", { name_en: "Sea" }),
    ],
  };

  test("countries that have a place are named, and all seas", () => {
    /** @type {Omit<import("../../webapp/static/labels.js").Label, "rank">[]} */
    const seas = [{ text: "Black Sea", at: [32, 43], kind: "sea" }];
    const labels = countryLabels({ name: "name_en", places: { POL: [22, 51] }, seas, ranks }, area);
    assert.deepEqual(labels.map(({ text, kind, at }) => [text, kind, at]), [["Poland", "land", [22, 51]], ["Black Sea", "sea", [32, 43]]]);
    assert.ok(labels[1].rank < labels[0].rank);
  });

  test("oblasts are named by the pattern, all but those that stand alone", () => {
    const labels = regionLabels({ name: "name_en", pattern: "{name} Oblast", plain: ["UA-43"], ranks }, area);
    assert.deepEqual(labels.map(({ text }) => text), ["Donetsk Oblast", "Crimea"]);
  });

  test("towns come in their order, the large ones before all others, those without a name of their own later", () => {
    const labels = townLabels({ ranks }, { towns: [[30, 50, "Kyiv", 5, true, true], [37, 48, "Bakhmut", 8, false, true], [38, 47, "Village", 8, false, false]] });
    assert.deepEqual(labels.map(({ kind }) => kind), ["town big", "town", "town"]);
    assert.deepEqual(labels.map(({ from }) => from), [4.25, 7.25, 9]);
    assert.ok(labels[0].rank < labels[1].rank && labels[1].rank < labels[2].rank);
    const [, chief] = townLabels({ ranks }, { towns: [[30, 50, "Kyiv", 5, true, true], [37, 48, "Bakhmut", 8, false, true]] }, ["Bakhmut"]);
    assert.ok(chief.from === 0 && chief.rank < labels[0].rank, "the chief town of a zone that Ukraine would leave comes first");
    assert.ok(labels[0].rank < 5 && labels[1].rank > 5, "a site stands between large towns and the others");
  });
});
