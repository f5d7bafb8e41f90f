/* Labels that do not collide: towns by zoom, clauses on their zones, countries, seas, oblasts. */
(function (clausemap) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const MARGIN = 0.25; // of the view, drawn beyond its edge so that panning shows no gap
  const GAP_PX = 5;
  const LINE_PX = 15;
  const ASIDE_PX = [[0, 0], [0, -18], [0, 18], [-28, 0], [28, 0], [-28, -18], [28, -18], [-28, 18], [28, 18]];
  const BESIDE_PX = 9;
  const measuring = document.createElement("canvas").getContext("2d");

  function element(name, attributes, parent) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  }

  // As in map.css; names of seas and countries are letterspaced.
  const FONTS = { clause: "700 14px", "town big": "600 13px", town: "500 12px", site: "600 12px", region: "400 11.5px" };
  const SPACED = { land: 1.35, sea: 1.1 };

  let family;

  function width(item) {
    if (!item.width) {
      family ||= getComputedStyle(document.body).fontFamily;
      measuring.font = `${FONTS[item.kind] || "500 14px"} ${family}`;
      item.width = measuring.measureText(item.text).width * (SPACED[item.kind] || 1) + 1;
    }
    return item.width;
  }

  /** Where a label can stand about a point: centred for areas, else right, left, above, below its dot. */
  function places(item, point) {
    const w = width(item);
    const middle = point.x - w / 2;
    const centred = { anchor: "middle", at: point.x, x: middle, w };
    const top = point.y - LINE_PX / 2;
    if (item.kind === "clause") {
      return ASIDE_PX.map(([x, y]) => ({ anchor: "middle", at: point.x + x, x: middle + x, y: top + y, w }));
    }
    if (!item.dot) return [{ ...centred, y: top }];
    const gap = item.dot === "site" ? GAP_PX + 3 : GAP_PX;
    return [
      { anchor: "start", at: point.x + gap, x: point.x + gap, y: point.y - LINE_PX / 2, w },
      { anchor: "end", at: point.x - gap, x: point.x - gap - w, y: point.y - LINE_PX / 2, w },
      { ...centred, y: point.y - gap - LINE_PX },
      { ...centred, y: point.y + gap },
    ];
  }

  function free(box, taken) {
    return taken.every((other) =>
      box.x > other.x + other.w + 3 || other.x > box.x + box.w + 3 ||
      box.y > other.y + (other.h || LINE_PX) || other.y > box.y + (box.h || LINE_PX));
  }

  /** Whether a label stands in the view or beside it, not cut by the edge. */
  function whole(box, size) {
    const across = (from, to, end) => (from < 0 && to > 0) || (from < end && to > end);
    return !across(box.x, box.x + box.w, size.x) && !across(box.y, box.y + LINE_PX, size.y);
  }

  /** What lies over the map and would hide labels: buttons, scale, badge. */
  function covered(map) {
    const frame = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().parentElement.querySelectorAll(".leaflet-control, .badge")].map((part) => {
      const { left, top, width: w, height: h } = part.getBoundingClientRect();
      return { x: left - frame.left, y: top - frame.top, w, h };
    });
  }

  function dotOf(point) {
    return { x: point.x - 3, y: point.y - 3, w: 6, h: 6 };
  }

  function roomy(map, item) {
    if (!item.bounds) return true;
    const [a, b] = [map.latLngToContainerPoint(item.bounds.getNorthWest()), map.latLngToContainerPoint(item.bounds.getSouthEast())];
    return b.x - a.x > width(item) * 1.3 && b.y - a.y > LINE_PX * 1.2;
  }

  const Labels = L.Layer.extend({
    initialize() {
      this._items = [];
      this._hidden = new Set();
    },

    /** Labels are placed once all first ones are known, and from then on whenever something changes. */
    start() {
      this._started = true;
      this._draw();
    },

    onAdd(map) {
      this._svg = element("svg", { class: "map-labels", "aria-hidden": "true" }, map.getPane("labels"));
      map.on("moveend zoomend resize", this._draw, this);
      map.on("zoomstart", () => this._svg.classList.add("still"));
    },

    /** Add labels: {text, at: [lon, lat], kind, rank, dot, from, to, bounds, zone}. Lower ranks come first. */
    add(items) {
      this._items = this._items.concat(items).sort((a, b) => a.rank - b.rank);
      this._draw();
    },

    /** Labels of zones in the place of those that were there. */
    replace(items) {
      this._items = this._items.filter(({ zone }) => !zone);
      this.add(items);
    },

    hide(zones) {
      const same = zones.size === this._hidden.size && [...zones].every((id) => this._hidden.has(id));
      this._hidden = zones;
      if (!same) this._draw();
    },

    _draw() {
      if (!this._started || !this._map._loaded) return;
      const size = this._map.getSize();
      const margin = size.multiplyBy(MARGIN);
      const corner = this._map.containerPointToLayerPoint(margin.multiplyBy(-1));
      L.DomUtil.setPosition(this._svg, corner);
      this._svg.setAttribute("width", size.x + 2 * margin.x);
      this._svg.setAttribute("height", size.y + 2 * margin.y);
      this._svg.replaceChildren();
      this._svg.classList.remove("still");
      const zoom = this._map.getZoom();
      const view = L.bounds(margin.multiplyBy(-1), size.add(margin));
      const taken = covered(this._map);
      this._sites = this._items.filter((item) => item.dot === "site" && !this._hidden.has(item.zone))
        .map(({ at }) => this._map.latLngToContainerPoint([at[1], at[0]]));
      for (const item of this._items) {
        if (zoom < (item.from || 0) || zoom >= (item.to || 99) || this._hidden.has(item.zone)) continue;
        const point = this._map.latLngToContainerPoint([item.at[1], item.at[0]]);
        if (view.contains(point) && roomy(this._map, item)) this._place(item, point, taken, margin, size);
      }
    },

    _place(item, point, taken, margin, size) {
      if (item.dot === "town" && !free(dotOf(point), taken)) return;
      const box = places(item, point).find((place) => whole(place, size) && free(place, taken));
      if (!box) return;
      taken.push(box);
      if (item.dot) taken.push(dotOf(point));
      const shift = (value, by) => (value + by).toFixed(1);
      if (item.dot === "town" && !this._sites.some((site) => site.distanceTo(point) < BESIDE_PX)) {
        element("circle", { cx: shift(point.x, margin.x), cy: shift(point.y, margin.y), r: 2.4 }, this._svg);
      }
      const text = element("text", {
        class: item.kind, x: shift(box.at, margin.x), y: shift(box.y + 11.5, margin.y), "text-anchor": box.anchor,
      }, this._svg);
      text.textContent = item.text;
    },
  });

  clausemap.labels = (map) => new Labels().addTo(map);
})(window.clausemap = window.clausemap || {});
