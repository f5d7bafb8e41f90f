// @ts-check
/* The page of the data: where the operator named no URL of the service, the one that is open stands before its paths. */

/** Lines to copy with whole URLs.
 * @param {string} code
 * @param {string} base the URL that paths are resolved against */
export const wholePaths = (code, base) => code.replace(/(?<="|\/vsicurl\/)(?:\.\.?)?\/(?!vsicurl\/)[^"]+/g, (path) => new URL(path, base).href);

function start() {
  for (const code of document.querySelectorAll("[data-code]")) {
    code.textContent = wholePaths(code.textContent ?? "", location.href);
  }
}

if (typeof document !== "undefined") start();
