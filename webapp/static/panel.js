// @ts-check
/* The panel of a zone: opened from the map by mouse or key, from the clauses and from the table. */

import { link, write } from "./address.js";
import { all, isLoading, one, point, scrollTo, whole } from "./page.js";
import { state, theMap } from "./state.js";
import { fitBounds, goBack, shownView } from "./view.js";
import { mark } from "./zones.js";

/** @typedef {import("./state.js").Zone} Zone */
/** @typedef {import("./state.js").Opened} Opened */
/** A rectangle of the window in pixels.
 * @typedef {{left: number, top: number, right: number, bottom: number}} Rectangle */

const [SMALL_PX, EDGE_PX, ASIDE_PX] = [40, 40, 40];
const ZONE_ZOOM = 8; // a zone that is shown is not enlarged beyond
const [OVER_SHARE, BESIDE_SHARE] = [0.12, 0.4]; // so far down in the window what is opened may begin
/** The view that a zone with the focus took the place of. @type {import("./state.js").View | undefined} */
let left;
/** @type {((id: string | undefined) => void)[]} */
const listeners = [];

/** Call back with the id of the zone that was opened, and with none when it is closed.
 * @param {(id: string | undefined) => void} listener */
export const whenOpened = (listener) => listeners.push(listener);

/** Whether the panel lies over the page, as on phones and in frames. */
const isOver = () => ["fixed", "absolute"].includes(getComputedStyle(one("[data-panel]")).position);

/** How much of the map what lies over it covers from the right and from below, in pixels.
 * @param {Rectangle} frame
 * @param {Rectangle} over
 * @returns {[right: number, below: number]} */
export function coveredBy(frame, over) {
  if (over.left > frame.left + ASIDE_PX) return [Math.max(0, frame.right - over.left), 0];
  return [0, Math.max(0, frame.bottom - over.top)];
}

/** @returns {[right: number, below: number]} */
function covered() {
  if (!isOver()) return [0, 0];
  return coveredBy(theMap().getContainer().getBoundingClientRect(), one("[data-panel]").getBoundingClientRect());
}

/** Show a zone where it can be seen; a view that the URL names stays as it is.
 * @param {Zone} zone
 * @param {Opened} opened */
function bringIntoView({ bounds }, opened) {
  const map = theMap();
  if (state.requestedView) return;
  const [right, below] = covered();
  const a = map.latLngToContainerPoint(bounds.getNorthWest());
  const b = map.latLngToContainerPoint(bounds.getSouthEast());
  const small = Math.max(b.x - a.x, b.y - a.y) < SMALL_PX;
  const seen = L.bounds([0, 0], map.getSize().subtract([right, below]));
  const isSeen = right || below ? seen.contains(L.bounds(a, b)) : seen.contains(a.add(b).divideBy(2));
  if (!small && isSeen) return;
  const edge = Math.min(EDGE_PX, seen.getSize().x / 8, seen.getSize().y / 8);
  if (right || below) opened.from ||= shownView();
  fitBounds(bounds, {
    maxZoom: Math.max(map.getZoom(), ZONE_ZOOM), paddingTopLeft: [edge, edge], paddingBottomRight: [edge + right, edge + below],
  });
}

/** Whether the beginning of a part of the page is well to be seen: at most so far down, as a share of the window.
 * @param {HTMLElement} part
 * @param {number} most */
function inSight(part, most) {
  const { top } = part.getBoundingClientRect();
  return top >= 0 && top < window.innerHeight * most;
}

/** Show a zone that is open: the map, the panel beside it or, where this lies over the page, what it leaves of the map.
 * @param {Zone} zone
 * @param {Opened} opened */
function settle(zone, opened) {
  const over = isOver();
  const map = one("#map");
  if (!inSight(map, over ? OVER_SHARE : BESIDE_SHARE)) scrollTo(map);
  for (const side of all(".side")) side.scrollTop = 0; // the panel stands above the clauses, which scroll by themselves
  if (opened.listed || over) bringIntoView(zone, opened);
}

/** Where the map got another size: what is open is still to be seen. */
export function settlePanel() {
  const { opened } = state;
  const zone = opened && state.zones.get(opened.id);
  if (zone && isOver()) settle(zone, opened);
}

/** @param {string} id */
const articleOf = (id) => document.getElementById(`zone-${id}`);

/** Copy the words of a zone into the panel; their ids stay with the original.
 * @param {string} id
 * @returns {HTMLElement} the heading */
function fill(id) {
  const article = articleOf(id);
  if (!article) throw new Error(`${id}: the page has no words of it`);
  const copy = /** @type {HTMLElement} */ (article.cloneNode(true));
  copy.removeAttribute("id");
  const heading = /** @type {HTMLElement} */ (copy.querySelector("h3"));
  heading.setAttribute("aria-level", "2");
  /** @type {HTMLElement} */ (copy.querySelector("[data-copy-view]")).hidden = !navigator.clipboard;
  one("[data-panel-body]").replaceChildren(copy);
  link();
  return heading;
}

/** @param {string} id @param {boolean} open */
function report(id, open) {
  for (const shape of all(`[data-zone-shape="${id}"]`)) shape.setAttribute("aria-pressed", String(open));
  for (const listener of listeners) listener(open ? id : undefined);
}

/** Open the panel of a zone, if it is on the map.
 * @param {string} id
 * @param {HTMLElement | SVGElement} opener where the focus goes back to
 * @param {boolean} listed whether it was opened from a list, so that the map may have to move */
export function openZone(id, opener, listed) {
  const zone = state.zones.get(id);
  if (!zone) return;
  if (!articleOf(id) && isLoading()) { // the map is there before the rest of the page
    whole().then(() => openZone(id, opener, listed));
    return;
  }
  if (state.opened) report(state.opened.id, false);
  const panel = one("[data-panel]");
  const opened = { id, opener, listed, from: state.opened?.from };
  state.opened = opened;
  panel.hidden = false;
  document.documentElement.classList.add("with-panel");
  const heading = fill(id);
  panel.scrollTop = 0;
  settle(zone, opened);
  mark(id);
  report(id, true);
  heading.focus({ preventScroll: true });
  write({ zone: id });
}

/** Close the panel; the view and the focus go back to where they were.
 * @param {{focus?: boolean}} [how] */
export function closeZone({ focus = true } = {}) {
  if (!state.opened) return;
  const { id, opener, from } = state.opened;
  state.opened = undefined;
  if (from) goBack(from);
  one("[data-panel]").hidden = true;
  document.documentElement.classList.remove("with-panel");
  mark();
  report(id, false);
  write({ zone: "" });
  if (!focus) return;
  const back = opener.isConnected ? opener : all(`[data-zone-shape="${opener.dataset.zoneShape}"], [data-opens="${id}"]`)[0];
  (back || one("[data-dates] select")).focus({ preventScroll: true });
}

/** After another date: the same zone's words of that date. False where it has no such zone: then the panel closes. */
export function refillPanel() {
  const { opened } = state;
  if (!opened) return true;
  const inside = one("[data-panel]").contains(document.activeElement);
  if (!state.zones.has(opened.id)) {
    closeZone({ focus: inside });
    return false;
  }
  const focused = inside && document.activeElement?.tagName === "H3";
  const heading = fill(opened.id);
  if (focused) heading.focus({ preventScroll: true });
  mark(opened.id);
  report(opened.id, true);
  return true;
}

/** Show a zone that lies outside of the view while it has the focus.
 * @param {import("leaflet").LatLngBounds} bounds */
function visit(bounds) {
  const map = theMap();
  left = { center: map.getCenter(), zoom: map.getZoom() };
  map.panTo(bounds.getCenter(), { animate: false });
}

/** The shape that a click is meant for: the topmost there, or what lies under the one that is open already.
 * @param {MouseEvent} event
 * @returns {SVGElement | undefined} */
function meant({ clientX, clientY }) {
  const shapes = document.elementsFromPoint(clientX, clientY).map((found) => /** @type {SVGElement} */ (found))
    .filter((found) => found.dataset.zoneShape);
  const place = shapes.findIndex((found) => found.dataset.zoneShape === state.opened?.id);
  return shapes[(place + 1) % shapes.length];
}

/** @param {SVGElement} shape @param {Zone} zone */
function followFocus(shape, { id, bounds }) {
  shape.addEventListener("focus", () => {
    if (!shape.matches(":focus-visible")) return;
    if (!theMap().getBounds().intersects(bounds)) visit(bounds);
    mark(id);
  });
  shape.addEventListener("blur", () => {
    mark(state.opened?.id);
    if (left?.center && state.opened?.id !== id) theMap().setView(left.center, left.zoom, { animate: false });
    left = undefined;
  });
}

/** Let a drawn zone be reached by Tab and opened by mouse, Enter or Space.
 * @param {import("leaflet").Path} path
 * @param {Zone} zone */
export function makeOpenable(path, zone) {
  const { id, words } = zone;
  const shape = /** @type {SVGElement} */ (path.getElement());
  const pressed = String(state.opened?.id === id);
  const attributes = { tabindex: "0", role: "button", "aria-label": words.label, "aria-pressed": pressed, "data-zone-shape": id };
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  path.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    if (event.originalEvent.detail > 1) return; // the second half of a double click, which enlarges the map
    const chosen = meant(event.originalEvent) || shape;
    openZone(chosen.dataset.zoneShape ?? id, chosen, false);
  });
  path.on("mouseover", () => point(words.label));
  path.on("mouseout remove", () => point(""));
  shape.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    openZone(id, shape, false);
  });
  followFocus(shape, zone);
}

/** A view that the reader chose is not left when the panel closes.
 * @param {Event} event */
function keepView({ target }) {
  if (state.opened && /** @type {Element} */ (target).closest?.(".folium-map")) state.opened.from = undefined;
}

/** Let links open zones, and the panel close by its button and by Escape. */
export function startPanel() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const opens = /** @type {HTMLElement | null} */ (target.closest("[data-opens]"));
    const id = opens?.dataset.opens;
    if (opens && id && state.zones.has(id)) {
      event.preventDefault();
      openZone(id, opens, true);
    }
    if (target.closest("[data-close]")) closeZone();
  });
  document.addEventListener("wheel", keepView, { passive: true });
  document.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest(".leaflet-control")) keepView(event);
  }, true);
  document.addEventListener("pointermove", (event) => {
    if (event.buttons) keepView(event);
  }, { passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !state.opened) return;
    event.preventDefault(); // one thing at a time: what is lit stays so
    closeZone();
  });
}
