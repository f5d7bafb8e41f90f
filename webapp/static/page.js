// @ts-check
/* The page around the map: its data, what it fetches, and what it says. */

import { daysIn } from "./days.js";

/** @typedef {import("./state.js").PageData} PageData */

const YEAR = "2025".length; // of a date
const UNSEEN_MS = 200; // a page that nobody looks at paints nothing
const DATA = / id="page-data">(.*?)<\/script>/s;
/** @type {PageData | undefined} */
let data;
/** @type {import("./days.js").Days | undefined} */
let listedDays;
/** @type {Map<string, Promise<any>>} */
const fetches = new Map();

/** The element that a selector finds first. Throws where there is none.
 * @param {string} selector
 * @returns {HTMLElement} */
export function one(selector) {
  const found = /** @type {HTMLElement | null} */ (document.querySelector(selector));
  if (!found) throw new Error(`${selector}: not on this page`);
  return found;
}

/** All elements that a selector finds.
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement[]} */
export const all = (selector, within = document) => [...within.querySelectorAll(selector)].map((found) => /** @type {HTMLElement} */ (found));

/** The ids that an attribute lists.
 * @param {string | undefined} list */
export const idsOf = (list) => (list ?? "").split(" ").filter(Boolean);

/** The data of this page.
 * @returns {PageData} */
export function pageData() {
  data ??= /** @type {PageData} */ (JSON.parse(one("#page-data").textContent ?? ""));
  return data;
}

/** The data of a page that was fetched, which takes less time than to parse the page.
 * @param {string} page
 * @returns {PageData} */
export const dataIn = (page) => JSON.parse(DATA.exec(page)?.[1] ?? "{}");

/** The dates of the control maps, each with its words. */
export const days = () => (listedDays ??= daysIn(pageData().dates));

/** Scroll this page so that a part begins below what stays in view; a page around a frame is never scrolled.
 * @param {HTMLElement} part */
export function scrollTo(part) {
  const above = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  window.scrollTo({ top: window.scrollY + part.getBoundingClientRect().top - above });
}

/** Whether the end of the page has not been read yet. */
export const isLoading = () => document.readyState === "loading";

/** When the page has been read to its end.
 * @returns {Promise<void>} */
export const whole = () => new Promise((resolve) => {
  if (isLoading()) document.addEventListener("readystatechange", () => resolve(), { once: true });
  else resolve();
});

/** Let the browser do what waits. */
export const pause = () => {
  const { scheduler } = /** @type {{scheduler?: {yield?: () => Promise<void>}}} */ (/** @type {unknown} */ (window));
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
};

/** When the browser has painted what is new, or would have where nobody looks. */
export const painted = () => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, UNSEEN_MS);
});

/** What gives a file to the page, by the URL of the script that holds it. @type {Map<string, (content: any) => void>} */
const expected = new Map();

/** Called by a script that holds a file: a page that was opened from a disk may load scripts and fetch nothing.
 * @param {any} content */
export const provideFile = (content) => expected.get(/** @type {HTMLScriptElement} */ (document.currentScript).src)?.(content);

/** The script beside a file.
 * @param {string} url */
const scriptOf = (url) => url.replace(/(?=[?#]|$)/, ".js");

/** A file as its script provides it, like a response.
 * @param {string} url
 * @returns {Promise<Response>} */
const provided = (url) => new Promise((resolve, reject) => {
  const script = Object.assign(document.createElement("script"), { src: scriptOf(url) });
  const read = (/** @type {any} */ content) => resolve(/** @type {any} */ ({ ok: true, json: async () => content, text: async () => content }));
  expected.set(script.src, read);
  script.addEventListener("error", reject);
  script.addEventListener("load", () => script.remove());
  document.head.append(script);
});

/** @param {string} url */
const fetchFile = (url) => (location.protocol === "file:" ? provided(url) : fetch(url));

/** Fetch a URL once: what is read of its response is cached, a failure is not.
 * @template T
 * @param {string} name
 * @param {(response: Response) => Promise<T>} read
 * @returns {Promise<T>} */
export function once(name, read) {
  const url = new URL(name, location.href).href;
  const cached = fetches.get(url);
  if (cached) return cached;
  const fetched = fetchFile(url).then((response) => {
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return read(response);
  });
  fetches.set(url, fetched);
  fetched.catch(() => fetches.delete(url));
  return fetched;
}

/** @param {string} name */
const load = (name) => once(name, (response) => response.json());

/** The layer of zones of a date as it is drawn.
 * @param {string} day
 * @returns {Promise<{features: import("./state.js").ZoneFeature[]}>} */
export const zonesOf = (day) => {
  const { url, versions } = pageData().zones;
  return load(url.replace("{date}", day).replace("{version}", versions[day.slice(0, YEAR)]));
};

/** A layer by its name: `zones` are those of the date that the page came with.
 * @param {string} name */
export const layerOf = (name) => (name === "zones" ? zonesOf(pageData().day) : load(pageData().layers[name]));

/** A text with its placeholders filled in.
 * @param {string} text
 * @param {Record<string, string>} values */
export const filled = (text, values) => Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, () => value), text);

/** Say something to screen readers: a text of the page with its placeholders filled in.
 * @param {string} key
 * @param {Record<string, string>} [values] */
export function say(key, values = {}) {
  const region = document.querySelector("[data-said]");
  if (region) region.textContent = filled(pageData().texts[key], values);
}

/** Name what the pointer is on, in a place of its own: nothing covers the map under the hand.
 * @param {string} words */
export function point(words) {
  const place = one("[data-pointed]");
  place.hidden = !words;
  place.textContent = words;
}
