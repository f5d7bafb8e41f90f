// @ts-check
/* The tools over the map. Their own script and data are fetched when the reader first uses one or the URL names one. */

import { parameters } from "./address.js";
import { pageData } from "./page.js";

/** What the tools' own script provides: searching, showing what the URL names, and switching a tool on or off.
 * @typedef {{search: () => void, restore: () => void, toggle: (name: string) => void}} Tools */

const KEYS = ["place", "since"]; // of the URL
/** @type {(tools: Tools) => void} */
let provide;
/** @type {Promise<Tools>} */
const provided = new Promise((resolve) => { provide = resolve; });
let requested = false;

/** Called by the tools' own script once it is there.
 * @param {Tools} tools */
export const provideTools = (tools) => provide(tools);

/** Fetch the tools' own script, once. */
function load() {
  if (!requested) {
    requested = true;
    const script = document.createElement("script");
    script.src = /** @type {{script: string}} */ (pageData().tools).script;
    script.addEventListener("error", () => { requested = false; });
    document.head.append(script);
  }
  return provided;
}

/** Listen for the first use of a tool, also of those that are not read yet. */
export function startTools() {
  document.addEventListener("focusin", ({ target }) => {
    if (/** @type {Element} */ (target).matches("[data-search]")) load().then(({ search }) => search());
  });
  document.addEventListener("click", ({ target }) => {
    const tool = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-tool]"))?.dataset.tool;
    if (tool) load().then(({ toggle }) => toggle(tool));
  });
}

/** Once the zones are drawn: show what the URL names. */
export function restoreTools() {
  if (pageData().tools && KEYS.some((key) => parameters().get(key))) load().then(({ restore }) => restore());
}
