// @ts-check
/* The headline: the fullest one whose figures are of zones that are all shown. */

import { pageData } from "./page.js";

/** Headlines of a date, the fullest first, each with the zones of its figures; the last one has none.
 * @typedef {[words: string, zones: string[]][]} Headlines */

/** Those of the date that is shown. @type {Headlines | undefined} */
let headlines;

/** The first headline without a hidden zone.
 * @param {Headlines} listed
 * @param {Set<string>} hidden */
export const headlineWithout = (listed, hidden) => listed.find(([, zones]) => !zones.some((id) => hidden.has(id)))?.[0];

/** The headlines of another date.
 * @param {Headlines} listed */
export function setHeadlines(listed) {
  headlines = listed;
}

/** @param {Set<string>} hidden */
export function showHeadline(hidden) {
  headlines ??= pageData().headlines;
  const place = document.querySelector("[data-follows=headline]");
  const words = headlineWithout(headlines ?? [], hidden);
  if (place && words && words !== place.textContent) place.textContent = words;
}
