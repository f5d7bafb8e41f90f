// @ts-check
/* The page of the data: where the operator named no URL of the service, the one that is open stands before its paths. */

/** Lines to copy with whole URLs.
 * @param {string} code
 * @param {string} origin */
export const wholePaths = (code, origin) =>
  code.replaceAll('"/layers/', `"${origin}/layers/`).replaceAll("/vsicurl//", `/vsicurl/${origin}/`);

function start() {
  for (const code of document.querySelectorAll("[data-code]")) {
    code.textContent = wholePaths(code.textContent ?? "", location.origin);
  }
}

if (typeof document !== "undefined") start();
