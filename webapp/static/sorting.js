// Tables that a reader can sort by a column: the headings become buttons. Numbers go by value, words by the language.
// A heading sorts one way, then the other, then the table is as it came. Without scripts it stays as it came.

"use strict";

(() => {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const NEXT = {
    text: { "": "ascending", ascending: "descending", descending: "" },
    number: { "": "descending", descending: "ascending", ascending: "" },
  };

  const words = (row, at) => row.cells[at].firstChild.textContent.trim();
  const number = (row, at) => Number.parseFloat(row.cells[at].dataset.value);

  // Rows without a value stand last whichever way a column is sorted.
  function byNumber(at, sign) {
    return (one, other) => {
      const [first, second] = [number(one, at), number(other, at)];
      if (Number.isNaN(first) || Number.isNaN(second)) return Number.isNaN(first) - Number.isNaN(second);
      return sign * (first - second);
    };
  }

  const byWords = (at, sign) => (one, other) => sign * collator.compare(words(one, at), words(other, at));

  function makeSortable(table) {
    const body = table.tBodies[0];
    const asItCame = [...body.rows];
    const headings = [...table.tHead.rows[0].cells];

    function sort(heading) {
      const order = NEXT[heading.dataset.sorts][heading.getAttribute("aria-sort") || ""];
      headings.forEach(one => one.removeAttribute("aria-sort"));
      if (order) heading.setAttribute("aria-sort", order);
      const compare = heading.dataset.sorts === "number" ? byNumber : byWords;
      const sign = order === "descending" ? -1 : 1;
      body.append(...(order ? [...asItCame].sort(compare(headings.indexOf(heading), sign)) : asItCame));
    }

    headings.filter(heading => heading.dataset.sorts).forEach(heading => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(heading));
      heading.append(button);
    });
    table.tHead.rows[0].dataset.label = table.dataset.label;
    table.dataset.sorted = "";
  }

  document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
})();
