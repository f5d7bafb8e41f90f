// @ts-check
/* The labels of countries, seas, oblasts, towns and waters, from the layers that they stand in. */

import { filled } from "./page.js";

/** @typedef {import("./labels.js").Label} Label */
/** @typedef {import("./state.js").Position} Position */
/** @typedef {import("./water.js").Water} Water */

/** A point of the layer of the area, or a shape of it, by the part that it belongs to.
 * @typedef {{id: string, properties: Record<string, string>, geometry: {type: string, coordinates: any}}} GroundFeature */
/** @typedef {{features: GroundFeature[]}} Ground */
/** A town: longitude, latitude, name, the zoom that it is shown from, whether it is big, whether it has a name in the
 * page's language.
 * @typedef {[lon: number, lat: number, text: string, zoom: number, big: boolean, named: boolean]} Town */
/** How waters are named: the property of the language, the pattern for a drained bed, the zooms of the levels.
 * @typedef {{name: string, drained: string, zooms: number[], ranks: Record<string, number>}} WaterNames */

const BED = "reservoir-bed";

/** @param {Ground} data @param {string} part */
export const partsOf = (data, part) => data.features.filter(({ properties }) => properties.part === part);

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

/** The labels of waters, those after the first place of a name a zoom later; those without a name in the language have
 * none.
 * @param {WaterNames} settings
 * @param {Water[]} waters
 * @returns {Label[]} */
export function waterLabels({ name, drained, zooms, ranks }, waters) {
  return waters.filter(({ properties }) => properties[name]).flatMap(({ properties: { kind, level, label, [name]: full } }) => {
    const text = kind === BED ? filled(drained, { name: full }) : full;
    return label.map((/** @type {Position} */ at, /** @type {number} */ place) =>
      ({ text, at, kind: "water", rank: ranks.river + level + place / 10, from: zooms[level] + Math.sign(place) }));
  });
}
