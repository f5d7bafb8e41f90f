/* The map: what Folium's script calls. Layers are fetched by name and drawn one after the other. */
(function (clausemap) {
  "use strict";

  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const fetches = new Map();
  let turn = Promise.resolve();
  const SLICE_MS = 25; // what is drawn in one go: longer and a page does not answer
  const waiting = [];
  let since = 0;
  let failed = false;
  let page;

  clausemap.dataOf = (one) => JSON.parse(one.getElementById("page-data").textContent);
  clausemap.page = () => (page ||= clausemap.dataOf(document));

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
        map.goHome();
      });
      return bar;
    },
  });

  /** A map without attribution prefix; it never shows what lies outside of the frame. */
  clausemap.map = function (id, { frame, options, texts }) {
    L.Renderer.mergeOptions({ padding: 0.35 });
    // Shapes come simplified as one network of edges: simplified or clipped one by one they would move apart
    L.Polyline.mergeOptions({ smoothFactor: 0, noClip: true });
    const map = L.map(id, {
      ...options, attributionControl: false, zoomControl: false, maxBounds: frame, trackResize: false,
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
    });
    L.control.zoom({ zoomInTitle: texts.zoom_in, zoomOutTitle: texts.zoom_out }).addTo(map);
    new Reset({ title: texts.reset }).addTo(map);
    new Scale({ imperial: false, texts, maxWidth: 110 }).addTo(map);
    const fill = () => {
      map.options.minZoom = 0; // else Leaflet takes the one of the former size for the least
      map.setMinZoom(map.getBoundsZoom(frame, true));
    };
    map.on("resize", fill);
    fill();
    const fitBounds = map.fitBounds;
    map.fitBounds = (bounds, padding) => fitBounds.call(map, bounds, { animate: !still, ...padding });
    map.goHome = (how) => map.fitBounds(map.home.bounds, { ...map.home.options, ...how });
    map.atHome = () => {
      const { refitting, view } = map.home;
      return refitting || (view.zoom === map.getZoom() && map.project(view.center).distanceTo(map.project(map.getCenter())) < 2);
    };
    return map;
  };

  /** The first view: that of the address, else the one that the whole draft needs, also when there is less room. */
  clausemap.view = function (map, bounds, options) {
    let home = true;
    map.home = { bounds, options };
    refit(map);
    map.on("moveend", () => { home = map.atHome(); });
    clausemap.address.watch(map);
    const fit = () => {
      const { clientWidth, clientHeight } = map.getContainer();
      if (map.getSize().equals([clientWidth, clientHeight])) return; // as at the first call
      const stays = home;
      map._enforcingBounds = true; // Leaflet's glide back into the frame would go on after the refit
      map.invalidateSize({ animate: false });
      const [center, zoom] = [map.getCenter(), map.getZoom()];
      refit(map);
      map._enforcingBounds = false;
      if (map.asked) map.asked();
      else if (!stays) map.setView(center, zoom, { animate: false });
      clausemap.settle();
    };
    waitForGlides(map);
    fitPaper(fit);
    new ResizeObserver(() => map.afterGlide(fit)).observe(map.getContainer());
  };

  /** On paper the map has a size of its own, for which it is fitted before the page is printed. */
  function fitPaper(fit) {
    for (const [event, on] of [["beforeprint", true], ["afterprint", false]]) {
      window.addEventListener(event, () => {
        document.documentElement.classList.toggle("printing", on);
        fit();
      });
    }
  }

  /** Let others wait until no zoom is on its way: Leaflet ends one where it was to end, whatever was set meanwhile. */
  function waitForGlides(map) {
    let gliding = false;
    map.on("zoomanim", () => { gliding = true; });
    map.on("zoomend", () => { gliding = false; });
    map.afterGlide = (then) => { if (gliding) map.once("zoomend", then); else then(); };
  }

  /** The first view in the room that there is; Leaflet may have moved it to stay inside of the frame. */
  function refit(map) {
    map.home.refitting = true;
    map.goHome({ animate: false });
    Object.assign(map.home, { refitting: false, view: { center: map.getCenter(), zoom: map.getZoom() } });
  }

  /** Fetch an address once: what is read of its answer is kept, a failure is not. */
  function once(name, read) {
    const address = new URL(name, location.href).href;
    if (!fetches.has(address)) {
      fetches.set(address, fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
        return read(answer);
      }));
      fetches.get(address).catch(() => fetches.delete(address));
    }
    return fetches.get(address);
  }

  clausemap.once = once;

  function load(name) {
    return once(name, (answer) => answer.json());
  }

  /** The zones of a day as they are drawn; kept once they are there. */
  clausemap.zonesOf = (day) => load(clausemap.page().zones[day]);

  function source(name) {
    return name === "zones" ? clausemap.zonesOf(clausemap.page().day) : load(clausemap.page().layers[name]);
  }

  for (const name of ["zones", ...Object.keys(clausemap.page().layers)]) source(name).catch(() => {}); // before the map asks

  function tell(words) {
    const state = document.querySelector("[data-state]");
    state.textContent = words;
    state.classList.toggle("failed", failed);
  }

  const pause = () => window.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
  const isShape = ({ draw }) => draw === "part" || draw === "zones";

  /**
   * Fetch a layer and draw it in its turn, each a task of its own.
   * The map is `data-zoned` once the zones are there, `data-shaped` once all shapes are.
   */
  clausemap.fetched = function (map, settings) {
    waiting.push(settings);
    const data = source(settings.source);
    data.catch(() => {});
    turn = turn.then(() => data).then(async (found) => {
      clausemap.draw[settings.draw](map, settings, found);
      waiting.splice(waiting.indexOf(settings), 1);
      if (settings.draw === "zones") map.getContainer().dataset.zoned = "true";
      if (!waiting.some(isShape)) shaped(map);
      if (performance.now() - since > SLICE_MS) {
        await pause();
        since = performance.now();
      }
      if (waiting.length === 0) await finish(map);
    });
    turn.catch((error) => {
      if (failed) return;
      failed = true;
      tell(clausemap.page().texts.failed);
      console.error(error);
    });
  };

  function shaped(map) {
    map.getContainer().dataset.shaped = "true";
    tell("");
  }

  /** When the page has been read to its end. */
  clausemap.whole = new Promise((resolve) => {
    if (document.readyState === "loading") document.addEventListener("readystatechange", resolve, { once: true });
    else resolve();
  });

  /** Names on the map and, once the page is there, all that can be done with it; then it is `data-drawn`. */
  async function finish(map) {
    clausemap.labelsOf(map).start();
    await clausemap.whole;
    map.getContainer().dataset.day = clausemap.page().day;
    map.getContainer().dataset.drawn = "true";
    clausemap.drawn();
  }

  clausemap.labelsOf = (map) => (map.labels ||= clausemap.labels(map));

  const partsOf = (data, part) => data.features.filter(({ properties }) => properties.part === part);

  clausemap.draw = {
    part(map, { part, pane, style }, data) {
      const features = partsOf(data, part);
      L.geoJSON({ type: "FeatureCollection", features }, {
        pane, interactive: false, style: { ...style, className: `part-${part}` },
      }).addTo(map);
    },

    zones(map, settings, data) {
      clausemap.drawZones(map, settings, data, clausemap.page().about);
    },

    countries(map, { name, places, seas }, data) {
      const items = partsOf(data, "neighbour")
        .filter(({ id }) => places[id])
        .map(({ id, properties }) => ({ text: properties[name], at: places[id], kind: "land", rank: 40, to: 8 }));
      clausemap.labelsOf(map).add(items.concat(seas.map((sea) => ({ ...sea, rank: 3, to: 9 }))));
    },

    regions(map, { name, pattern, plain }, data) {
      clausemap.labelsOf(map).add(partsOf(data, "region").map(({ properties, geometry }) => ({
        text: plain.includes(properties.iso) ? properties[name] : pattern.replace("{name}", properties[name]),
        at: geometry.coordinates, kind: "region", rank: 30, from: 6.75, to: 9,
      })));
    },

    /** Towns a little before their zoom; those without a name in the page's language later. */
    towns(map, _, { towns }) {
      clausemap.labelsOf(map).add(towns.map(([lon, lat, text, zoom, big, named], place) => ({
        text, at: [lon, lat], dot: "town", from: zoom + (named ? -0.75 : 1),
        kind: big ? "town big" : "town", rank: (zoom <= 6 ? 0 : 10) + place / towns.length,
      })));
    },
  };
})(window.clausemap = window.clausemap || {});
