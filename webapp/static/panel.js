// @ts-check
/* The panel of a zone: opened from the map by mouse or key, from the clauses and from the table. */

import { link, write } from "./address.js";
import { nextOf, clickedAt, startHits, zonesAt } from "./hits.js";
import { all, isLoading, one, pageData, point, scrollTo, whole } from "./page.js";
import { state, theMap } from "./state.js";
import { fitZone, goBack, shownView } from "./view.js";
import { mark } from "./zones.js";

/** @typedef {import("./state.js").Zone} Zone */
/** @typedef {import("./state.js").Opened} Opened */
/** A rectangle of the window in pixels.
 * @typedef {{left: number, top: number, right: number, bottom: number}} Rectangle */

const [EDGE_PX, ASIDE_PX] = [24, 40];
const SITE_ZOOM = 8; // what is a point is not enlarged beyond
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
  if (over.right < frame.left + ASIDE_PX) return [0, 0]; // it stands beside the map
  if (over.left > frame.left + ASIDE_PX) return [Math.max(0, frame.right - over.left), 0];
  return [0, Math.max(0, frame.bottom - over.top)];
}

/** @returns {[right: number, below: number]} */
function covered() {
  if (!isOver()) return [0, 0];
  return coveredBy(theMap().getContainer().getBoundingClientRect(), one("[data-panel]").getBoundingClientRect());
}

/** Show a zone as large as the panel leaves room; a view that the URL names stays as it is.
 * @param {Zone} zone
 * @param {Opened} opened
 * @param {L.FitBoundsOptions} [how] */
function bringIntoView({ bounds, feature }, opened, how) {
  const map = theMap();
  if (state.requestedView) return;
  const [right, below] = covered();
  const room = map.getSize().subtract([right, below]);
  const edge = Math.min(EDGE_PX, room.x / 8, room.y / 8);
  opened.from ||= shownView();
  fitZone(opened, bounds, {
    ...(feature.geometry.type === "Point" && { maxZoom: Math.max(map.getZoom(), SITE_ZOOM) }),
    paddingTopLeft: [edge, edge], paddingBottomRight: [edge + right, edge + below], ...how,
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
 * @param {Opened} opened
 * @param {L.FitBoundsOptions} [how] */
function settle(zone, opened, how) {
  const over = isOver();
  const map = one("#map");
  if (!inSight(map, over ? OVER_SHARE : BESIDE_SHARE)) scrollTo(map);
  for (const side of all(".side")) side.scrollTop = 0; // the panel stands above the clauses, which scroll by themselves
  bringIntoView(zone, opened, how);
}

/** Where the map got another size: what is open is still to be seen, unless the reader had gone on from there.
 * @param {boolean} atZone whether it was shown as it was opened */
export function settlePanel(atZone) {
  const { opened } = state;
  const zone = opened && state.zones.get(opened.id);
  if (zone && atZone) settle(zone, opened, { animate: false });
}

/** @param {string} id */
const articleOf = (id) => document.getElementById(`zone-${id}`);

/** A button that copies the address of the view. */
function copyButton() {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: pageData().texts.copy });
  button.dataset.copyView = "";
  return button;
}

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
  if (navigator.clipboard) copy.querySelector("[data-view]")?.after(" ", copyButton());
  one("[data-panel-body]").replaceChildren(copy);
  link();
  return heading;
}

/** Name in the panel what else lies under the point that was clicked.
 * @param {Opened} opened */
function nameOthers({ id, here }) {
  const others = here.filter((other) => other !== id && state.zones.has(other));
  if (!others.length) return;
  const line = document.createElement("p");
  line.className = "also-here";
  line.append(pageData().texts.also);
  for (const other of others) {
    const opens = Object.assign(document.createElement("button"), { type: "button", textContent: state.zones.get(other)?.words.name });
    opens.dataset.opens = other;
    line.append(" ", opens);
  }
  one("[data-panel-body] h3").after(line);
}

/** @param {string} id @param {boolean} open */
function report(id, open) {
  for (const shape of all(`[data-zone-shape="${id}"]`)) shape.setAttribute("aria-pressed", String(open));
  for (const listener of listeners) listener(open ? id : undefined);
}

/** Open the panel of a zone, if it is on the map.
 * @param {string} id
 * @param {HTMLElement | SVGElement} opener where the focus goes back to
 * @param {boolean} listed whether it was opened from a list, so that the map may have to move
 * @param {string[]} [here] the zones under the point that was clicked */
export function openZone(id, opener, listed, here = []) {
  const zone = state.zones.get(id);
  if (!zone) return;
  if (!articleOf(id) && isLoading()) { // the map is there before the rest of the page
    whole().then(() => openZone(id, opener, listed, here));
    return;
  }
  if (state.opened) report(state.opened.id, false);
  const panel = one("[data-panel]");
  const opened = { id, opener, listed, here, from: state.opened?.from };
  state.opened = opened;
  panel.hidden = false;
  document.documentElement.classList.add("with-panel");
  const heading = fill(id);
  nameOthers(opened);
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
  nameOthers(opened);
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

/** Open what a click on the map is meant for. A click by other means than a pointer is for the shape that it names.
 * @param {MouseEvent} event */
function openAt(event) {
  if (event.detail > 1) return; // the second half of a double click, which enlarges the map
  const named = event.detail === 0 && /** @type {SVGElement} */ (event.target).dataset.zoneShape;
  const here = named ? [named] : zonesAt(clickedAt(event));
  const id = nextOf(here, state.opened?.id);
  const shape = id && all(`[data-zone-shape="${CSS.escape(id)}"]`)[0];
  if (shape) openZone(id, shape, false, here);
}

/** @param {SVGElement} shape @param {Zone} zone */
function followFocus(shape, zone) {
  const { id } = zone;
  shape.addEventListener("focus", () => {
    if (!shape.matches(":focus-visible")) return;
    if (!theMap().getBounds().intersects(zone.bounds)) visit(zone.bounds);
    mark(id);
  });
  shape.addEventListener("blur", () => {
    mark(state.opened?.id);
    if (left?.center && state.opened?.id !== id) theMap().setView(left.center, left.zoom, { animate: false });
    left = undefined;
  });
}

/** Let a drawn zone be reached by Tab and opened by Enter or Space.
 * @param {import("leaflet").Path} path
 * @param {Zone} zone */
export function makeOpenable(path, zone) {
  const { id, words } = zone;
  const shape = /** @type {SVGElement} */ (path.getElement());
  const pressed = String(state.opened?.id === id);
  const attributes = { tabindex: "0", role: "button", "aria-label": words.label, "aria-pressed": pressed, "data-zone-shape": id };
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  path.on("remove", () => point(""));
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

/** Let the map and links open zones, and the panel close by its button and by Escape. */
export function startPanel() {
  startHits();
  theMap().on("click", ({ originalEvent }) => openAt(originalEvent));
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const opens = /** @type {HTMLElement | null} */ (target.closest("[data-opens]"));
    const id = opens?.dataset.opens;
    if (opens && id && state.zones.has(id)) {
      event.preventDefault();
      const here = opens.closest(".also-here") ? state.opened?.here : [];
      openZone(id, opens, true, here);
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
