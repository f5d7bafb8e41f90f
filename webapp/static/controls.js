// @ts-check
/* The buttons over the map: zoom, the whole area, full screen. */

import { one } from "./page.js";
import { goHome } from "./view.js";

/** @typedef {Record<string, string>} Texts */

const SVG = "http://www.w3.org/2000/svg";
/** Lines on a grid of 18 by 18. */
const SIGNS = {
  whole: "M1 8.9 2.3 6.2V4.5L8.5 4.8 9.6 3.9 11.4 3.6 12.9 6.2 17 7.4 16.7 9.4 15.4 10.5 12.7 11.6 12.4 12.4 13.8 12.9 11.4 14.2 10.3 12.9 11 12 9.3 11.3 6.5 12.8 7.9 11.6 7.2 9.4 3.1 9.6z", // the country
  full: "M2 7V2h5M11 2h5v5M16 11v5h-5M7 16H2v-5",
  leave: "M7 2v5H2M16 7h-5V2M11 16v-5h5M2 11h5v5",
};

/** A button of a map.
 * @param {keyof typeof SIGNS} sign
 * @param {string} title
 * @param {() => void} act */
function button(sign, title, act) {
  const made = document.createElement("button");
  made.type = "button";
  const icon = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 18 18", width: "18", height: "18", "aria-hidden": "true" })) icon.setAttribute(name, value);
  icon.append(document.createElementNS(SVG, "path"));
  made.append(icon);
  made.addEventListener("click", act);
  show(made, sign, title);
  return made;
}

/** @param {HTMLButtonElement} made @param {keyof typeof SIGNS} sign @param {string} title */
function show(made, sign, title) {
  made.title = title;
  made.setAttribute("aria-label", title);
  made.querySelector("path")?.setAttribute("d", SIGNS[sign]);
}

/** What fills the screen: a part of the page, or where the browser cannot, the same part over the page.
 * @returns {{isFull: () => boolean, turn: () => void}} */
function filling() {
  const part = one("[data-full]");
  const isFull = () => part.classList.contains("full");
  /** @param {boolean} on */
  const set = (on) => {
    part.classList.toggle("full", on);
    part.dispatchEvent(new CustomEvent("full", { bubbles: true }));
  };
  document.addEventListener("fullscreenchange", () => set(document.fullscreenElement === part));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !isFull() || document.fullscreenElement) return;
    event.preventDefault();
    set(false);
  });
  const turn = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.fullscreenEnabled) part.requestFullscreen().catch(() => set(true));
    else set(!isFull());
  };
  return { isFull, turn };
}

/** The buttons of a map; whether it fills the screen can be asked of what is returned. A frame that may not
 * fill the screen has no button for it.
 * @param {import("leaflet").Map} map
 * @param {Texts} texts
 * @returns {() => boolean} */
export function addControls(map, texts) {
  const { isFull, turn } = filling();
  L.control.zoom({ zoomInTitle: texts.zoom_in, zoomOutTitle: texts.zoom_out }).addTo(map);
  const bar = new L.Control({ position: "topleft" });
  bar.onAdd = () => {
    const place = L.DomUtil.create("div", "leaflet-bar");
    L.DomEvent.disableClickPropagation(place);
    place.append(button("whole", texts.reset, goHome));
    if (!document.fullscreenEnabled && window.parent !== window) return place;
    const full = button("full", texts.full, turn);
    document.addEventListener("full", () => show(full, isFull() ? "leave" : "full", isFull() ? texts.leave_full : texts.full));
    place.append(full);
    return place;
  };
  bar.addTo(map);
  return isFull;
}
