// @ts-check
/* Two sides on maps that move together: one over the other with a line to move, or side by side. */

/** @typedef {{name: string, zones: string, styles: Record<string, string>}} Side */
/** @typedef {{path: L.PathOptions, halo?: L.PathOptions}} Look */
/** @typedef {{sides: Side[], differences: string, ground: string, towns: string, styles: Record<string, Look>,
 *   base: [part: string, style: L.PathOptions][], held: L.PathOptions, bounds: number[], texts: Record<string, string>}} Data */
/** @typedef {[lon: number, lat: number, text: string, zoom: number]} Town */

const NEAREST_ZOOM = 9.5;
const DIFFERENCE_PX = 1.6;
const TOWNS_FROM = 1; // zooms later than on the map page, which has room for more
/** Panes from below, each with its z-index. @type {Record<string, number>} */
const PANES = { ground: 300, held: 305, zones: 400, outlines: 410, lines: 430, differences: 440 };
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
const load = (url) => fetch(url).then((response) => {
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
});

/** @param {HTMLElement} place */
function makeMap(place) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(place, {
    attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.75, maxZoom: NEAREST_ZOOM,
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

/** Names of towns, more of them the nearer the map is.
 * @param {L.Map} map @param {{towns: Town[]}} list */
function addTowns(map, { towns }) {
  const group = L.layerGroup().addTo(map);
  const fill = () => {
    group.clearLayers();
    for (const [lon, lat, text, zoom] of towns.filter((town) => town[3] + TOWNS_FROM <= map.getZoom() && map.getBounds().contains([town[1], town[0]]))) {
      const icon = L.divIcon({ className: "town", html: Object.assign(document.createElement("span"), { textContent: text, title: String(zoom) }), iconSize: [0, 0], iconAnchor: [-7, 6] });
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
  const [west, south, east, north] = data.bounds;
  for (const map of maps) map.fitBounds([[south, west], [north, east]], { animate: false });
  L.control.zoom({ position: "bottomleft", zoomInTitle: data.texts.zoom_in, zoomOutTitle: data.texts.zoom_out }).addTo(maps[0]);
  const [ground, towns, differences, ...zones] = await Promise.all([data.ground, data.towns, data.differences, ...data.sides.map((side) => side.zones)].map(load));
  const differing = { type: "FeatureCollection", features: differences.features.filter((/** @type {any} */ one) => one.properties.differs) };
  maps.forEach((map, place) => {
    drawBase(map, ground);
    drawZones(map, data.sides[place], zones[place]);
    draw(map, differing, "differences", { className: "difference", weight: DIFFERENCE_PX });
    addTowns(map, towns);
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
