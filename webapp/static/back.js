// @ts-check
/* The browser's Back closes the panel of a zone, and Forward opens it again. */

import { all } from "./page.js";
import { closeZone, openZone, whenOpened } from "./panel.js";
import { state } from "./state.js";

/** What an entry of the history holds: the zone that was opened there, or no longer is.
 * @typedef {{zone: string} | null} Entry */

/** The entry that is shown. @type {Entry} */
let entry = null;

/** Note a zone that was opened in an entry of its own; one that was closed by other means leaves its entry to the next.
 * @param {string | undefined} id */
function note(id) {
  if (id === undefined ? state.opened || !entry?.zone : entry?.zone === id) return; // another takes its place at once
  if (entry) history.replaceState({ zone: id ?? "" }, "");
  else history.pushState({ zone: id }, "");
  entry = history.state;
}

function follow() {
  const left = entry;
  entry = history.state;
  const opener = entry?.zone ? all(`[data-zone-shape="${CSS.escape(entry.zone)}"]`)[0] : undefined;
  if (entry && opener) openZone(entry.zone, opener, true);
  else if (state.opened) closeZone();
  else if (left && !left.zone && !entry) history.back(); // nothing was open there: the reader wants to leave the page
}

/** Follow the panel from now on; a frame leaves the history to the page around it. */
export function startBack() {
  if (window.parent !== window) return;
  entry = history.state;
  whenOpened(note);
  window.addEventListener("popstate", follow);
}
