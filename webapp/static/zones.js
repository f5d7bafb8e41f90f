/* Zones on the map: drawn, drawn anew for another day, marked, lit, dimmed, hidden. */
(function (clausemap) {
  "use strict";

  clausemap.zones = new Map();
  const hidden = new Set();
  let drawing; // {map, settings, about} of the layer of zones: the last is what the page says of each zone by its id
  let lit = new Set();
  let highlight;
  let ownLine;

  function line(feature) {
    return feature.geometry.type.endsWith("LineString");
  }

  function paths(zone) {
    return zone.layers.flatMap((layer) => layer.getLayers()).map((path) => path.getElement());
  }

  /** Where lines are pointed at they end with the map: what stands around it would lie under them for all who measure. */
  function cutOff(map) {
    map.cutOff ||= L.svg({ pane: "lines", padding: 0 });
    return map.cutOff;
  }

  /** One zone: its halo, its shape, and for lines a wide unseen one to point at. */
  function drawZone({ map, settings, about }, feature) {
    const { kind, style, ...words } = about[feature.id];
    const look = settings.styles[style];
    const known = settings.kinds[kind];
    const pane = known.pane || (feature.properties.partition ? "zones" : "overlays");
    const shapeClass = `zone-shape zone-${kind}${known.nested ? " zone-nested" : ""}`;
    const layers = [];
    const add = (style, interactive, name) => {
      const pathOptions = { ...style, pane, interactive, className: interactive ? shapeClass : name };
      const layer = L.geoJSON(feature, {
        pane, interactive, style: pathOptions,
        pointToLayer: (_, at) => L.circleMarker(at, { ...pathOptions, radius: look.radius }),
      });
      layers.push(layer.addTo(map));
      return layer;
    };
    if (look.halo) add(look.halo, false, "zone-halo");
    let shape = add(look.path, !line(feature), "zone-line");
    if (line(feature)) shape = add({ color: "#000", opacity: 0, weight: 10, fill: false, noClip: false, renderer: cutOff(map) }, true);
    clausemap.zones.set(feature.id, { id: feature.id, feature, layers, bounds: shape.getBounds(), words, map });
    shape.eachLayer((path) => clausemap.makeOpenable(path, feature.id));
  }

  /** What a zone is called on the map: a site by its name, ground by its clause where clauses differ. */
  function label({ id, feature, words, bounds }) {
    const point = feature.geometry.type === "Point";
    if (drawing.settings.kinds[feature.properties.kind].minor) return []; // what no clause treats is named by none
    if (point) {
      return [{ text: words.name, at: feature.geometry.coordinates, kind: "site", rank: 5, dot: "site", from: 6.5, zone: id }];
    }
    const at = feature.properties.label;
    return at ? [{ text: words.clause, at, kind: "clause", rank: 1, bounds, zone: id }] : [];
  }

  function labelZones(map) {
    const zones = [...clausemap.zones.values()];
    const clauses = new Set(zones.filter(({ feature }) => feature.properties.partition).map(({ words }) => words.clause));
    const items = zones.flatMap(label).filter(({ kind }) => kind === "site" || clauses.size > 1);
    clausemap.labelsOf(map).replace(items);
  }

  /** How each zone looks now: hidden, lit or dimmed. */
  function show() {
    const { map } = drawing;
    for (const zone of clausemap.zones.values()) {
      const dim = lit.size > 0 && !lit.has(zone.id);
      for (const path of paths(zone)) {
        path.classList.toggle("zone-off", hidden.has(zone.id));
        path.classList.toggle("dim", dim);
      }
    }
    const unseen = [...clausemap.zones.keys()].filter((id) => hidden.has(id) || (lit.size > 0 && !lit.has(id)));
    clausemap.labelsOf(map).hide(new Set(unseen));
  }

  clausemap.drawZones = function (map, settings, data, about) {
    const focused = document.activeElement?.dataset?.zoneShape;
    drawing = { map, settings, about };
    for (const zone of clausemap.zones.values()) zone.layers.forEach((layer) => layer.remove());
    clausemap.zones.clear();
    for (const feature of data.features) drawZone(drawing, feature);
    labelZones(map);
    show();
    if (focused) (document.querySelector(`[data-zone-shape="${focused}"]`) || map.getContainer()).focus({ preventScroll: true });
  };

  clausemap.redraw = (data, about) => clausemap.drawZones(drawing.map, drawing.settings, data, about);

  clausemap.theMap = () => drawing?.map;

  /** The line of contact among the zones of another day, below that of the day shown; without zones, none. */
  clausemap.drawOwnLine = function (features) {
    ownLine?.remove();
    ownLine = undefined;
    const { map, settings } = drawing;
    const lines = features.filter(({ properties }) => settings.kinds[properties.kind].contact);
    const shown = lines.length > 0;
    document.querySelectorAll("[data-own-line]").forEach((row) => { row.hidden = !shown; });
    if (!shown) return;
    const layer = (style) => L.geoJSON(lines, { pane: "lines", interactive: false, style: { ...style, className: "own-line" } });
    ownLine = L.layerGroup([layer(settings.own.path), layer(settings.own.halo)]).addTo(map);
    ownLine.eachLayer((one) => one.bringToBack());
  };

  /** Draw a zone's outline strongly above everything; without an id, none. */
  clausemap.mark = function (id) {
    highlight?.remove();
    const zone = clausemap.zones.get(id);
    if (!zone) return;
    const { map, feature } = zone;
    const layer = (name, weight) => {
      const style = { weight, pane: "marks", interactive: false, fill: false, className: `highlight ${name}` };
      return L.geoJSON(feature, { pane: "marks", interactive: false, style, pointToLayer: (_, at) => L.circleMarker(at, { ...style, radius: 11 }) });
    };
    highlight = L.layerGroup([layer("below", 7), layer("above", 3)]).addTo(map);
  };

  /** Light up zones and dim the rest; with none, all look as they are. */
  clausemap.light = function (ids) {
    lit = new Set(ids);
    show();
  };

  clausemap.hide = function (ids, off) {
    for (const id of ids) hidden[off ? "add" : "delete"](id);
    show();
  };

  clausemap.hiddenZones = () => [...hidden];
})(window.clausemap = window.clausemap || {});
