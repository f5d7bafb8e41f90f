/* The panel of a zone: opened from the map by mouse or key, from the clauses and from the table. */
(function (clausemap) {
  "use strict";

  const [SMALL_PX, EDGE_PX] = [40, 40];
  let opened; // {id, opener, listed, from}; the last is the view to go back to, unless the reader chose another
  let left; // the view that a zone with the focus took the place of

  const find = (selector) => document.querySelector(selector);

  /** Whether the panel lies over the page, as on phones and in frames. */
  const isOver = (panel) => ["fixed", "absolute"].includes(getComputedStyle(panel).position);

  /** How much of the map the panel covers from below, and from the right. */
  function covered(map) {
    const panel = find("[data-panel]");
    if (!isOver(panel)) return [0, 0];
    const [frame, over] = [map.getContainer(), panel].map((one) => one.getBoundingClientRect());
    if (over.left > frame.left + 40) return [Math.max(0, frame.right - over.left), 0];
    return [0, Math.max(0, frame.bottom - over.top)];
  }

  /** Show a zone where it can be seen; a view that the address asks for stays as it is. */
  function bringIntoView({ map, bounds }) {
    if (map.asked) return;
    const [right, below] = covered(map);
    const [a, b] = [map.latLngToContainerPoint(bounds.getNorthWest()), map.latLngToContainerPoint(bounds.getSouthEast())];
    const small = Math.max(b.x - a.x, b.y - a.y) < SMALL_PX;
    const seen = L.bounds([0, 0], map.getSize().subtract([right, below]));
    if (!small && seen.contains(right || below ? L.bounds(a, b) : a.add(b).divideBy(2))) return;
    const edge = Math.min(EDGE_PX, seen.getSize().x / 8, seen.getSize().y / 8);
    if (right || below) opened.from ||= map.atHome() ? {} : { center: map.getCenter(), zoom: map.getZoom() };
    const view = { paddingTopLeft: [edge, edge], paddingBottomRight: [edge + right, edge + below] };
    map.fitBounds(bounds, { maxZoom: Math.max(map.getZoom(), 8), ...view });
  }

  /** Whether the beginning of a part of the page is well to be seen: at most so far down, as a share of the window. */
  function inSight(part, most) {
    const { top } = part.getBoundingClientRect();
    return top >= 0 && top < window.innerHeight * most;
  }

  /** Show a zone that is open with its panel or, where this lies over the page, on what it leaves of the map. */
  function settle(zone, { opener, listed }) {
    const panel = find("[data-panel]");
    const over = isOver(panel);
    const target = over || (listed && !opener.closest(".desk")) ? find("#map") : panel;
    if (!inSight(target, over ? 0.12 : 0.4)) target.scrollIntoView({ block: "start" });
    if (listed || over) bringIntoView(zone);
  }

  /** Where the map got another size: what is open is still to be seen. */
  clausemap.settle = function () {
    const zone = opened && clausemap.zones.get(opened.id);
    if (zone && isOver(find("[data-panel]"))) settle(zone, opened);
  };

  const articleOf = (id) => document.getElementById(`zone-${id}`);

  /** Copy the words of a zone into the panel; their ids stay with the original. */
  function fill(id) {
    const copy = articleOf(id).cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelector("h3").setAttribute("aria-level", "2");
    copy.querySelector("[data-copy-view]").hidden = !navigator.clipboard;
    find("[data-panel-body]").replaceChildren(copy);
    clausemap.address.link();
    return copy;
  }

  function tellState(id, open) {
    for (const shape of document.querySelectorAll(`[data-zone-shape="${id}"]`)) shape.setAttribute("aria-pressed", open);
    clausemap.showClauseOf(open ? id : undefined);
  }

  function open(id, opener, listed) {
    const zone = clausemap.zones.get(id);
    if (!zone) return;
    if (!articleOf(id) && document.readyState === "loading") { // the map is there before the rest of the page
      clausemap.whole.then(() => open(id, opener, listed));
      return;
    }
    if (opened) tellState(opened.id, false);
    clausemap.reveal(id);
    const panel = find("[data-panel]");
    opened = { id, opener, listed, from: opened?.from };
    panel.hidden = false;
    document.documentElement.classList.add("with-panel");
    const copy = fill(id);
    panel.scrollTop = 0;
    settle(zone, opened);
    clausemap.mark(id);
    tellState(id, true);
    copy.querySelector("h3").focus({ preventScroll: true });
    clausemap.address.write({ zone: id });
  }

  function goBack(map, { center, zoom }) {
    map.afterGlide(() => {
      if (center) map.setView(center, zoom, { animate: false });
      else map.goHome({ animate: false });
    });
  }

  function close({ focus = true } = {}) {
    if (!opened) return;
    const { id, opener, from } = opened;
    opened = undefined;
    if (from) goBack(clausemap.theMap(), from);
    find("[data-panel]").hidden = true;
    document.documentElement.classList.remove("with-panel");
    clausemap.mark();
    tellState(id, false);
    clausemap.address.write({ zone: "" });
    if (!focus) return;
    const shape = `[data-zone-shape="${opener.dataset.zoneShape}"]`;
    const back = opener.isConnected ? opener : find(`${shape}, [data-opens="${id}"]`);
    (back || find("[data-dates] input[type=range]")).focus({ preventScroll: true });
  }

  clausemap.openZone = open;
  clausemap.closeZone = close;
  clausemap.openedZone = () => opened?.id;

  /** After another day: the same zone's words of that day, or none where it has no such zone. */
  clausemap.refillPanel = function () {
    if (!opened) return true;
    if (!clausemap.zones.has(opened.id)) {
      close({ focus: find("[data-panel]").contains(document.activeElement) });
      return false;
    }
    const focused = document.activeElement.tagName === "H3" && find("[data-panel]").contains(document.activeElement);
    const copy = fill(opened.id);
    if (focused) copy.querySelector("h3").focus({ preventScroll: true });
    clausemap.mark(opened.id);
    tellState(opened.id, true);
    return true;
  };

  /** Name what the pointer is on, in a place of its own: nothing covers the map under the hand. */
  function point(words) {
    const place = find("[data-pointed]");
    place.hidden = !words;
    place.textContent = words;
  }

  clausemap.point = point;

  /** Show a zone that lies outside of the view while it has the focus. */
  function visit(map, bounds) {
    left = { center: map.getCenter(), zoom: map.getZoom() };
    map.panTo(bounds.getCenter(), { animate: false });
  }

  /** The shape that a click is meant for: the topmost there, or what lies under the one that is open already. */
  function meant({ clientX, clientY }) {
    const shapes = document.elementsFromPoint(clientX, clientY).filter((one) => one.dataset.zoneShape);
    const place = shapes.findIndex((one) => one.dataset.zoneShape === opened?.id);
    return shapes[(place + 1) % shapes.length];
  }

  /** Let a drawn zone be reached by Tab and opened by mouse, Enter or Space. */
  clausemap.makeOpenable = function (path, id) {
    const { words, map, bounds } = clausemap.zones.get(id);
    const shape = path.getElement();
    const pressed = String(opened?.id === id);
    const attributes = { tabindex: "0", role: "button", "aria-label": words.label, "aria-pressed": pressed, "data-zone-shape": id };
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    path.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      if (event.originalEvent.detail > 1) return; // the second half of a double click, which enlarges the map
      const chosen = meant(event.originalEvent) || shape;
      open(chosen.dataset.zoneShape, chosen, false);
    });
    path.on("mouseover", () => point(words.label));
    path.on("mouseout remove", () => point(""));
    shape.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open(id, shape, false);
    });
    shape.addEventListener("focus", () => {
      if (!shape.matches(":focus-visible")) return;
      if (!map.getBounds().intersects(bounds)) visit(map, bounds);
      clausemap.mark(id);
    });
    shape.addEventListener("blur", () => {
      clausemap.mark(opened?.id);
      if (left && opened?.id !== id) map.setView(left.center, left.zoom, { animate: false });
      left = undefined;
    });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-opens]");
    if (link && clausemap.zones.has(link.dataset.opens)) {
      event.preventDefault();
      open(link.dataset.opens, link, true);
    }
    if (event.target.closest("[data-close]")) close();
  });

  /** A view that the reader chose is not left when the panel closes. */
  const keep = ({ target }) => {
    if (opened && target.closest?.(".folium-map")) opened.from = undefined;
  };
  document.addEventListener("wheel", keep, { passive: true });
  document.addEventListener("click", (event) => event.target.closest(".leaflet-control") && keep(event), true);
  document.addEventListener("pointermove", (event) => event.buttons && keep(event), { passive: true });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened) return;
    event.preventDefault(); // one thing at a time: what is lit stays so
    close();
  });
})(window.clausemap = window.clausemap || {});
