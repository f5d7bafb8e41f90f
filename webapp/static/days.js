// @ts-check
/* The dates of control maps, of which there may be those of ten years. */

/** The dates in order, each with its words. @typedef {[date: string, words: string][]} Days */
/** The dates as a page has them: the first, the days from each to the next, and what a date of each month is called,
 * January first.
 * @typedef {{first: string, steps: number[], words: string[]}} Dates */

const FEW = 100; // dates that are listed whole
const DAY_MS = 86_400_000;
const MONTH = "2025-11".length;
const YEAR = "2025".length;

/** The dates that a page has, each with its words.
 * @param {Dates} dates
 * @returns {Days} */
export function daysIn({ first, steps, words }) {
  let at = Date.parse(first);
  return [0, ...steps].map((step) => {
    at += step * DAY_MS;
    const day = new Date(at).toISOString().slice(0, "2025-11-20".length);
    const [year, month, date] = day.split("-").map(Number);
    return [day, words[month - 1].replace("{day}", String(date)).replace("{year}", String(year))];
  });
}

/** The place of a date, -1 where there is no control map of it.
 * @param {Days} days
 * @param {string} day */
export const placeOf = (days, day) => days.findIndex(([date]) => date === day);

/** The date of the last control map on or before a date, none where all are later.
 * @param {Days} days
 * @param {string} asked */
export const mapOf = (days, asked) => days.findLast(([date]) => date <= asked)?.[0];

/** The date so many steps beside another, none beyond the ends.
 * @param {Days} days
 * @param {string} day
 * @param {number} by
 * @returns {string | undefined} */
export const dayBeside = (days, day, by) => days[placeOf(days, day) + by]?.[0];

/** The dates to choose from, newest first: of many, all in the year of a date, and the last of each month in others.
 * @param {Days} days
 * @param {string} kept */
export function listed(days, kept) {
  const isListed = (/** @type {string} */ day, /** @type {number} */ place) => days.length <= FEW || day.slice(0, YEAR) === kept.slice(0, YEAR)
    || day.slice(0, MONTH) !== days[place + 1]?.[0].slice(0, MONTH);
  return days.filter(([day], place) => isListed(day, place)).reverse();
}

/** @param {Days} days @param {string} kept */
export const optionsOf = (days, kept) => listed(days, kept).map(([date, words]) => new Option(words, date));

/** @param {HTMLSelectElement} select @param {HTMLOptionElement[]} options */
function listYear(select, options) {
  const own = select.querySelector("optgroup");
  const day = own?.querySelector("option")?.value ?? "";
  select.replaceChildren(...options.filter(({ value }) => value !== day));
  if (own) select.insertBefore(own, [...select.options].find(({ value }) => value < day) ?? null);
}

/** Choose a date in a list; where it is a control map's and not listed, its year is, and the proposal's own date stays.
 * @param {HTMLSelectElement} select
 * @param {Days} days
 * @param {string} day */
export function listDay(select, days, day) {
  const isThere = [...select.options].some(({ value }) => value === day);
  if (!isThere && placeOf(days, day) < 0) return;
  if (!isThere) listYear(select, optionsOf(days, day));
  select.value = day;
}
