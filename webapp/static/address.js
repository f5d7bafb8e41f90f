// @ts-check
/* The URL of the page holds its whole state: date, zone, clause, what is hidden, and the view. */

import { all, say } from "./page.js";

const WAIT_MS = 300; // browsers slow down a page that writes its URL all the time
const KEYS = ["zone", "clause", "off", "view", "place", "since"];
const VIEW_DECIMALS = 3; // of a degree: about 100 m
const ZOOM_DECIMALS = 2;
/** @type {URLSearchParams | undefined} */
let query;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** A query as it stands in a URL, with `?`; what is empty is left out, and so is `?` where nothing is left.
 * @param {URLSearchParams} values */
export function queryText(values) {
  const left = new URLSearchParams(values);
  for (const key of KEYS) if (!left.get(key)) left.delete(key);
  const text = left.toString();
  return text ? `?${text}` : "";
}

/** A view as a URL has it: zoom, latitude and longitude.
 * @param {number} zoom
 * @param {{lat: number, lng: number}} center */
export const viewText = (zoom, { lat, lng }) => [Number(zoom.toFixed(ZOOM_DECIMALS)), lat.toFixed(VIEW_DECIMALS), lng.toFixed(VIEW_DECIMALS)].join(",");

/** The view that a URL names, or none where it cannot be read.
 * @param {string | null} text
 * @returns {{zoom: number, center: [lat: number, lon: number]} | undefined} */
export function readView(text) {
  const parts = (text || "").split(",");
  const [zoom, lat, lon] = parts.map((part) => (part.trim() ? Number(part) : NaN));
  return [zoom, lat, lon].every(Number.isFinite) ? { zoom, center: [lat, lon] } : undefined;
}

/** The ids that a URL lists, of those that there are.
 * @param {string | null} text
 * @param {{has(id: string): boolean}} known */
export const readIds = (text, known) => (text || "").split(",").filter((id) => known.has(id));

/** The zone behind `#`, as in links that need no script.
 * @param {string} hash
 * @param {Iterable<string>} ids */
export const zoneOfHash = (hash, ids) => [...ids].find((id) => hash === `#zone-${id}`);

/** The code for other sites with the query of what is shown, whatever query it had.
 * @param {string} code
 * @param {string} text */
export function embedCode(code, text) {
  const shown = text.replaceAll("&", "&amp;");
  return code.replace(/src="([^"?]*)[^"]*"/, (_, address) => `src="${address}${shown}"`);
}

/** The query of this page with all changes, those too that are not in the URL yet. */
export function parameters() {
  query ??= new URLSearchParams(location.search);
  return query;
}

const current = () => queryText(parameters()) || location.pathname;

/** Set the links that lead to this view, in the panel and to other languages, and the code for other sites. */
export function link() {
  const text = queryText(parameters());
  for (const found of all("[data-panel] [data-view]")) /** @type {HTMLAnchorElement} */ (found).href = current();
  for (const found of all(".languages a")) {
    const anchor = /** @type {HTMLAnchorElement} */ (found);
    anchor.href = anchor.pathname + text;
  }
  const tools = all("[data-embeds]:checked").map((tick) => /** @type {HTMLInputElement} */ (tick).value).join();
  for (const found of all("[data-embed]")) {
    const field = /** @type {HTMLTextAreaElement} */ (found);
    field.value = embedCode(field.value, tools ? `${text}${text ? "&" : "?"}tools=${tools}` : text);
  }
}

function writeNow() {
  clearTimeout(timer);
  history.replaceState(history.state, "", current());
}

/** Write changes into the URL, a little later; what is empty is taken out.
 * @param {Record<string, string>} changes */
export function write(changes) {
  for (const [key, value] of Object.entries(changes)) parameters().set(key, value);
  link();
  clearTimeout(timer);
  timer = setTimeout(writeNow, WAIT_MS);
}

/** Copy the URL of this view, or what stands in a field; where that is not allowed the field is selected.
 * @param {HTMLTextAreaElement | null} field */
async function copy(field) {
  writeNow();
  field?.select();
  await navigator.clipboard.writeText(field ? field.value : location.href);
  say("copied");
}

/** Let the buttons that copy do so, and the code for other sites follow what is ticked for it. */
export function startCopying() {
  document.addEventListener("change", ({ target }) => {
    if (/** @type {Element} */ (target).matches("[data-embeds]")) link();
  });
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-copy-view], [data-copies]"));
    const field = document.getElementById(button?.dataset.copies ?? "");
    if (button) copy(/** @type {HTMLTextAreaElement | null} */ (field)).catch(() => {});
  });
}
