/* The map: what Folium's script calls. Layers are fetched by name; zones are drawn with the styles that come along. */
(function (clausemap) {
  "use strict";

  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const fetches = new Map();
  let waiting = 0;
  let page;

  clausemap.page = () => (page ||= JSON.parse(document.getElementById("page-data").textContent));

  const Scale = L.Control.Scale.extend({
    _updateMetric(metres) {
      const round = this._getRoundNum(metres);
      const { km, m } = this.options.texts;
      const label = round < 1000 ? m.replace("{n}", round) : km.replace("{n}", round / 1000);
      this._updateScale(this._mScale, label, round / metres);
    },
  });

  const Reset = L.Control.extend({
    options: { position: "topleft" },
    onAdd(map) {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      const button = L.DomUtil.create("a", "", bar);
      Object.assign(button, { href: "#", title: this.options.title, textContent: "⤢" });
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", this.options.title);
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(button, "click", (event) => {
        L.DomEvent.stop(event);
        if (map.home) map.fitBounds(map.home.bounds, map.home.options);
      });
      return bar;
    },
  });

  /** A map without attribution prefix; it never shows what lies outside of the frame. */
  clausemap.map = function (id, { frame, options, texts }) {
    L.Renderer.mergeOptions({ padding: 0.35 });
    const map = L.map(id, {
      ...options, attributionControl: false, zoomControl: false, maxBounds: frame,
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
    });
    L.control.zoom({ zoomInTitle: texts.zoom_in, zoomOutTitle: texts.zoom_out }).addTo(map);
    new Reset({ title: texts.reset }).addTo(map);
    new Scale({ imperial: false, texts, maxWidth: 110 }).addTo(map);
    const fill = () => map.setMinZoom(map.getBoundsZoom(frame, true));
    map.on("resize", fill);
    fill();
    const fitBounds = map.fitBounds;
    map.fitBounds = function (bounds, padding) {
      map.home ||= { bounds, options: padding };
      return fitBounds.call(map, bounds, { animate: !still, ...padding });
    };
    return map;
  };

  function load(name) {
    if (!fetches.has(name)) {
      fetches.set(name, fetch(clausemap.page().layers[name]).then((answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return answer.json();
      }));
    }
    return fetches.get(name);
  }

  function tell(words, failed) {
    const state = document.querySelector("[data-state]");
    if (state.classList.contains("failed")) return;
    state.textContent = words;
    state.classList.toggle("failed", failed);
  }

  /** Fetch a layer and draw it; the map is `data-drawn` when all layers are. */
  clausemap.fetched = function (map, settings) {
    if (waiting === 0) document.querySelector("[data-state]").hidden = false;
    waiting += 1;
    const names = [settings.source, ...(settings.beside ? [settings.beside] : [])];
    return Promise.all(names.map(load))
      .then((found) => clausemap.draw[settings.draw](map, settings, ...found))
      .then(() => {
        waiting -= 1;
        if (waiting > 0) return;
        tell("", false);
        map.getContainer().dataset.drawn = "true";
      })
      .catch((error) => {
        tell(clausemap.page().texts["map.failed"], true);
        throw error;
      });
  };

  function labelsOf(map) {
    return (map.labels ||= clausemap.labels(map));
  }

  function line(feature) {
    return feature.geometry.type.endsWith("LineString");
  }

  /** One zone: its halo, its shape, and for lines a wide unseen one to point at. */
  function drawZone(map, feature, settings) {
    const article = document.getElementById(`zone-${feature.id}`);
    const look = settings.styles[article.dataset.style];
    const pane = settings.panes[article.dataset.kind] || "zones";
    const layers = [];
    const add = (style, interactive, kind) => {
      const pathOptions = { ...style, pane, interactive, className: interactive ? `zone-shape zone-${article.dataset.kind}` : kind };
      const layer = L.geoJSON(feature, {
        pane, interactive, style: pathOptions, smoothFactor: 0.6,
        pointToLayer: (_, at) => L.circleMarker(at, { ...pathOptions, radius: look.radius }),
      });
      layers.push(layer.addTo(map));
      return layer;
    };
    if (look.halo) add(look.halo, false, "zone-halo");
    let shape = add(look.path, !line(feature), "zone-line");
    if (line(feature)) shape = add({ color: "#000", opacity: 0, weight: 10, fill: false }, true);
    clausemap.zones.set(feature.id, { feature, layers, bounds: shape.getBounds(), article, map });
    shape.eachLayer((path) => clausemap.makeOpenable(path, feature.id));
  }

  /** What a zone is called on the map: a site by its name, ground by its clause where clauses differ. */
  function zoneLabel({ feature, article, bounds }) {
    const point = feature.geometry.type === "Point";
    if (feature.properties.kind === "unheld") return []; // a clause that does not treat ground does not name it
    if (!point && (line(feature) || !feature.properties.partition)) return [];
    if (point) {
      return [{ text: article.dataset.name, at: feature.geometry.coordinates, kind: "site", rank: 5, dot: "site", from: 6.5, zone: feature.id }];
    }
    return [{ text: article.dataset.clause, at: clausemap.innermost(feature.geometry), kind: "clause", rank: 1, bounds, zone: feature.id }];
  }

  clausemap.zones = new Map();

  clausemap.draw = {
    fill(map, { pane, style }, data) {
      L.geoJSON(data, { pane, interactive: false, style, smoothFactor: 0.6 }).addTo(map);
    },

    outlines(map, { pane, styles }, oblasts, neighbours) {
      for (const [name, lines] of Object.entries(clausemap.outlines(oblasts, neighbours))) {
        L.polyline(lines, { ...styles[name], pane, interactive: false, smoothFactor: 0.6, className: `outline-${name}` }).addTo(map);
      }
    },

    zones(map, settings, data) {
      for (const feature of data.features) drawZone(map, feature, settings);
      const zones = [...clausemap.zones.values()];
      const clauses = new Set(zones.filter(({ feature }) => feature.properties.partition).map(({ article }) => article.dataset.clause));
      labelsOf(map).add(zones.flatMap(zoneLabel).filter(({ kind }) => kind === "site" || clauses.size > 1));
      clausemap.zonesDrawn();
    },

    countries(map, { name, places, seas }, data) {
      const items = data.features
        .filter(({ properties }) => places[properties.id])
        .map(({ properties }) => ({ text: properties[name], at: places[properties.id], kind: "land", rank: 40, to: 8 }));
      labelsOf(map).add(items.concat(seas.map((sea) => ({ ...sea, rank: 3, to: 9 }))));
    },

    regions(map, { name, pattern, plain }, data) {
      labelsOf(map).add(data.features.filter(({ properties }) => properties.area_km2 > 1000).map(({ properties, geometry }) => ({
        text: plain.includes(properties.iso) ? properties[name] : pattern.replace("{name}", properties[name]),
        at: clausemap.innermost(geometry), kind: "region", rank: 30, from: 6.75, to: 9,
      })));
    },

    /** Towns a little before their zoom; those without a name in the page's language later. */
    towns(map, { name }, data) {
      const named = (properties) => name === "name_en" || properties[name] !== properties.name_en;
      labelsOf(map).add(data.features.map(({ properties, geometry }, place) => ({
        text: properties[name], at: geometry.coordinates, dot: "town", from: properties.min_zoom + (named(properties) ? -0.75 : 1),
        kind: properties.population > 250000 ? "town big" : "town", rank: (properties.min_zoom <= 6 ? 0 : 10) + place / data.features.length,
      })));
    },
  };
})(window.clausemap = window.clausemap || {});
