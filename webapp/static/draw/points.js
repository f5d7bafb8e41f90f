// @ts-check
/* The list of the points of a drawing: one stop of the Tab key, with a window of options around the chosen point. */

import { filled, one } from "../page.js";

/** @typedef {import("../state.js").Position} Position */

const AROUND = 25; // options on either side of the chosen one: a thousand would make each key slow
const degrees = (/** @type {number} */ value) => value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: 4, maximumFractionDigits: 4 });

/** A position in words.
 * @param {Position} position @param {Record<string, string>} texts */
export const positionText = ([lon, lat], texts) => filled(texts.position, { lat: degrees(lat), lon: degrees(lon) });

/** Show the points, one of them chosen, perhaps being moved.
 * @param {Position[]} points
 * @param {number} chosen
 * @param {boolean} moving
 * @param {Record<string, string>} texts */
export function showPoints(points, chosen, moving, texts) {
  const list = one("[data-points]");
  const [first, last] = [Math.max(0, chosen - AROUND), Math.min(points.length, Math.max(chosen, 0) + AROUND + 1)];
  list.replaceChildren(...points.slice(first, last).map((point, place) => option(first + place, point, points.length, chosen, moving, texts)));
  if (points[chosen]) list.setAttribute("aria-activedescendant", `draw-point-${chosen}`);
  else list.removeAttribute("aria-activedescendant");
  const active = /** @type {HTMLElement | null} */ (list.querySelector('[aria-selected="true"]'));
  if (active) list.scrollTop = Math.max(0, active.offsetTop - list.offsetTop - list.clientHeight / 2);
}

/** @param {number} number @param {Position} point @param {number} all @param {number} chosen @param {boolean} moving @param {Record<string, string>} texts */
function option(number, point, all, chosen, moving, texts) {
  const element = document.createElement("li");
  element.id = `draw-point-${number}`;
  element.dataset.number = String(number);
  for (const [name, value] of Object.entries({
    role: "option", "aria-selected": String(number === chosen), "aria-setsize": String(all), "aria-posinset": String(number + 1),
  })) element.setAttribute(name, value);
  element.classList.toggle("moving", moving && number === chosen);
  element.textContent = `${number + 1}. ${positionText(point, texts)}`;
  return element;
}
