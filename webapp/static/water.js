// @ts-check
/* Rivers, standing water and drained beds: the smaller ones from nearer zooms on. */

import { filled } from "./page.js";
import { theMap } from "./state.js";

/** A river or a water of the layer of the ground: by its level maps begin to show it, its name stands at `label`.
 * @typedef {{properties: Record<string, any>, geometry: {type: string}}} Water */

/** How waters are drawn: options by kind and level, and the zooms of the levels.
 * @typedef {{pane: string, styles: Record<string, import("leaflet").PathOptions[]>, zooms: number[]}} WaterSettings */

/** How they are named: the property of the language, the pattern for a drained bed, the zooms of the levels.
 * @typedef {{name: string, drained: string, zooms: number[], ranks: Record<string, number>}} WaterNames */

const BED = "reservoir-bed";

/** Draw waters, each level as one layer that is there from its zoom on; areas above the rivers that run through them.
 * @param {WaterSettings} settings
 * @param {Water[]} waters */
export function drawWater({ pane, styles, zooms }, waters) {
  const map = theMap();
  const isRiver = (/** @type {Water} */ { properties }) => properties.kind === "river";
  const ordered = [...waters].sort((a, b) => Number(isRiver(b)) - Number(isRiver(a)));
  const levels = zooms.map((_, level) => L.geoJSON(
    /** @type {any} */ ({ type: "FeatureCollection", features: ordered.filter(({ properties }) => properties.level === level) }),
    /** @type {any} */ ({
      pane, interactive: false,
      style: (/** @type {Water} */ { properties }) => ({ ...(styles[properties.kind] ?? styles.water)[level], className: "part-water" }),
    }),
  ));
  const show = () => levels.forEach((layer, level) => {
    if (map.getZoom() >= zooms[level]) layer.addTo(map);
    else layer.remove();
  });
  map.on("zoomend", show);
  show();
}

/** The labels of waters, those after the first place of a name a zoom later; those without a name in the language have
 * none.
 * @param {WaterNames} settings
 * @param {Water[]} waters
 * @returns {import("./labels.js").Label[]} */
export function waterLabels({ name, drained, zooms, ranks }, waters) {
  return waters.filter(({ properties }) => properties[name]).flatMap(({ properties: { kind, level, label, [name]: full } }) => {
    const text = kind === BED ? filled(drained, { name: full }) : full;
    return label.map((/** @type {import("./state.js").Position} */ at, /** @type {number} */ place) =>
      ({ text, at, kind: "water", rank: ranks.river + level + place / 10, from: zooms[level] + Math.sign(place) }));
  });
}
