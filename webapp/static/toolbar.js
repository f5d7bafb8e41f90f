// @ts-check
/* What the tools share: their texts, cards, figures in words, and what Escape ends. */

import { filled, one, pageData } from "./page.js";
import { theMap } from "./state.js";

/** What the tools read of the page; URLs have a blank for each date.
 * @typedef {{script: string, places: string, states: string, changes: string,
 *   styles: Record<string, import("leaflet").PathOptions>, texts: Record<string, string>, found: Record<string, string>}} ToolsData */

const [EDGE_PX, TOP_PX] = [24, 60]; // of the map, free of what is fitted into it; the tools are at the top

/** @returns {ToolsData} */
export const toolsData = () => /** @type {any} */ (pageData().tools);

export const pageLanguage = document.documentElement.lang;

/** A text of the tools with its blanks filled in.
 * @param {string} key
 * @param {Record<string, string>} [values] */
export const words = (key, values = {}) => filled(toolsData().texts[key], values);

/** A number as the page's language writes it.
 * @param {number} value
 * @param {number} [decimals] */
export const number = (value, decimals = 0) => value.toLocaleString(pageLanguage, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** @param {string} name */
const card = (name) => one(`[data-card="${name}"]`);
/** @param {string} name */
const button = (name) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-tool="${name}"]`));

/** Whether the page has a tool: embeds have those that their URL names.
 * @param {string} name */
export const hasTool = (name) => document.querySelector(`[data-card="${name}"]`) !== null;

/** @param {string} name */
export const isOpen = (name) => !card(name).hidden;

/** Show or hide a tool's card.
 * @param {string} name
 * @param {boolean} open */
export function setOpen(name, open) {
  card(name).hidden = !open;
  button(name)?.setAttribute("aria-expanded", String(open));
}

/** How to fit what a card must not cover into the map: above or beside the card, where there is more room.
 * @param {string} name
 * @returns {import("leaflet").FitBoundsOptions} */
export function beside(name) {
  const frame = theMap().getContainer().getBoundingClientRect();
  const over = card(name).getBoundingClientRect();
  const [above, right] = [frame.width * (over.top - frame.top), frame.height * (frame.right - over.right)];
  if (above > right) return { paddingTopLeft: [EDGE_PX, TOP_PX], paddingBottomRight: [EDGE_PX, frame.bottom - over.top + EDGE_PX] };
  return { paddingTopLeft: [over.right - frame.left + EDGE_PX, TOP_PX], paddingBottomRight: [EDGE_PX, EDGE_PX] };
}

/** Call back when the reader closes a card, by its button or, from inside of it or while the tool is on, by Escape. The
 * focus goes back to the tool.
 * @param {string} name
 * @param {() => void} end
 * @param {string} [focus] a selector of what has the focus then */
export function whenClosed(name, end, focus = `[data-tool="${name}"]`) {
  const close = () => {
    end();
    one(focus).focus({ preventScroll: true });
  };
  one(`[data-tool-close="${name}"]`).addEventListener("click", close);
  card(name).addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation(); // one thing at a time: a zone that is open stays so
    close();
  });
}
