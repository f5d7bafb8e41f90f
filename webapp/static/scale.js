// @ts-check
/* What a map says of its scale and of how exact it is. */

const SCALE_PX = 110;

/** The words of the scale, in kilometres from one on.
 * @param {number} metres
 * @param {Record<string, string>} texts */
export const scaleText = (metres, { m, km }) => (metres < 1000 ? m.replace("{n}", String(metres)) : km.replace("{n}", String(metres / 1000)));

/** @param {import("leaflet").Map} map @param {Record<string, string>} texts */
export function addScale(map, texts) {
  const scale = /** @type {any} */ (L.control.scale({ imperial: false, maxWidth: SCALE_PX }));
  scale._updateMetric = (/** @type {number} */ metres) => {
    const round = scale._getRoundNum(metres);
    scale._updateScale(scale._mScale, scaleText(round, texts), round / metres);
  };
  scale.addTo(map);
}

/** How exact the map is, near the zoom where the data end.
 * @param {import("leaflet").Map} map
 * @param {string} words
 * @param {number} fromZoom */
export function addExactness(map, words, fromZoom) {
  const control = new L.Control({ position: "bottomleft" });
  control.onAdd = () => {
    const note = L.DomUtil.create("p", "map-exactness");
    note.textContent = words;
    const follow = () => { note.hidden = map.getZoom() < fromZoom; };
    map.on("zoomend", follow);
    map.whenReady(follow);
    return note;
  };
  control.addTo(map);
}
