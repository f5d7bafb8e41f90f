/* Sorting of tables, the image builder and the height of frames. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { figures, keyed, nearest } from "../../webapp/static/charts.js";
import { wantedHeight } from "../../webapp/static/embed.js";
import { countCharacters, retryDelayMs, wholeCode, wholeUrl } from "../../webapp/static/kit.js";
import { compareNumbers, NEXT, wordsComparer } from "../../webapp/static/sorting.js";

describe("sorting", () => {
  test("three times pressed, a column is as it came", () => {
    for (const next of Object.values(NEXT)) assert.equal(next[next[next[""]]], "");
  });

  test("numbers begin with the largest, words with the first", () => {
    assert.equal(NEXT.number[""], "descending");
    assert.equal(NEXT.text[""], "ascending");
  });

  /** @param {number[]} values @param {number} sign */
  const sorted = (values, sign) => [...values].sort((a, b) => compareNumbers(a, b, sign));

  test("numbers go by value, either way", () => {
    assert.deepEqual(sorted([10, 9, 0.5, -1], 1), [-1, 0.5, 9, 10]);
    assert.deepEqual(sorted([10, 9, 0.5, -1], -1), [10, 9, 0.5, -1]);
  });

  test("what has no value is last either way", () => {
    assert.deepEqual(sorted([NaN, 2, NaN, 1], 1), [1, 2, NaN, NaN]);
    assert.deepEqual(sorted([NaN, 2, NaN, 1], -1), [2, 1, NaN, NaN]);
  });

  test("words go by the language, numbers in them by value", () => {
    assert.deepEqual(["Point 10", "Point 9"].sort(wordsComparer("en", 1)), ["Point 9", "Point 10"]);
    assert.deepEqual(["Одеса", "Івано", "Ґалаґан", "Гадяч"].sort(wordsComparer("uk", 1)), ["Гадяч", "Ґалаґан", "Івано", "Одеса"]);
    assert.deepEqual(["b", "a"].sort(wordsComparer("en", -1)), ["b", "a"]);
  });
});

describe("the height of a frame", () => {
  test("a page without a map is as high as it is", () => assert.equal(wantedHeight(412.2), 413));

  test("a map gets a good shape, whatever height it has", () => {
    for (const height of [100, 400, 900]) assert.equal(wantedHeight(200 + height, { width: 600, height }), 200 + 432);
  });

  test("it is never too low on a phone nor too high on a desk", () => {
    assert.equal(wantedHeight(500, { width: 320, height: 400 }), 100 + 340);
    assert.equal(wantedHeight(500, { width: 1600, height: 400 }), 100 + 640);
  });
});

describe("a chart", () => {
  test("the nearest date is the one pointed at", () => {
    assert.deepEqual([-5, 14, 16, 99].map((at) => nearest([10, 20, 30], at)), [0, 0, 1, 2]);
  });

  test("arrow keys step through the dates and stop at the ends, other keys do nothing", () => {
    assert.deepEqual([keyed("ArrowRight", 1, 3), keyed("ArrowRight", 3, 3), keyed("ArrowLeft", 0, 3)], [2, 3, 0]);
    assert.deepEqual([keyed("Home", 2, 3), keyed("End", 1, 3), keyed("a", 1, 3)], [0, 3, undefined]);
  });

  test("a figure has its unit and its interval where there is one", () => {
    assert.equal(figures("5,200", "4,600–5,600", "{area} km²"), "5,200 km² (4,600–5,600)");
    assert.equal(figures("750", "–", "{area} km²"), "750 km²");
    assert.equal(figures("no zone", "–", "{area} km²"), "no zone");
  });
});

describe("the image builder", () => {
  test("a path gets the origin, a whole URL stays", () => {
    assert.equal(wholeUrl("/images/x.svg", "https://maps.example"), "https://maps.example/images/x.svg");
    assert.equal(wholeUrl("https://other.example/images/x.svg", "https://maps.example"), "https://other.example/images/x.svg");
  });

  test("so does the code of an image", () => {
    assert.equal(wholeCode('<img src="/a.svg" alt="/b">', "https://maps.example"), '<img src="https://maps.example/a.svg" alt="/b">');
    const whole = '<img src="https://other.example/a.svg">';
    assert.equal(wholeCode(whole, "https://maps.example"), whole);
  });

  test("characters are counted as readers do", () => {
    assert.deepEqual(["", "abc", "烏克蘭", "𠮷😀"].map(countCharacters), [0, 3, 3, 2]);
  });

  test("a busy service is asked again after the time that it names, while tries are left", () => {
    assert.equal(retryDelayMs(503, "2", 5), 2000);
    assert.equal(retryDelayMs(503, "2", 1), undefined);
    assert.equal(retryDelayMs(503, null, 5), undefined);
    assert.equal(retryDelayMs(503, "Wed, 21 Oct 2026 07:28:00 GMT", 5), undefined);
    assert.equal(retryDelayMs(500, "2", 5), undefined);
  });
});
