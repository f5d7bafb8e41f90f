/* What stands in the URL of a map, written and read. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { embedCode, queryText, readIds, readView, viewText, zoneOfHash } from "../../webapp/static/address.js";

describe("a query", () => {
  const cases = /** @type {[string, string][]} */ ([
    ["", ""],
    ["zone=", ""],
    ["zone=&clause=&off=&view=", ""],
    ["zone=crimea", "?zone=crimea"],
    ["zone=crimea&clause=", "?zone=crimea"],
    ["as_of=2026-01-01&off=a,b", "?as_of=2026-01-01&off=a%2Cb"],
    ["control=", "?control="],
    ["utm_source=x", "?utm_source=x"],
  ]);
  for (const [given, text] of cases) {
    test(`${given || "nothing"} is written as ${text || "nothing"}`, () => assert.equal(queryText(new URLSearchParams(given)), text));
  }

  test("what is written is left as it was", () => {
    const parameters = new URLSearchParams("zone=");
    queryText(parameters);
    assert.equal(parameters.toString(), "zone=");
  });

  test("what is written is read back, whatever stands in it", () => {
    const parameters = new URLSearchParams({ zone: "a&b=c?d#e", clause: "21 ä" });
    assert.deepEqual([...new URLSearchParams(queryText(parameters))], [...parameters]);
  });
});

describe("a view", () => {
  test("it is written with three decimals of a degree", () => {
    assert.equal(viewText(7.25, { lat: 48.12345, lng: 37 }), "7.25,48.123,37.000");
  });

  test("it is read as it was written", () => {
    assert.deepEqual(readView(viewText(6.5, { lat: -0.5, lng: 180 })), { zoom: 6.5, center: [-0.5, 180] });
  });

  for (const text of [null, "", "7", "7,48", "7,,37", ",48,37", "7,48,", "7,48,x", "NaN,48,37", "Infinity,48,37", "a,b,c", "7;48;37"]) {
    test(`${JSON.stringify(text)} is none`, () => assert.equal(readView(text), undefined));
  }

  test("what follows the third number is left alone", () => {
    assert.deepEqual(readView("7,48,37,99"), { zoom: 7, center: [48, 37] });
  });
});

describe("ids", () => {
  const known = new Set(["crimea", "luhansk-held"]);

  test("those that there are, in the order of the URL", () => {
    assert.deepEqual(readIds("luhansk-held,crimea", known), ["luhansk-held", "crimea"]);
  });

  test("what is not known is left out", () => assert.deepEqual(readIds("crimea,nope,,Crimea", known), ["crimea"]));

  for (const text of [null, "", ","]) {
    test(`${JSON.stringify(text)} lists none`, () => assert.deepEqual(readIds(text, known), []));
  }

  test("a zone behind # is found whole, not by a part of its name", () => {
    assert.equal(zoneOfHash("#zone-crimea", known), "crimea");
    for (const hash of ["", "#", "#zone-", "#crimea", "#zone-crim", "#zone-crimea-2", "#areas"]) {
      assert.equal(zoneOfHash(hash, known), undefined, hash);
    }
  });
});

describe("the code for other sites", () => {
  const code = '<iframe src="https://maps.example/embed/en/x?as_of=2025-01-01" title="A &quot;map&quot;" height="640"></iframe>';

  test("it has the query of what is shown in the place of its own", () => {
    assert.equal(embedCode(code, "?zone=crimea"), code.replace("?as_of=2025-01-01", "?zone=crimea"));
  });

  test("without a query it has none", () => assert.equal(embedCode(code, ""), code.replace("?as_of=2025-01-01", "")));

  test("an ampersand is written as HTML has it", () => {
    assert.ok(embedCode(code, "?a=1&b=2").includes('src="https://maps.example/embed/en/x?a=1&amp;b=2"'));
  });

  test("signs that replace patterns are text", () => assert.ok(embedCode(code, "?a=$1$&").includes("x?a=$1$&amp;")));

  test("once done it can be done again", () => {
    assert.equal(embedCode(embedCode(code, "?a=1&b=2"), "?c=3"), embedCode(code, "?c=3"));
  });

  test("all else of it stays as it is", () => assert.ok(embedCode(code, "?c=3").endsWith('title="A &quot;map&quot;" height="640"></iframe>')));
});
