/* Places are found however their names are spelt. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { bonesOf, findPlaces, keyOf, readPlaces } from "../../webapp/static/matching.js";

/** @type {import("../../webapp/static/matching.js").PlacesFile} */
const FILE = {
  languages: ["en", "uk", "zh-Hant"],
  oblasts: [["UA-14", "Donetsk", "Донецька", "頓內茨克"], ["UA-48", "Mykolaiv", "Миколаївська", "尼古拉耶夫"]],
  places: [
    [700569, 31.99, 46.97, 470011, 1, "Mykolaiv", "Миколаїв", "米科拉伊夫", ["尼古拉耶夫"]],
    [704508, 37.58, 48.74, 147145, 0, "Kramatorsk", "Краматорськ", "克拉莫托斯克", []],
    [692194, 37.61, 48.85, 105141, 0, "Sloviansk", "Слов'янськ", "斯拉夫揚斯克", []],
    [713174, 38.0, 48.59, 80500, 0, "Bakhmut", "Бахмут", "巴赫姆特", ["Артемівськ", "Артёмовск"]],
    [705104, 37.7, 48.53, 67350, 0, "Kostiantynivka", "Костянтинівка", "康斯坦丁尼夫卡", []],
    [691999, 38.5, 48.95, 99067, 0, "Sievierodonetsk", "Сіверськодонецьк", "北頓內茨克", ["Сєвєродонецьк", "Северодонецк"]],
    [706900, 36.26, 47.66, 13000, 0, "Huliaipole", "Гуляйполе", "胡利亞伊波列", []],
    [1, 37.4, 48.2, 900, 0, "Hrodivka", "Гродівка", "", []],
    [2, 32.4, 47.2, 700, 1, "Kostiantynivka", "Костянтинівка", "", []],
  ],
};

/** The places by language. */
const read = Object.fromEntries(await Promise.all(FILE.languages.map(async (tag) => [tag, await readPlaces(FILE, tag, () => Promise.resolve())])));

/** @param {string} text @param {string} [language] */
const found = (text, language = "en") => findPlaces(read[language], text).map(({ place }) => place.name);

describe("a place is found by", () => {
  const cases = /** @type {[string, string][]} */ ([
    ["Kramatorsk", "Kramatorsk"], ["kramat", "Kramatorsk"], ["Краматорськ", "Kramatorsk"], ["краматорск", "Kramatorsk"],
    ["克拉莫托斯克", "Kramatorsk"], ["Kramatorsʹk", "Kramatorsk"], ["Kramatorsk'", "Kramatorsk"], ["Kromatorsk", "Kramatorsk"],
    ["Slavyansk", "Sloviansk"], ["Славянск", "Sloviansk"], ["Slov’yans’k", "Sloviansk"], ["Словянськ", "Sloviansk"],
    ["Artemovsk", "Bakhmut"], ["Artyomovsk", "Bakhmut"], ["Артемовск", "Bakhmut"],
    ["Konstantinovka", "Kostiantynivka"], ["Константиновка", "Kostiantynivka"], ["Kostyantynivka", "Kostiantynivka"],
    ["Nikolaev", "Mykolaiv"], ["Николаев", "Mykolaiv"], ["Mykolayiv", "Mykolaiv"], ["尼古拉耶夫", "Mykolaiv"],
    ["Severodonetsk", "Sievierodonetsk"], ["Северодонецк", "Sievierodonetsk"], ["Gulyaypole", "Huliaipole"], ["Гуляйполе", "Huliaipole"],
    ["Гродовка", "Hrodivka"], ["Grodovka", "Hrodivka"],
  ]);
  for (const [typed, name] of cases) {
    test(`${typed} as ${name}`, () => assert.equal(found(typed)[0], name));
  }
});

test("the larger of two places of one name comes first, and both come", () => {
  const places = findPlaces(read.en, "kostiantynivka").map(({ place }) => place.id);
  assert.deepEqual(places, [705104, 2]);
});

test("names are those of the page's language, English ones where there are none", () => {
  assert.deepEqual(found("Kramatorsk", "uk"), ["Краматорськ"]);
  assert.deepEqual(found("Гродівка", "zh-Hant"), ["Hrodivka"]);
});

test("the name that was meant is said where the page shows another", () => {
  const [{ by }] = findPlaces(read.en, "Артемовск");
  assert.equal(by, "Артёмовск");
  assert.equal(findPlaces(read.en, "Bakhmut")[0].by, "");
});

test("nothing is found for nothing, signs alone, and what no place is called", () => {
  for (const typed of ["", "   ", "'-", "Reykjavik", "xyzzy"]) assert.deepEqual(found(typed), []);
});

test("keys leave out what spellings differ in, bones the vowels", () => {
  assert.equal(keyOf("Слов'янськ"), keyOf("Sloviansk"));
  assert.equal(keyOf("Запоріжжя"), keyOf("Zaporizhzhia"));
  assert.equal(bonesOf(keyOf("Харьков")), bonesOf(keyOf("Харків")));
  assert.notEqual(keyOf("Lyman"), keyOf("Lymany"));
});
