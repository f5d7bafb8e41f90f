// @ts-check
/* Two sides on maps that move together: one over the other with a line to move, or side by side. */

import { once } from "./page.js";

/** @typedef {{name: string, zones: string, styles: Record<string, string>}} Side */
/** @typedef {{path: L.PathOptions, halo?: L.PathOptions}} Look */
/** @typedef {{sides: Side[], differences: string, ground: string, towns: string, styles: Record<string, Look>,
 *   base: [part: string, style: L.PathOptions][], held: L.PathOptions, named: string[], texts: Record<string, string>}} Data */
/** @typedef {[west: number, south: number, east: number, north: number]} Box */
/** @typedef {{bbox: Box, properties: {differs: boolean, area_km2: number, left_clause: string | null, right_clause: string | null}}} Piece */
/** @typedef {[lon: number, lat: number, text: string, zoom: number]} Town */

const NEAREST_ZOOM = 9.5;
const DIFFERENCE_PX = 1.2;
const MARGIN_PX = 12;
const LEAST_KM2 = { differing: 1, alike: 1000 }; // smaller pieces make no first view wider
const TOWN_PX = { letter: 7, wide: 12, high: 14, apart: 4 }; // of a name, Chinese or Japanese signs are wide
/** Panes from below, each with its z-index. @type {Record<string, number>} */
const PANES = { ground: 300, held: 305, zones: 400, outlines: 410, veil: 420, lines: 430, differences: 440 };
const OUTLINES = ["oblasts", "coast", "border"];

const frame = /** @type {HTMLElement} */ (document.querySelector("[data-compare]"));
const panes = /** @type {HTMLElement} */ (frame.querySelector("[data-panes]"));
const state = /** @type {HTMLElement} */ (frame.querySelector("[data-state]"));
const range = /** @type {HTMLInputElement} */ (frame.querySelector("[data-divide] input"));
/** @type {Data} */
const data = JSON.parse(document.querySelector("#compare-data")?.textContent ?? "{}");
/** @type {L.Map[]} */
const maps = [];

/** @param {string} url */
const load = (url) => once(url, (response) => response.json());

/** @param {HTMLElement} place */
function makeMap(place) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(place, {
    attributionControl: false, zoomControl: false, zoomSnap: 0.1, zoomDelta: 0.75, maxZoom: NEAREST_ZOOM,
    zoomAnimation: false, fadeAnimation: !still, inertia: false, scrollWheelZoom: false,
  });
  for (const [name, height] of Object.entries(PANES)) Object.assign(map.createPane(name).style, { zIndex: String(height), pointerEvents: "none" });
  return map;
}

/** @param {L.Map} map @param {any} shapes @param {string} pane @param {L.PathOptions} style */
const draw = (map, shapes, pane, style) => L.geoJSON(shapes, /** @type {any} */ ({
  pane, interactive: false, style: { ...style, pane, smoothFactor: 0, noClip: true, interactive: false },
})).addTo(map);

/** @param {L.Map} map @param {{features: {properties: {part: string}}[]}} ground */
function drawBase(map, ground) {
  for (const [part, style] of data.base) {
    const features = ground.features.filter(({ properties }) => properties.part === part);
    draw(map, { type: "FeatureCollection", features }, OUTLINES.includes(part) ? "outlines" : "ground", style);
  }
}

/** @param {L.Map} map @param {Side} side @param {{held?: any, features: {id: string, geometry: {type: string}}[]}} zones */
function drawZones(map, side, zones) {
  if (zones.held) draw(map, zones.held, "held", data.held);
  for (const zone of zones.features.filter(({ id }) => id in side.styles)) {
    const { path, halo } = data.styles[side.styles[zone.id]];
    const pane = zone.geometry.type.endsWith("LineString") ? "lines" : "zones";
    if (halo) draw(map, zone, pane, halo);
    draw(map, zone, pane, path);
  }
}

/** Make all but the differing territory paler, and draw one line around that.
 * @param {L.Map} map @param {GeoJSON.MultiPolygon | GeoJSON.Polygon} differing */
function markDifferences(map, differing) {
  const rings = differing.type === "Polygon" ? differing.coordinates : differing.coordinates.flat();
  const world = [[-180, -80], [180, -80], [180, 80], [-180, 80], [-180, -80]];
  draw(map, { type: "Polygon", coordinates: [world, ...rings] }, "veil", { className: "veil", stroke: false });
  draw(map, differing, "differences", { className: "difference", weight: DIFFERENCE_PX });
}

/** The box around pieces. @param {Piece[]} pieces @returns {Box} */
function boxOf(pieces) {
  const [west, south, east, north] = [0, 1, 2, 3].map((side) => pieces.map(({ bbox }) => bbox[side]));
  return [Math.min(...west), Math.min(...south), Math.max(...east), Math.max(...north)];
}

/** The longitude in the middle of pieces, each by its area; NaN of none. @param {Piece[]} pieces */
function middleOf(pieces) {
  const total = pieces.reduce((sum, { properties }) => sum + properties.area_km2, 0);
  return pieces.reduce((sum, { bbox, properties }) => sum + properties.area_km2 * (bbox[0] + bbox[2]) / 2, 0) / total;
}

/** Show what differs and what a clause of either side covers, divided in the middle of what differs.
 * @param {Piece[]} pieces */
function frameTerritory(pieces) {
  const treated = pieces.filter(({ properties: { differs, area_km2, left_clause, right_clause } }) => (
    differs ? area_km2 >= LEAST_KM2.differing : area_km2 >= LEAST_KM2.alike && (left_clause || right_clause)));
  const [west, south, east, north] = boxOf(treated.length ? treated : pieces);
  for (const map of maps) map.fitBounds([[south, west], [north, east]], { animate: false, padding: [MARGIN_PX, MARGIN_PX] });
  const middle = middleOf(pieces.filter(({ properties }) => properties.differs));
  if (Number.isNaN(middle)) return;
  const at = maps[0].latLngToContainerPoint([(south + north) / 2, middle]).x / maps[0].getSize().x;
  range.value = String(Math.round(100 * at));
}

/** The box of a town's name on a map, in pixels. @param {L.Map} map @param {Town} town @returns {Box} */
function boxOfName(map, [lon, lat, text]) {
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  const long = [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? TOWN_PX.wide : TOWN_PX.letter), 0);
  return [x - TOWN_PX.apart, y - TOWN_PX.high / 2, x + long + 3 * TOWN_PX.apart, y + TOWN_PX.high / 2];
}

/** Large towns first. @param {Town} one @param {Town} other */
const byZoom = (one, other) => one[3] - other[3];

/** Whether a town may lie on a piece: other towns have the same name. @param {Piece} piece @param {Town} town */
const mayHold = ({ bbox: [west, south, east, north] }, [lon, lat]) => west <= lon && lon <= east && south <= lat && lat <= north;

/** The towns that have room, those first that the tables name.
 * @param {L.Map} map @param {Town[]} towns @param {Piece[]} differing */
function townsWithRoom(map, towns, differing) {
  const seen = towns.filter(([lon, lat]) => map.getBounds().contains([lat, lon]));
  const near = seen.filter((town) => differing.some((piece) => mayHold(piece, town)));
  const named = data.named.flatMap((name) => near.filter((town) => town[2] === name).sort(byZoom).slice(0, 1));
  const others = seen.filter((town) => town[3] <= map.getZoom() && !named.includes(town)).sort(byZoom);
  /** @type {Box[]} */
  const taken = [];
  return [...named, ...others].filter((town) => {
    const box = boxOfName(map, town);
    const free = taken.every((other) => box[0] > other[2] || box[2] < other[0] || box[1] > other[3] || box[3] < other[1]);
    if (free) taken.push(box);
    return free;
  });
}

/** Names of towns, more of them the nearer the map is.
 * @param {L.Map} map @param {{towns: Town[]}} list @param {Piece[]} differing */
function addTowns(map, { towns }, differing) {
  const group = L.layerGroup().addTo(map);
  const fill = () => {
    group.clearLayers();
    for (const [lon, lat, text] of townsWithRoom(map, towns, differing)) {
      const icon = L.divIcon({ className: "town", html: Object.assign(document.createElement("span"), { textContent: text }), iconSize: [0, 0], iconAnchor: [-7, 6] });
      L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(group);
    }
  };
  map.on("moveend", fill);
  fill();
}

/** Show on a map what another one shows; while that is dragged, nothing is drawn anew.
 * @param {L.Map} other @param {L.Map} map */
function follow(other, map) {
  if (other.getZoom() !== map.getZoom()) other.setView(map.getCenter(), map.getZoom(), { animate: false });
  else other.panBy(other.latLngToContainerPoint(map.getCenter()).subtract(other.getSize().divideBy(2)), { animate: false });
}

/** Let every map follow the one that the reader moves. */
function moveTogether() {
  let following = false;
  for (const map of maps) {
    map.on("move", () => {
      if (following) return;
      following = true;
      for (const other of maps) if (other !== map) follow(other, map);
      following = false;
    });
  }
}

function divide() {
  panes.style.setProperty("--divide", `${range.value}%`);
  range.setAttribute("aria-valuetext", `${range.value} %`);
}

/** @param {string} mode */
function show(mode) {
  const [map] = maps;
  const [center, zoom] = [map.getCenter(), map.getZoom()];
  panes.className = `panes ${mode}`;
  for (const button of frame.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.mode === mode));
  for (const one of maps) one.invalidateSize({ animate: false });
  map.setView(center, zoom, { animate: false });
  maps[1].setView(center, zoom, { animate: false });
}

async function start() {
  frame.hidden = false;
  maps.push(...[...panes.querySelectorAll("[data-chart]")].map((place) => makeMap(/** @type {HTMLElement} */ (place))));
  L.control.zoom({ position: "bottomleft", zoomInTitle: data.texts.zoom_in, zoomOutTitle: data.texts.zoom_out }).addTo(maps[0]);
  const [ground, towns, differences, ...zones] = await Promise.all([data.ground, data.towns, data.differences, ...data.sides.map((side) => side.zones)].map(load));
  frameTerritory(differences.features);
  maps.forEach((map, place) => {
    drawBase(map, ground);
    drawZones(map, data.sides[place], zones[place]);
    if (differences.differing.coordinates?.length) markDifferences(map, differences.differing);
    addTowns(map, towns, differences.features.filter((/** @type {Piece} */ { properties }) => properties.differs));
  });
  moveTogether();
  range.addEventListener("input", divide);
  divide();
  for (const button of frame.querySelectorAll("[data-mode]")) button.addEventListener("click", () => show(/** @type {HTMLElement} */ (button).dataset.mode ?? "swipe"));
  new ResizeObserver(() => maps.forEach((map) => map.invalidateSize({ animate: false }))).observe(panes);
  state.textContent = "";
  document.querySelector("[data-image]")?.setAttribute("hidden", "");
  frame.dataset.drawn = "true";
}

start().catch((error) => {
  state.textContent = data.texts.failed;
  frame.hidden = true;
  console.error(error);
});
