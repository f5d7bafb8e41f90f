// @ts-check
/* The map: what Folium's script calls. Layers are fetched by name and drawn one after the other. */

import { startCopying } from "./address.js";
import { startBack } from "./back.js";
import { startClauses } from "./clauses.js";
import { addControls } from "./controls.js";
import { finishDates, startDates } from "./dates.js";
import { shareGestures } from "./gestures.js";
import { startKey } from "./key.js";
import { addLabels, startLabels } from "./labels.js";
import { filled, layerOf, one, pageData, pause, whole } from "./page.js";
import { makeOpenable, settlePanel, startPanel } from "./panel.js";
import { addExactness, addScale } from "./scale.js";
import { state, theMap } from "./state.js";
import { restoreTools, startTools } from "./tools.js";
import { isStill, startView } from "./view.js";
import { drawWater, waterLabels } from "./water.js";
import { drawZones } from "./zones.js";

/** @typedef {import("./labels.js").Label} Label */
/** @typedef {import("./state.js").Position} Position */
/** A point of the layer of the area, or a shape of it, by the part that it belongs to.
 * @typedef {{id: string, properties: Record<string, string>, geometry: {type: string, coordinates: any}}} GroundFeature */
/** @typedef {{features: GroundFeature[]}} Ground */
/** A town: longitude, latitude, name, the zoom that it is shown from, whether it is big, whether it has a name in the
 * page's language.
 * @typedef {[lon: number, lat: number, text: string, zoom: number, big: boolean, named: boolean]} Town */
/** How a layer is drawn, as Folium's elements name it.
 * @typedef {{source: string, draw: "part" | "water" | "waters" | "zones" | "countries" | "regions" | "towns"} & Record<string, any>} Layer */

const SLICE_MS = 25; // what is drawn in one go: longer and a page does not answer
const RENDERER_PADDING = 0.35; // of the view, drawn beyond its edge
/** Layers that are not drawn yet. @type {Layer[]} */
const waiting = [];
let turn = Promise.resolve();
let since = 0;
let failed = false;

/** Make the map, without attribution prefix; the page around it begins to work.
 * @param {string} id
 * @param {{frame: L.LatLngBoundsExpression, options: L.MapOptions, exactnessZoom: number, texts: Record<string, string>}} settings
 * @returns {L.Map} */
export function createMap(id, { frame, options, exactnessZoom, texts }) {
  for (const name of ["zones", ...Object.keys(pageData().layers)]) layerOf(name).catch(() => {}); // before the map asks
  /** @type {any} */ (L.Renderer).mergeOptions({ padding: RENDERER_PADDING });
  // Shapes come simplified as one network of edges: simplified or clipped one by one they would move apart
  /** @type {any} */ (L.Polyline).mergeOptions({ smoothFactor: 0, noClip: true });
  const moves = !isStill();
  const map = L.map(id, {
    ...options, attributionControl: false, zoomControl: false, maxBounds: frame, trackResize: false,
    zoomAnimation: moves, fadeAnimation: moves, markerZoomAnimation: moves, inertia: moves,
  });
  state.map = map;
  const isFull = addControls(map, texts);
  addScale(map, texts);
  addExactness(map, texts.exactness, exactnessZoom);
  shareGestures(map, /** @type {any} */ (texts), isFull);
  for (const start of [startPanel, startKey, startClauses, startCopying, startDates, startTools]) start();
  return map;
}

/** Show the first view of the map.
 * @param {L.LatLngBoundsExpression} bounds
 * @param {L.FitBoundsOptions} options */
export const showFirstView = (bounds, options) => startView(theMap(), bounds, options, settlePanel);

/** @param {Ground} data @param {string} part */
const partsOf = (data, part) => data.features.filter(({ properties }) => properties.part === part);

/** The labels of countries that have a place, in a language, and of seas.
 * @param {{name: string, places: Record<string, Position>, seas: Omit<Label, "rank">[], ranks: Record<string, number>}} settings
 * @param {Ground} data
 * @returns {Label[]} */
export function countryLabels({ name, places, seas, ranks }, data) {
  const countries = partsOf(data, "neighbour").filter(({ id }) => places[id])
    .map(({ id, properties }) => ({ text: properties[name], at: places[id], kind: "land", rank: ranks.country, to: 8 }));
  return [...countries, ...seas.map((sea) => ({ ...sea, rank: ranks.water, to: 9 }))];
}

/** The labels of oblasts, except for those whose names stand alone as "Oblast" in a language's pattern.
 * @param {{name: string, pattern: string, plain: string[], ranks: Record<string, number>}} settings
 * @param {Ground} data
 * @returns {Label[]} */
export const regionLabels = ({ name, pattern, plain, ranks }, data) => partsOf(data, "region").map(({ properties, geometry }) => ({
  text: plain.includes(properties.iso) ? properties[name] : filled(pattern, { name: properties[name] }),
  at: geometry.coordinates, kind: "region", rank: ranks.region, from: 6.75, to: 9,
}));

/** The labels of towns a little before their zoom; those without a name in the page's language later, the chief towns of
 * zones that Ukraine would leave always and before others.
 * @param {{ranks: Record<string, number>}} settings
 * @param {{towns: Town[]}} data
 * @param {string[]} [chief] their names
 * @returns {Label[]} */
export const townLabels = ({ ranks }, { towns }, chief = []) => towns.map(([lon, lat, text, zoom, big, named], place) => ({
  text, at: [lon, lat], dot: "town", from: chief.includes(text) ? 0 : zoom + (named ? -0.75 : 1), kind: big ? "town big" : "town",
  rank: (chief.includes(text) ? ranks.chief_town : zoom <= 6 ? ranks.large_town : ranks.town) + place / towns.length,
}));

/** @type {Record<Layer["draw"], (settings: any, data: any) => void>} */
const DRAW = {
  part: ({ part, pane, style }, data) => {
    const layer = /** @type {any} */ ({ type: "FeatureCollection", features: partsOf(data, part) });
    L.geoJSON(layer, /** @type {any} */ ({ pane, interactive: false, style: { ...style, className: `part-${part}` } })).addTo(theMap());
  },
  zones: (settings, data) => drawZones(data, pageData().about, settings, makeOpenable),
  countries: (settings, data) => addLabels(countryLabels(settings, data)),
  water: (settings, data) => drawWater(settings, partsOf(data, "water")),
  waters: (settings, data) => addLabels(waterLabels(settings, partsOf(data, "water"))),
  regions: (settings, data) => addLabels(regionLabels(settings, data)),
  towns: (settings, data) => addLabels(townLabels(settings, data, pageData().chiefTowns)),
};

/** @param {Layer} layer */
const isShape = ({ draw }) => draw === "part" || draw === "water" || draw === "zones";

/** @param {string} words */
function report(words) {
  const line = one("[data-state]");
  line.textContent = words;
  line.classList.toggle("failed", failed);
}

/** @param {unknown} error */
function fail(error) {
  if (failed) return;
  failed = true;
  report(pageData().texts.failed);
  console.error(error);
}

/** Draw a layer; the map is `data-zoned` once the zones are there, `data-shaped` once all shapes are.
 * @param {Layer} layer
 * @param {unknown} data */
async function drawInTurn(layer, data) {
  const { dataset } = theMap().getContainer();
  DRAW[layer.draw](layer, data);
  waiting.splice(waiting.indexOf(layer), 1);
  if (layer.draw === "zones") dataset.zoned = "true";
  if (!waiting.some(isShape)) {
    dataset.shaped = "true";
    report("");
  }
  if (performance.now() - since > SLICE_MS) {
    await pause();
    since = performance.now();
  }
  if (waiting.length === 0) await finish();
}

/** Names on the map and, once the page is there, all that can be done with it; then it is `data-drawn`. */
async function finish() {
  startLabels(theMap());
  await whole();
  finishDates().then(restoreTools).catch(console.error);
  startBack(); // after what the URL names is open
}

/** Fetch a layer and draw it in its turn, each a task of its own.
 * @param {Layer} layer */
export function drawLayer(layer) {
  waiting.push(layer);
  const data = layerOf(layer.source);
  data.catch(() => {});
  turn = turn.then(() => data).then((found) => drawInTurn(layer, found));
  turn.catch(fail);
}
