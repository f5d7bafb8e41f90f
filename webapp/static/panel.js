/* Opening zones: from the map by mouse or key, from legend and table; the legend's boxes show and hide layers. */
(function (clausemap) {
  "use strict";

  const SMALL_PX = 40;
  let opened; // {id, opener}
  let highlight;

  const find = (selector) => document.querySelector(selector);

  /** Draw a zone's outline strongly above everything; without an id, none. */
  function mark(id) {
    highlight?.remove();
    const zone = clausemap.zones.get(id);
    if (!zone) return;
    const { map, feature } = zone;
    const layer = (style) => L.geoJSON(feature, {
      pane: "marks", interactive: false, style: { ...style, pane: "marks", fill: false, opacity: 1, className: "highlight" },
      pointToLayer: (_, at) => L.circleMarker(at, { ...style, pane: "marks", interactive: false, fill: false, radius: 11, className: "highlight" }),
    });
    highlight = L.layerGroup([layer({ color: "var(--halo)", weight: 7 }), layer({ color: "var(--ink)", weight: 3 })]).addTo(map);
  }

  /** How much of the map the panel covers from below, as it does on phones. */
  function coveredBelow(map) {
    const panel = find("[data-panel]");
    if (getComputedStyle(panel).position !== "fixed") return 0;
    const { bottom } = map.getContainer().getBoundingClientRect();
    return Math.max(0, bottom - panel.getBoundingClientRect().top);
  }

  function bringIntoView({ map, bounds }) {
    const covered = coveredBelow(map);
    const [a, b] = [map.latLngToContainerPoint(bounds.getNorthWest()), map.latLngToContainerPoint(bounds.getSouthEast())];
    const small = Math.max(b.x - a.x, b.y - a.y) < SMALL_PX;
    const middle = a.add(b).divideBy(2);
    const seen = L.bounds([0, 0], map.getSize().subtract([0, covered]));
    if (small || !seen.contains(middle)) {
      const view = { paddingTopLeft: [40, 40], paddingBottomRight: [40, 40 + covered] };
      map.fitBounds(bounds, { maxZoom: Math.max(map.getZoom(), 8), ...view });
    }
  }

  function open(id, opener, listed) {
    const zone = clausemap.zones.get(id);
    if (!zone) return;
    const panel = find("[data-panel]");
    const copy = zone.article.cloneNode(true);
    copy.removeAttribute("id");
    find("[data-panel-body]").replaceChildren(copy);
    panel.hidden = false;
    panel.scrollTop = 0;
    find(".side").scrollTop = 0;
    opened = { id, opener };
    if (listed) {
      if (!opener.closest(".desk")) find("#map").scrollIntoView({ block: "start" });
    }
    if (listed || coveredBelow(zone.map)) bringIntoView(zone);
    mark(id);
    const heading = copy.querySelector("h3");
    heading.setAttribute("aria-level", "2");
    heading.focus({ preventScroll: true });
  }

  function close({ focus = true } = {}) {
    if (!opened) return;
    const { opener } = opened;
    opened = undefined;
    find("[data-panel]").hidden = true;
    mark();
    if (focus) opener.focus({ preventScroll: true });
  }

  /** Let a drawn zone be reached by Tab and opened by mouse, Enter or Space. */
  clausemap.makeOpenable = function (path, id) {
    const { article, map, bounds } = clausemap.zones.get(id);
    const shape = path.getElement();
    const attributes = { tabindex: "0", role: "button", "aria-label": article.dataset.label, "data-zone-shape": id };
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    path.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      open(id, shape, false);
    });
    shape.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open(id, shape, false);
    });
    shape.addEventListener("focus", () => {
      if (!shape.matches(":focus-visible")) return;
      if (!map.getBounds().intersects(bounds)) map.panTo(bounds.getCenter(), { animate: false });
      mark(id);
    });
    shape.addEventListener("blur", () => mark(opened?.id));
  };

  function show(box) {
    for (const id of box.dataset.zones.split(" ")) {
      const zone = clausemap.zones.get(id);
      for (const layer of zone.layers) {
        layer.eachLayer((path) => path.getElement().classList.toggle("zone-off", !box.checked));
      }
      zone.map.labels.hide(id, !box.checked);
      if (!box.checked && opened?.id === id) close({ focus: false });
    }
    box.closest(".row").classList.toggle("off", !box.checked);
  }

  /** Open the zone that the address names, at the map: the browser itself would scroll to its words below. */
  function openNamed(id) {
    open(id, find(`.legend [data-opens="${id}"]`), true);
    const toMap = () => find("#map").scrollIntoView({ block: "start" });
    if (document.readyState === "complete") toMap();
    else window.addEventListener("load", () => setTimeout(toMap));
  }

  /** What follows once the zones are drawn: legend and links work, and a zone named in the address opens. */
  clausemap.zonesDrawn = function () {
    find(".legend").classList.add("live");
    for (const box of document.querySelectorAll("[data-zones]")) {
      box.hidden = false;
      box.addEventListener("change", () => show(box));
      if (!box.checked) show(box);
    }
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (named?.dataset.zone) openNamed(named.dataset.zone);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-opens]");
    if (link && clausemap.zones.has(link.dataset.opens)) {
      event.preventDefault();
      open(link.dataset.opens, link, true);
    }
    if (event.target.closest("[data-close]")) close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})(window.clausemap = window.clausemap || {});
