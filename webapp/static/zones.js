// @ts-check
/* Zones on the map: drawn, drawn anew for another date, marked, lit, dimmed, hidden. */

import { showHeadline } from "./headline.js";
import { foreignIn } from "./grounds.js";
import { LEVELS, hittableOf } from "./hits.js";
import { hideLabels, replaceZoneLabels } from "./labels.js";
import { all, pageData } from "./page.js";
import { covers, isSameShape, shapeOf } from "./shapes.js";
import { state, theMap } from "./state.js";

/** @typedef {import("./state.js").Zone} Zone */
/** @typedef {import("./state.js").ZoneFeature} ZoneFeature */
/** @typedef {import("./state.js").ZoneSettings} ZoneSettings */
/** @typedef {import("./state.js").PathOptions} PathOptions */
/** Zones of a date, and what is Russian-held on it, whether a zone lies there or not.
 * @typedef {{features: ZoneFeature[], held?: import("geojson").Geometry}} Features */
/** @typedef {Record<string, import("./state.js").AboutZone>} About */
/** What is done with each path that readers can point at. @typedef {(path: L.Path, zone: Zone) => void} Enliven */

const HALO = "zone-halo";
/** How deep the lists of positions of a geometry are nested that can take another course. @type {Record<string, number>} */
const DEPTHS = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 };

/** What the layer of zones was drawn with. @type {{settings: ZoneSettings, enliven: Enliven} | undefined} */
let drawing;
/** @type {L.LayerGroup | undefined} */
let highlight;
/** @type {L.LayerGroup | undefined} */
let ownLine;
/** What is Russian-held, below all zones. @type {L.GeoJSON | undefined} */
let heldGround;

/** @param {Zone} zone @returns {Element[]} */
const pathsOf = ({ layers }) => layers.flatMap((layer) => layer.getLayers()).map((path) => /** @type {Element} */ (/** @type {L.Path} */ (path).getElement()));

/** One zone: its halo and its shape. What a click on a line or a mere edge is meant for may lie below.
 * @param {ZoneFeature} feature
 * @param {import("./state.js").AboutZone} about
 * @param {ZoneSettings} settings
 * @param {Enliven} enliven */
function drawZone(feature, { kind, style: key, ...words }, settings, enliven) {
  const { path: look, halo, radius } = settings.styles[key];
  const { pane: own, nested } = settings.kinds[kind];
  const pane = own || (feature.properties.partition ? "zones" : "overlays");
  const hittable = hittableOf(feature, nested, radius);
  const interactive = hittable.level >= LEVELS.area;
  /** @type {L.GeoJSON[]} */
  const layers = [];
  /** @param {PathOptions} options @param {string} className */
  const add = (options, className) => {
    const path = { pane, ...options, interactive: className !== HALO && interactive, className };
    const layer = L.geoJSON(/** @type {any} */ (feature), /** @type {any} */ ({
      pane, style: path,
      pointToLayer: (/** @type {unknown} */ _, /** @type {L.LatLng} */ at) => L.circleMarker(at, { ...path, radius }),
    }));
    layers.push(layer.addTo(theMap()));
    return layer;
  };
  if (halo) add(halo, HALO);
  const shape = add(look, `zone-shape zone-${kind}`);
  if (nested) shape.bringToBack(); // the widest below
  const zone = { id: feature.id, feature, layers, style: key, bounds: shape.getBounds(), words, hittable };
  state.zones.set(feature.id, zone);
  shape.eachLayer((path) => enliven(/** @type {L.Path} */ (path), zone));
}

/** Let paths take another course, without being drawn anew.
 * @param {L.GeoJSON} layer
 * @param {any} geometry of an area or a line */
function reshape(layer, { type, coordinates }) {
  const course = L.GeoJSON.coordsToLatLngs(coordinates, DEPTHS[type]);
  layer.eachLayer((path) => /** @type {L.Polyline} */ (path).setLatLngs(course));
}

/** Whether zones of another date are those that are drawn, each in the same style, so that they can take their places.
 * @param {ZoneFeature[]} features
 * @param {About} about */
function areDrawn(features, about) {
  const drawn = [...state.zones.values()];
  return features.length === drawn.length && features.every(({ id, geometry }, at) => {
    const { id: other, style, feature } = drawn[at];
    const fits = geometry.type in DEPTHS || isSameShape(geometry, feature.geometry);
    return id === other && style === about[id].style && fits;
  });
}

/** A zone as it is on another date, by the same paths: what has the focus keeps it.
 * @param {Zone} zone
 * @param {ZoneFeature} feature
 * @param {import("./state.js").AboutZone} about
 * @param {ZoneSettings} settings */
function moveZone(zone, feature, { kind, style, ...words }, settings) {
  const { layers, feature: { geometry } } = zone;
  Object.assign(zone, { feature, words });
  const shape = layers[layers.length - 1];
  shape.eachLayer((path) => /** @type {any} */ (path).getElement().setAttribute("aria-label", words.label));
  if (isSameShape(geometry, feature.geometry)) return;
  for (const layer of layers) reshape(layer, feature.geometry);
  Object.assign(zone, { bounds: shape.getBounds(), hittable: hittableOf(feature, settings.kinds[kind].nested, settings.styles[style].radius) });
}

/** A zone's label: a site at its own place, an area where the page says; without words, none. On a date on which the
 * zone does not cover the place that a leader ends at, none stands beside it.
 * @param {Pick<Zone, "id" | "feature" | "words">} zone
 * @returns {import("./labels.js").Label | undefined} */
export function zoneLabel({ id, feature: { geometry }, words: { onMap } }) {
  if (!onMap) return undefined;
  if (geometry.type === "Point") {
    return { ...onMap, at: /** @type {import("./state.js").Position} */ (geometry.coordinates), zone: id };
  }
  const { at, beside } = onMap;
  return at && { ...onMap, at, beside: covers(/** @type {any} */ (geometry), at) ? beside : [], zone: id };
}

/** Labels of several zones that are all there.
 * @param {Record<string, import("./labels.js").Label>} shared */
const together = (shared) => Object.entries(shared)
  .filter(([, { members }]) => members?.every((id) => state.zones.has(id))).map(([zone, label]) => ({ ...label, zone }));

/** Whether a zone is the line of contact, which is the same whatever clause is lit.
 * @param {string} id */
const isContact = (id) => drawing?.settings.kinds[state.zones.get(id)?.feature.properties.kind ?? ""]?.contact ?? false;

/** Whose ground names lie on in a view: that of the zones shown which part the country, and the line of contact.
 * @param {import("./labels.js").View} view */
export function groundsOf(view) {
  const seen = [...state.zones.values()].filter(({ id, feature }) => !view.hidden.has(id) && (feature.properties.partition || isContact(id)));
  return foreignIn(seen.map(({ id, hittable, feature, words }) => ({
    like: isContact(id) ? undefined : `${words.clause} ${feature.properties.kind}`, shape: (hittable.shape ??= shapeOf(hittable.geometry)),
  })), view);
}

/** How each zone looks now: hidden, lit or dimmed. */
function show() {
  const { zones, hidden, lit } = state;
  const isDim = (/** @type {string} */ id) => lit.size > 0 && !lit.has(id) && !isContact(id);
  for (const zone of zones.values()) {
    for (const path of pathsOf(zone)) {
      path.classList.toggle("zone-off", hidden.has(zone.id));
      path.classList.toggle("dim", isDim(zone.id));
    }
  }
  showHeadline(hidden);
  hideLabels(new Set([...zones.keys()].filter((id) => hidden.has(id) || isDim(id))));
}

/** Draw what is Russian-held in the place of what was on another date.
 * @param {import("geojson").Geometry | undefined} held
 * @param {PathOptions} style */
function drawHeld(held, style) {
  if (held && heldGround) {
    reshape(heldGround, held);
    return;
  }
  heldGround?.remove();
  heldGround = held && L.geoJSON(held, /** @type {any} */ ({ pane: "held", interactive: false, style: { ...style, className: "held-ground" } })).addTo(theMap());
}

/** Draw zones in the place of those that are drawn; the focus stays on the same zone.
 * @param {Features} data
 * @param {About} about
 * @param {ZoneSettings} settings
 * @param {Enliven} enliven */
export function drawZones(data, about, settings, enliven) {
  const focused = /** @type {SVGElement | null} */ (document.activeElement)?.dataset?.zoneShape;
  drawing = { settings, enliven };
  drawHeld(data.held, settings.held);
  if (areDrawn(data.features, about)) {
    for (const feature of data.features) moveZone(/** @type {Zone} */ (state.zones.get(feature.id)), feature, about[feature.id], settings);
  } else {
    for (const zone of state.zones.values()) zone.layers.forEach((layer) => layer.remove());
    state.zones.clear();
    for (const feature of data.features) drawZone(feature, about[feature.id], settings, enliven);
  }
  const own = [...state.zones.values()].map(zoneLabel).filter((label) => label !== undefined);
  replaceZoneLabels([...own, ...together(pageData().sharedLabels)]);
  show();
  if (focused) (all(`[data-zone-shape="${focused}"]`)[0] || theMap().getContainer()).focus({ preventScroll: true });
}

/** Draw the zones of another date as those before.
 * @param {Features} data
 * @param {About} about */
export function redrawZones(data, about) {
  if (drawing) drawZones(data, about, drawing.settings, drawing.enliven);
}

/** The line of contact among the zones of another date, below that of the date shown; without zones, none.
 * @param {ZoneFeature[]} features */
export function drawOwnLine(features) {
  if (!drawing) return;
  const { kinds, own } = drawing.settings;
  const lines = features.filter(({ properties }) => kinds[properties.kind].contact);
  all("[data-own-line]").forEach((row) => { row.hidden = lines.length === 0; });
  if (lines.length && ownLine) return; // there is one own date
  ownLine?.remove();
  ownLine = undefined;
  if (!lines.length) return;
  const layers = [own.path, own.halo].map((style) =>
    L.geoJSON(/** @type {any} */ (lines), /** @type {any} */ ({ pane: "lines", interactive: false, style: { ...style, className: "own-line" } })));
  ownLine = L.layerGroup(layers).addTo(theMap());
  layers.forEach((layer) => layer.bringToBack());
}

/** Draw a zone's outline strongly above everything; without an id, none.
 * @param {string} [id] */
export function mark(id) {
  highlight?.remove();
  const zone = state.zones.get(id ?? "");
  if (!zone) return;
  const layers = [["below", 7], ["above", 3]].map(([name, weight]) => {
    const style = { weight, pane: "marks", interactive: false, fill: false, className: `highlight ${name}` };
    return L.geoJSON(/** @type {any} */ (zone.feature), /** @type {any} */ ({
      pane: "marks", interactive: false, style,
      pointToLayer: (/** @type {unknown} */ _, /** @type {L.LatLng} */ at) => L.circleMarker(at, /** @type {any} */ ({ ...style, radius: 11 })),
    }));
  });
  highlight = L.layerGroup(layers).addTo(theMap());
}

/** Light up zones and dim the rest; with none, all look as they are.
 * @param {string[]} ids */
export function light(ids) {
  state.lit = new Set(ids);
  show();
}

/** Hide zones or show them again.
 * @param {string[]} ids
 * @param {boolean} off */
export function hide(ids, off) {
  for (const id of ids) {
    if (off) state.hidden.add(id);
    else state.hidden.delete(id);
  }
  show();
}
