// @ts-check
/* The headline: the fullest one whose figures are of zones that are all shown. */

import { pageData } from "./page.js";

/** Headlines of a date, the fullest first, each with the zones of its figures and a short form; the last has no zones.
 * @typedef {[words: string, zones: string[], short: string][]} Headlines */

/** Those of the date that is shown. @type {Headlines | undefined} */
let headlines;

/** The first headline without a hidden zone.
 * @param {Headlines} listed
 * @param {Set<string>} hidden */
export const headlineWithout = (listed, hidden) => listed.find(([, zones]) => !zones.some((id) => hidden.has(id)));

/** The headlines of another date.
 * @param {Headlines} listed */
export function setHeadlines(listed) {
  headlines = listed;
}

/** @param {Set<string>} hidden */
export function showHeadline(hidden) {
  headlines ??= pageData().headlines;
  const found = headlineWithout(headlines ?? [], hidden);
  if (!found) return;
  const [words, , short] = found;
  for (const [name, text] of [["headline", words], ["headline-short", short]]) {
    const place = document.querySelector(`[data-follows=${name}]`);
    if (place && text !== place.textContent) place.textContent = text;
  }
}
