// @ts-check
/* What is drawn on: the map below, and what a drawing is measured against, read once for each proposal and date. */

import { foreignIn } from "../grounds.js";
import { addLabels, startLabels } from "../labels.js";
import { countryLabels, partsOf, regionLabels, townLabels, waterLabels } from "../names.js";
import { once } from "../page.js";
import { shapeOf } from "../shapes.js";
import { drawWater } from "../water.js";
import { edgesOf, sortIntoBands } from "./bands.js";
import { polygonsOf, prepareUnits } from "./dividing.js";
import { joined } from "./reading.js";
import { outlineOf } from "./sides.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {{id: string, properties: Record<string, any>, geometry: any}} Feature */
/** What the script reads of the page.
 * @typedef {{map: import("./sides.js").Box, files: Record<string, string>, name: string, names: Record<string, any>, water: import("../water.js").WaterSettings,
 *   wholeUnits: Record<string, number>,
 *   proposals: Record<string, {own: string, view: [[south: number, west: number], [north: number, east: number]], images: string, looks: Record<string, string>,
 *     dates: import("../days.js").Dates, layer: string}>,
 *   styles: Record<string, any>, proposalFile: import("./proposing.js").Parts, texts: Record<string, string>}} DrawData */
/** @typedef {{features: Feature[], against: import("./measuring.js").Against, contact: Position[][]}} Ground */

const load = (/** @type {string} */ url) => once(url, (response) => response.json());
/** The panes of the parts of the map below: what lies around Ukraine hides the tint of a side. @type {Record<string, string>} */
const PANES = { land: "ground", sea: "around", neighbour: "around", oblasts: "outlines", coast: "outlines", border: "outlines" };
/** @type {Promise<{oblasts: import("./dividing.js").Units, country: import("./sides.js").Country, features: Feature[]}> | undefined} */
let reading;
/** What names of others keep off: the zones that are drawn, and the line of contact. @type {import("../grounds.js").Ground[]} */
let grounds = [];

/** Oblasts and their outline, which all proposals share.
 * @param {DrawData} data */
function oblastsOf(data) {
  reading ??= load(data.files.oblasts).then(({ features }) => {
    const oblasts = prepareUnits(features);
    return { oblasts, country: outlineOf(oblasts.units), features };
  });
  reading.catch(() => { reading = undefined; });
  return reading;
}

/** The names of oblasts by their code.
 * @param {DrawData} data
 * @returns {Promise<Map<string, string>>} */
export const namesOfOblasts = async (data) => new Map((await oblastsOf(data)).features.map(({ id, properties }) => [id, properties[data.name]]));

/** What a drawing is measured against: the zones of a date.
 * @param {DrawData} data
 * @param {string} url
 * @returns {Promise<Ground>} */
export async function readGround(data, url) {
  const [{ oblasts, country }, layer, places] = await Promise.all([oblastsOf(data), load(url), load(data.files.places)]);
  /** @type {Feature[]} */
  const features = layer.features;
  const lines = features.filter(({ properties }) => properties.kind === "line").flatMap(({ geometry }) => linesIn(geometry));
  const contact = { from: lines.flatMap((line) => line.slice(0, -1)), to: lines.flatMap((line) => line.slice(1)) };
  const zones = prepareUnits(features.filter(({ properties }) => properties.partition));
  const against = { map: data.map, oblasts, country, zones, contact, settlements: settlementsOf(data, places) };
  return { features, against, contact: joined(lines).sort((one, other) => other.length - one.length) };
}

/** @param {any} geometry
 * @returns {Position[][]} */
const linesIn = ({ type, coordinates }) => (type === "LineString" ? [coordinates] : type === "MultiLineString" ? coordinates : []);

/** @param {DrawData} data
 * @param {{languages: string[], oblasts: string[][], places: any[][]}} file */
function settlementsOf({ wholeUnits }, { languages, oblasts, places }) {
  const own = 5 + Math.max(languages.indexOf(document.documentElement.lang), 0);
  return places.map((row) => {
    const [id, lon, lat, population, oblast] = row;
    const iso = oblasts[oblast][0];
    return { at: /** @type {Position} */ ([lon, lat]), people: (wholeUnits[iso] ?? id) === id ? population : 0, name: row[own] || row[5 + Math.max(languages.indexOf("en"), 0)] };
  });
}

/** A zone as a drawing: all its parts with their holes.
 * @param {Feature} feature
 * @returns {import("./rings.js").Drawing} */
export function drawingOfZone({ geometry }) {
  const [points, ...others] = polygonsOf(geometry).flat().map((ring) => ring.slice(0, -1)).sort((one, other) => other.length - one.length);
  return others.length ? { kind: "area", points, others, at: 0 } : { kind: "area", points };
}

/** What points snap to: oblasts, the line of contact, rivers.
 * @param {DrawData} data
 * @param {Ground} ground */
export async function readSnapLines(data, ground) {
  const rivers = (await load(data.files.rivers)).features.flatMap((/** @type {Feature} */ { geometry }) => linesIn(geometry));
  const sorted = sortIntoBands({ from: rivers.flatMap((/** @type {Position[]} */ line) => line.slice(0, -1)), to: rivers.flatMap((/** @type {Position[]} */ line) => line.slice(1)) });
  const outlines = ground.against.oblasts.units.flatMap(({ outlines: all }) => all.map(({ points }) => points));
  return [sortIntoBands(ground.against.contact), sortIntoBands(edgesOf(outlines)), sorted];
}

/** Draw the map below, with its names.
 * @param {L.Map} map
 * @param {DrawData} data */
export async function drawBase(map, { files, styles, water, names }) {
  const [ground, towns] = await Promise.all([load(files.ground), load(files.towns)]);
  const { features } = ground;
  for (const part of Object.keys(PANES)) {
    const shapes = /** @type {any} */ ({ type: "FeatureCollection", features: features.filter((/** @type {Feature} */ { properties }) => properties.part === part) });
    const style = { ...styles[part === "neighbour" ? "neighbours" : part], className: `part-${part}` };
    L.geoJSON(shapes, /** @type {any} */ ({ pane: PANES[part], interactive: false, style })).addTo(map);
  }
  const waters = /** @type {any} */ (partsOf(ground, "water"));
  drawWater(water, waters);
  addLabels([
    ...countryLabels(names.countries, ground), ...waterLabels(names.waters, waters), ...regionLabels(names.regions, ground), ...townLabels(names.towns, towns),
  ]);
  startLabels(map, (view) => foreignIn(grounds, view));
}

/** Draw the zones of a date, those that the proposal's own date has not in the look of their kind.
 * @param {L.LayerGroup} layers
 * @param {Feature[]} features
 * @param {Record<string, any>} styles
 * @param {Record<string, string>} looks the style of each zone by its id */
export function drawZones(layers, features, styles, looks) {
  layers.clearLayers();
  const parting = features.filter(({ properties }) => properties.partition || properties.kind === "line");
  grounds = parting.map(({ properties: { partition, clause, kind }, geometry }) => ({ like: partition ? `${clause} ${kind}` : undefined, shape: shapeOf(geometry) }));
  for (const feature of parting) {
    const look = styles[looks[feature.id] ?? feature.properties.kind];
    if (!look) continue;
    const pane = feature.properties.partition ? "zones" : "outlines";
    for (const path of [look.halo, look.path].filter(Boolean)) {
      L.geoJSON(/** @type {any} */ (feature), /** @type {any} */ ({ pane, interactive: false, style: path })).addTo(layers);
    }
  }
  addLabels([]); // those that there are, in other places
}
