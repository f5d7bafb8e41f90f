// @ts-check
/* The figures of a drawing as tables. */

import { all, filled, one } from "../page.js";

/** @typedef {import("./measuring.js").Figures} Figures */
/** @typedef {import("./measuring.js").Sides} Sides */
/** @typedef {import("./measuring.js").BufferFigures} BufferFigures */
/** @typedef {import("./measuring.js").Pair} Pair */
/** @typedef {{oblasts: Map<string, string>, zones: Map<string, string>}} Names */

const [LEAST_KM2, MILLION] = [0.05, 1e6];
/** @param {number} value @param {number} [decimals] */
export const numberText = (value, decimals = 0) => value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** @template {keyof HTMLElementTagNameMap} K
 * @param {K} name @param {string} text @param {Record<string, string>} [attributes] */
function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** @param {string} caption @param {[string, string]} sides @param {[string, Pair, number?][]} rows */
function table(caption, sides, rows) {
  const made = document.createElement("table");
  const head = document.createElement("tr");
  head.append(element("td", ""), ...sides.map((side, place) => element("th", side, { scope: "col", class: `side-${place}` })));
  const body = document.createElement("tbody");
  body.append(...rows.map(([name, pair, decimals = 1]) => {
    const row = document.createElement("tr");
    row.append(element("th", name, { scope: "row" }), ...pair.map((value) => element("td", numberText(value, decimals), { "data-value": String(value) })));
    return row;
  }));
  const top = document.createElement("thead");
  top.append(head);
  made.append(element("caption", caption), top, body);
  return made;
}

/** Tables of what a drawing divides and, folded away, of what lies on one side as a whole.
 * @param {string} caption @param {[string, string]} sides
 * @param {{id: string, km2: Pair}[]} listed @param {Map<string, string>} names
 * @param {Record<string, string>} texts @param {[string, Pair][]} more rows that follow those of the first table */
function tables(caption, sides, listed, names, texts, more = []) {
  const rows = (/** @type {{id: string, km2: Pair}[]} */ some) => some.map(({ id, km2 }) => /** @type {[string, Pair]} */ ([names.get(id) ?? id, km2]));
  const [divided, whole] = [true, false].map((both) => rows(listed.filter(({ km2 }) => (Math.min(...km2) >= LEAST_KM2) === both)));
  const folded = document.createElement("details");
  folded.append(element("summary", texts.undivided), table(`${caption}${texts.colon}${texts.undivided}`, sides, whole));
  return [...(divided.length + more.length ? [table(caption, sides, [...divided, ...more])] : []), ...(whole.length ? [folded] : [])];
}

/** What lies on both sides as tables and paragraphs.
 * @param {Sides} found @param {[string, string]} sides @param {Names} names @param {Record<string, string>} texts */
function partsOf(found, sides, names, texts) {
  const totals = table(texts.whole, sides, [[texts.territory, found.km2], [texts.places, found.places, 0], [texts.people, found.people, 0]]);
  const largest = found.largest.map((listed, side) => (listed.length ? element("p", filled(texts.largest, { side: sides[side], names: listed.join(texts.and) }), { class: "small" }) : ""));
  return [totals, ...largest, ...tables(texts.zones, sides, found.zones, names.zones, texts, [[texts.none, found.restKm2]]), ...tables(texts.oblasts, sides, found.oblasts, names.oblasts, texts)];
}

/** Show the figures of a drawing and of its buffer, where it has one; what was folded open stays so.
 * @param {Figures} figures
 * @param {BufferFigures | undefined} buffer
 * @param {"line" | "area"} kind
 * @param {Names} names
 * @param {Record<string, string>} texts */
export function showFigures(figures, buffer, kind, names, texts) {
  const sides = sidesOf(kind, texts);
  const length = [filled(texts.length, { n: numberText(figures.lengthKm, 1) })];
  if (figures.contactKm) {
    const [least, greatest] = figures.contactKm.map((km) => numberText(km, 1));
    length.push(filled(texts.contact, { least, greatest }));
  }
  const open = all("[data-figures] details").map((part) => /** @type {HTMLDetailsElement} */ (part).open);
  const near = buffer ? [element("h3", bufferName(buffer, texts)), ...partsOf(reached(buffer), sides, names, texts)] : [];
  const parts = [...partsOf(figures, sides, names, texts), ...near];
  parts.filter((part) => part instanceof HTMLDetailsElement).forEach((part, place) => { part.open = Boolean(open[place]); });
  one("[data-figures]").replaceChildren(element("p", length.join(texts.sentence)), ...(kind === "line" ? [element("p", texts.seen, { class: "small" })] : []), ...parts);
}

/** A buffer without the oblasts and zones that it does not reach.
 * @param {BufferFigures} buffer
 * @returns {Sides} */
function reached(buffer) {
  const some = (/** @type {{id: string, km2: Pair}[]} */ listed) => listed.filter(({ km2 }) => Math.max(...km2) >= LEAST_KM2);
  return { ...buffer, oblasts: some(buffer.oblasts), zones: some(buffer.zones) };
}

/** @param {BufferFigures} buffer @param {Record<string, string>} texts */
const bufferName = ({ km }, texts) => filled(texts.buffer_within, { n: km.toLocaleString(document.documentElement.lang) });

/** @param {"line" | "area"} kind @param {Record<string, string>} texts
 * @returns {[string, string]} */
export const sidesOf = (kind, texts) => (kind === "line" ? [texts.left, texts.right] : [texts.inside, texts.outside]);

/** Show the figures in a line, each side with its colour.
 * @param {Figures} figures @param {BufferFigures | undefined} buffer @param {"line" | "area"} kind @param {Record<string, string>} texts */
export function showSum({ km2, people }, buffer, kind, texts) {
  const words = (/** @type {string} */ side, /** @type {number} */ area, /** @type {number} */ living) => filled(texts.sum, { side, km2: numberText(area), people: roundText(living) });
  const parts = sidesOf(kind, texts).map((side, place) => element("span", words(side, km2[place], people[place]), { class: `side side-${place}` }));
  if (buffer) parts.push(element("span", words(bufferName(buffer, texts), buffer.km2[0] + buffer.km2[1], buffer.people[0] + buffer.people[1]), { class: "side side-buffer" }));
  one("[data-sum]").replaceChildren(...parts.flatMap((part) => [part, " "]).slice(0, -1));
}

/** A number of people in three digits, in words from a million on.
 * @param {number} value */
const roundText = (value) => Number(value.toPrecision(3)).toLocaleString(document.documentElement.lang, value < MILLION ? {} : { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 });
