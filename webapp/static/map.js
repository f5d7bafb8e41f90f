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
import { countryLabels, partsOf, regionLabels, townLabels, waterLabels } from "./names.js";
import { layerOf, one, pageData, pause, whole } from "./page.js";
import { makeOpenable, settlePanel, startPanel } from "./panel.js";
import { addExactness, addScale } from "./scale.js";
import { state, theMap } from "./state.js";
import { restoreTools, startTools } from "./tools.js";
import { isStill, startView } from "./view.js";
import { drawWater } from "./water.js";
import { drawZones, groundsOf } from "./zones.js";

/** @typedef {import("./names.js").Ground} Ground */
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
  startLabels(theMap(), groundsOf);
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
