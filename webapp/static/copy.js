/* In a copy without a server: leads to the page of the date that the URL names, and from the first page to the reader's
   language. It runs before anything is drawn. */
(() => {
  "use strict";

  const { dated, asked = "", dates = "", languages } = document.documentElement.dataset;

  /** @param {string} page */
  const lead = (page) => location.replace(page + location.search + location.hash);

  /** The language of a page that the reader likes best.
   * @param {Record<string, string>} pages */
  function liked(pages) {
    const find = (/** @type {string} */ tag) => Object.keys(pages).find((known) => known.split("-")[0] === tag.split("-")[0]);
    return pages[navigator.languages.map(find).find(Boolean) ?? Object.keys(pages)[0]];
  }

  if (languages) lead(liked(JSON.parse(languages)));
  const wanted = new URLSearchParams(location.search).get("as_of");
  const found = wanted && dates.split(" ").filter((date) => date <= wanted).pop();
  if (dated && found && wanted !== asked && found !== asked) lead(dated.replace("{date}", found));
})();
