// @ts-check
/* What of the map is seen: the first view, the one that the URL names, and both again where the map gets another size. */

import { parameters, readView, viewText, write } from "./address.js";
import { all } from "./page.js";
import { state, theMap } from "./state.js";

/** @typedef {import("leaflet").LatLngBoundsExpression} Bounds */
/** @typedef {import("leaflet").FitBoundsOptions} FitOptions */
/** Leaflet's own marks on a map: its glide back into the frame is held back while the view is set anew.
 * @typedef {{_enforcingBounds: boolean}} Inner */

const SAME_PX = 2; // so far from its middle a view still is the same
const MIDDLE_PX = 24; // of the map's middle, which no tool lies over on wide ones
let gliding = false;

/** Whether the reader wants nothing to move. */
export const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Show bounds, in one glide where the reader has nothing against it.
 * @param {Bounds} bounds
 * @param {FitOptions} [options] */
export const fitBounds = (bounds, options) => theMap().fitBounds(bounds, { animate: !isStill(), ...options });

/** What the first view leaves free: more at the top where a tool lies over the middle of the map, as on all but wide ones.
 * @param {FitOptions} options
 * @returns {{paddingTopLeft: [number, number], paddingBottomRight: [number, number]}} */
function padded({ padding }) {
  const [across, down] = /** @type {[number, number]} */ (padding ?? [0, 0]);
  const frame = theMap().getContainer().getBoundingClientRect();
  const tools = all(".tools > *").map((tool) => tool.getBoundingClientRect())
    .filter(({ left, right }) => left - MIDDLE_PX < frame.left + frame.width / 2 && right + MIDDLE_PX > frame.left + frame.width / 2);
  const top = Math.max(down, ...tools.map(({ bottom }) => bottom - frame.top + SAME_PX));
  return { paddingTopLeft: [across, top], paddingBottomRight: [across, down] };
}

/** Show the first view.
 * @param {FitOptions} [options] */
export function goHome(options) {
  if (state.home) fitBounds(state.home.bounds, { ...padded(state.home.options), ...options });
}

/** Show a zone that is open, in a view that needs no place in the URL.
 * @param {import("./state.js").Opened} opened
 * @param {Bounds} bounds
 * @param {FitOptions} options */
export function fitZone(opened, bounds, options) {
  const map = theMap();
  map.once("moveend", () => {
    opened.shown = { center: map.getCenter(), zoom: map.getZoom() };
    if (isAtZone()) write({ view: "" });
  });
  fitBounds(bounds, options);
}

/** @param {import("./state.js").Shown} view */
function isShown({ center, zoom }) {
  const map = theMap();
  return zoom === map.getZoom() && map.project(center).distanceTo(map.project(map.getCenter())) < SAME_PX;
}

/** Whether the first view is shown. */
export function isAtHome() {
  const { refitting, view } = state.home ?? {};
  return refitting || !view || isShown(view);
}

/** Whether the zone that is open is shown as it was when it was opened. */
export const isAtZone = () => state.opened?.shown !== undefined && isShown(state.opened.shown);

/** Wait until no zoom is on its way: Leaflet ends one where it was to end, whatever was set meanwhile.
 * @param {() => void} then */
export function afterGlide(then) {
  if (gliding) theMap().once("zoomend", then);
  else then();
}

/** Go back to a view.
 * @param {import("./state.js").View} view */
export function goBack({ center, zoom }) {
  afterGlide(() => {
    if (center) theMap().setView(center, zoom, { animate: false });
    else goHome({ animate: false });
  });
}

/** The view that is shown, to go back to; the first one whatever room it will have.
 * @returns {import("./state.js").View} */
export const shownView = () => (isAtHome() ? {} : { center: theMap().getCenter(), zoom: theMap().getZoom() });

/** The first view in the room that there is; Leaflet may have moved it to stay inside of the frame.
 * @param {import("leaflet").Map} map
 * @param {import("./state.js").Home} home */
function refit(map, home) {
  home.refitting = true;
  goHome({ animate: false });
  Object.assign(home, { refitting: false, view: { center: map.getCenter(), zoom: map.getZoom() } });
}

/** Show the view that the URL names, whatever room the map will have, until the reader does something.
 * @param {() => void} show */
function keepRequested(show) {
  state.requestedView = show;
  const forget = () => { state.requestedView = undefined; };
  for (const act of ["pointerdown", "wheel", "keydown"]) document.addEventListener(act, forget, { once: true, passive: true, capture: true });
  show();
}

/** Take the view from the URL, and write it down from then on where it is not the first one.
 * @param {import("leaflet").Map} map */
function followUrl(map) {
  const named = readView(parameters().get("view"));
  const bounds = map.options.maxBounds && L.latLngBounds(/** @type {any} */ (map.options.maxBounds));
  if (named && bounds?.contains(named.center)) keepRequested(() => map.setView(named.center, named.zoom, { animate: false }));
  map.on("moveend", () => write({ view: isAtHome() || isAtZone() ? "" : viewText(map.getZoom(), map.getCenter()) }));
}

/** On paper the map has a size of its own, for which it is fitted before the page is printed.
 * @param {() => void} fit */
function fitPaper(fit) {
  for (const [event, on] of /** @type {[string, boolean][]} */ ([["beforeprint", true], ["afterprint", false]])) {
    window.addEventListener(event, () => {
      document.documentElement.classList.toggle("printing", on);
      fit();
    });
  }
}

/** Never show what lies outside of the map's bounds, but where the first view needs more.
 * @param {import("leaflet").Map} map
 * @param {import("./state.js").Home} home */
function stayInside(map, { bounds, options }) {
  const whole = /** @type {import("leaflet").LatLngBounds} */ (L.latLngBounds(/** @type {any} */ (bounds)));
  const fill = () => {
    const { paddingTopLeft, paddingBottomRight } = padded(options);
    const padding = /** @type {L.Point} */ (L.point(paddingTopLeft)).add(paddingBottomRight);
    map.options.minZoom = 0; // else Leaflet takes the one of the former size for the least
    const least = Math.min(map.getBoundsZoom(/** @type {any} */ (map.options.maxBounds), true), map.getBoundsZoom(whole, false, padding));
    if (map.getZoom() < least) map.setView(map.getCenter(), least, { animate: false }); // a glide would end what follows
    map.setMinZoom(least);
  };
  map.on("resize", fill);
  fill();
}

/** Show the first view: that of the URL, else the one that the whole proposal needs, also when there is less room.
 * @param {import("leaflet").Map} map
 * @param {Bounds} bounds
 * @param {FitOptions} options
 * @param {(atZone: boolean) => void} refitted called where the map got another size */
export function startView(map, bounds, options, refitted) {
  const home = { bounds, options, refitting: false };
  state.home = home;
  let stayed = true;
  stayInside(map, home);
  refit(map, home);
  map.on("moveend", () => { stayed = isAtHome(); });
  followUrl(map);
  const fit = () => {
    const { clientWidth, clientHeight } = map.getContainer();
    if (map.getSize().equals([clientWidth, clientHeight])) return; // as at the first call
    const stays = stayed;
    const atZone = isAtZone() || (state.opened !== undefined && !state.opened.shown); // or on the way there
    const inner = /** @type {Inner} */ (/** @type {unknown} */ (map));
    inner._enforcingBounds = true; // Leaflet's glide back into the frame would go on after the refit
    map.invalidateSize({ animate: false });
    const [center, zoom] = [map.getCenter(), map.getZoom()];
    refit(map, home);
    inner._enforcingBounds = false;
    if (state.requestedView) state.requestedView();
    else if (!stays) map.setView(center, zoom, { animate: false });
    refitted(atZone);
  };
  map.on("zoomanim", () => { gliding = true; });
  map.on("zoomend", () => { gliding = false; });
  fitPaper(fit);
  new ResizeObserver(() => afterGlide(fit)).observe(map.getContainer());
}
