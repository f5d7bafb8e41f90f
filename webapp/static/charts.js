// @ts-check
/* Charts tell their figures: where somebody points at one, touches it or steps through it with arrow keys, a line shows
   the date, and words give its row of the table below. The code of a chart for other sites is copied by a button. */

/** The place that is nearest to another.
 * @param {number[]} places in order
 * @param {number} at */
export function nearest(places, at) {
  return places.reduce((best, place, index) => (Math.abs(place - at) < Math.abs(places[best] - at) ? index : best), 0);
}

/** The place that a key leads to, or none for other keys.
 * @param {string} key
 * @param {number} from
 * @param {number} last
 * @returns {number | undefined} */
export function keyed(key, from, last) {
  /** @type {Record<string, number>} */
  const to = { ArrowLeft: from - 1, ArrowDown: from - 1, ArrowRight: from + 1, ArrowUp: from + 1, Home: 0, End: last };
  return key in to ? Math.min(last, Math.max(0, to[key])) : undefined;
}

/** The figures of a date in words; without a zone there is no figure, without an interval no brackets.
 * @param {string} area
 * @param {string} interval
 * @param {string} words with a place for the area before its unit */
export function figures(area, interval, words) {
  const sized = /\d/.test(area) ? words.replace("{area}", area) : area;
  return /\d/.test(interval) ? `${sized} (${interval})` : sized;
}

/** The rows of a chart's table in words.
 * @param {HTMLElement} figure
 * @param {string} words
 * @returns {[date: string, figures: string][]} */
function rowsOf(figure, words) {
  return [...figure.querySelectorAll("tbody tr")].map((row) => {
    const [date, area, interval] = [...row.children].map((cell) => cell.textContent?.trim() ?? "");
    return [date, figures(area, interval, words)];
  });
}

/** @param {string} name @param {Record<string, string>} attributes */
function make(name, attributes) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** Let a chart tell its figures.
 * @param {HTMLElement} plot */
function enliven(plot) {
  const figure = /** @type {HTMLElement} */ (plot.closest("figure"));
  const rows = rowsOf(figure, plot.dataset.words ?? "{area}");
  const places = (plot.dataset.plot ?? "").split(" ").map(Number);
  const width = Number(plot.dataset.width);
  const last = rows.length - 1;
  const hair = make("span", { class: "hair", hidden: "" });
  const told = make("p", { class: "told", hidden: "", "aria-hidden": "true" });
  const handle = make("span", {
    class: "handle", role: "slider", tabindex: "0", "aria-labelledby": `name-${figure.id.replace(/^zone-/, "")}`,
    "aria-valuemin": "0", "aria-valuemax": String(last),
  });
  let shown = last;
  const set = () => {
    handle.setAttribute("aria-valuenow", String(shown));
    handle.setAttribute("aria-valuetext", rows[shown].join(", "));
  };
  /** @param {number} place */
  const show = (place) => {
    shown = place;
    set();
    hair.hidden = told.hidden = false;
    hair.style.left = `${places[place] / width * 100}%`;
    told.textContent = rows[place].join(": ");
  };
  const hide = () => { hair.hidden = told.hidden = true; };
  /** @param {PointerEvent} event */
  const point = ({ clientX }) => {
    const box = plot.getBoundingClientRect();
    show(nearest(places, (clientX - box.left) / box.width * width));
  };
  set();
  plot.append(hair, told, handle);
  plot.addEventListener("pointermove", point);
  plot.addEventListener("pointerdown", point);
  plot.addEventListener("pointerleave", ({ pointerType }) => { if (pointerType === "mouse") hide(); });
  handle.addEventListener("focus", () => { if (handle.matches(":focus-visible")) show(shown); });
  handle.addEventListener("blur", hide);
  handle.addEventListener("keydown", (event) => {
    const place = keyed(event.key, shown, last);
    if (place === undefined) return;
    event.preventDefault();
    show(place);
  });
}

/** Let a button copy the field that it names, and say so beside it; where nothing may be copied, the field is selected.
 * @param {HTMLButtonElement} button */
function letCopy(button) {
  const field = /** @type {HTMLTextAreaElement} */ (document.getElementById(button.dataset.copies ?? ""));
  button.hidden = false;
  button.addEventListener("click", () => {
    field.select();
    const said = /** @type {HTMLElement} */ (button.nextElementSibling);
    navigator.clipboard?.writeText(field.value).then(() => { said.textContent = button.dataset.done ?? ""; }).catch(() => {});
  });
}

if (typeof document !== "undefined") {
  for (const button of document.querySelectorAll("[data-copies]")) letCopy(/** @type {HTMLButtonElement} */ (button));
  for (const plot of document.querySelectorAll("[data-plot]")) enliven(/** @type {HTMLElement} */ (plot));
}
