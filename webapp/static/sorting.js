// @ts-check
/* Tables that a reader can sort by a column: the headings become buttons. Numbers go by value, words by the language.
   A heading sorts one way, then the other, then the table is as it came. Without scripts it stays as it came. */

/** @typedef {"" | "ascending" | "descending"} Order */
/** @typedef {(one: HTMLTableRowElement, other: HTMLTableRowElement) => number} Compare */

/** What follows an order when a heading is pressed: numbers begin with the largest.
 * @type {Record<string, Record<string, Order>>} */
export const NEXT = {
  text: { "": "ascending", ascending: "descending", descending: "" },
  number: { "": "descending", descending: "ascending", ascending: "" },
};

/** Compare two numbers; those that are none stand last whichever way a column is sorted.
 * @param {number} first
 * @param {number} second
 * @param {number} sign 1 from the smallest, -1 from the largest */
export function compareNumbers(first, second, sign) {
  if (Number.isNaN(first) || Number.isNaN(second)) return Number(Number.isNaN(first)) - Number(Number.isNaN(second));
  return sign * (first - second);
}

/** Compare words as a language sorts them, numbers in them by value.
 * @param {string} lang
 * @param {number} sign
 * @returns {(first: string, second: string) => number} */
export function wordsComparer(lang, sign) {
  const collator = new Intl.Collator(lang, { numeric: true });
  return (first, second) => sign * collator.compare(first, second);
}

/** @param {HTMLTableRowElement} row @param {number} at */
const wordsIn = (row, at) => row.cells[at].firstChild?.textContent?.trim() ?? "";
/** @param {HTMLTableRowElement} row @param {number} at */
const numberIn = (row, at) => Number.parseFloat(row.cells[at].dataset.value ?? "");

/** How the rows of a column compare.
 * @param {string | undefined} sorts
 * @param {number} at
 * @param {number} sign
 * @returns {Compare} */
function comparer(sorts, at, sign) {
  if (sorts === "number") return (one, other) => compareNumbers(numberIn(one, at), numberIn(other, at), sign);
  const compare = wordsComparer(document.documentElement.lang, sign);
  return (one, other) => compare(wordsIn(one, at), wordsIn(other, at));
}

/** @param {HTMLTableElement} table */
function makeSortable(table) {
  const [body] = table.tBodies;
  const head = /** @type {HTMLTableSectionElement} */ (table.tHead);
  const asItCame = [...body.rows];
  const headings = [...head.rows[0].cells];

  /** @param {HTMLTableCellElement} heading */
  function sort(heading) {
    const order = NEXT[heading.dataset.sorts ?? ""][heading.getAttribute("aria-sort") || ""];
    headings.forEach((other) => other.removeAttribute("aria-sort"));
    if (order) heading.setAttribute("aria-sort", order);
    const compare = comparer(heading.dataset.sorts, headings.indexOf(heading), order === "descending" ? -1 : 1);
    body.append(...(order ? [...asItCame].sort(compare) : asItCame));
  }

  headings.filter((heading) => heading.dataset.sorts).forEach((heading) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(heading));
    heading.append(button);
  });
  head.rows[0].dataset.label = table.dataset.label;
  table.dataset.sorted = "";
}

if (typeof document !== "undefined") {
  for (const table of document.querySelectorAll("table[data-sortable]")) makeSortable(/** @type {HTMLTableElement} */ (table));
}
