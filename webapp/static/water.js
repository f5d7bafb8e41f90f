// @ts-check
/* Rivers, standing water and drained beds: the smaller ones from nearer zooms on. */

import { theMap } from "./state.js";

/** A river or a water of the layer of the ground: by its level maps begin to show it, its name stands at `label`.
 * @typedef {{properties: Record<string, any>, geometry: {type: string}}} Water */

/** How waters are drawn: options by kind and level, and the zooms of the levels.
 * @typedef {{pane: string, styles: Record<string, import("leaflet").PathOptions[]>, zooms: number[]}} WaterSettings */

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
