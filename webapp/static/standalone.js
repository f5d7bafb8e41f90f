// @ts-check
/* What a map that stands alone does beside Folium: controls in its language, keys, the view and labels. */

import { shareGestures } from "./gestures.js";
import { foreignIn } from "./grounds.js";
import { addLabels, startLabels } from "./labels.js";
import { addExactness, addScale } from "./scale.js";
import { shapeOf } from "./shapes.js";

/** @typedef {object} Setup
 * @property {Record<string, string>} texts
 * @property {L.LatLngBoundsExpression} frame what is never left
 * @property {L.LatLngBoundsExpression} bounds what is shown at first
 * @property {L.PointExpression} padding
 * @property {number} exactness_zoom from which the map says how exact it is
 * @property {Record<string, string>} names what each zone is, by its id
 * @property {import("./labels.js").Label[]} labels
 * @property {Record<string, string | null>} likes of each zone on which no name of another should stand, what it has in common with its like; of the line, none */

/** Each zone can be reached with Tab and says what it is.
 * @param {L.Map} map
 * @param {Record<string, string>} names */
function nameShapes(map, names) {
  map.eachLayer((/** @type {any} */ layer) => {
    const id = layer.feature?.id;
    if (!layer.options.interactive || !Object.hasOwn(names, id)) return;
    const said = { tabindex: 0, role: "img", "aria-label": names[id], "data-zone": id };
    for (const [name, value] of Object.entries(said)) layer.getElement().setAttribute(name, String(value));
  });
}

/** The zones of a map on which no name of another should stand, each once.
 * @param {L.Map} map
 * @param {Setup["likes"]} likes */
function groundsOf(map, likes) {
  /** @type {Map<string, import("./grounds.js").Ground>} */
  const found = new Map();
  map.eachLayer((/** @type {any} */ { feature }) => {
    if (Object.hasOwn(likes, feature?.id)) found.set(feature.id, { like: likes[feature.id] ?? undefined, shape: shapeOf(feature.geometry) });
  });
  return [...found.values()];
}

/** Show the first view in the room that there is, unless the reader moved the map.
 * @param {L.Map} map
 * @param {Setup} setup */
function fitter(map, { frame, bounds, padding }) {
  /** @type {{center: L.LatLng, zoom: number} | undefined} */
  let home;
  return () => {
    map.invalidateSize({ animate: false });
    const moved = home && (home.zoom !== map.getZoom() || !home.center.equals(map.getCenter(), 0.01));
    map.options.minZoom = 0; // else Leaflet takes the one of the former size for the least
    map.setMinZoom(map.getBoundsZoom(frame, true));
    if (moved) return;
    map.fitBounds(bounds, { padding, animate: false });
    home = { center: map.getCenter(), zoom: map.getZoom() };
  };
}

/** What is called once the map and its layers are there.
 * @param {L.Map} map
 * @param {Setup} setup */
export function standalone(map, setup) {
  const { texts, names, labels } = setup;
  L.control.zoom({ zoomInTitle: texts.zoom_in, zoomOutTitle: texts.zoom_out }).addTo(map);
  addScale(map, texts);
  addExactness(map, texts.exactness, setup.exactness_zoom);
  shareGestures(map, /** @type {any} */ (texts));
  map.getContainer().setAttribute("role", "group");
  map.getContainer().setAttribute("aria-label", texts.label);
  const fit = fitter(map, setup);
  fit(); // until then no layer is there
  nameShapes(map, names);
  addLabels(labels);
  const grounds = groundsOf(map, setup.likes);
  startLabels(map, (view) => foreignIn(grounds, view));
  new ResizeObserver(fit).observe(map.getContainer());
}
