// @ts-check
/* What the modules of a map share while it is shown: what is drawn, opened, lit and hidden. Types stand here, too. */

/** A position as GeoJSON has it: longitude and latitude in degrees.
 * @typedef {[number, number]} Position */

/** Leaflet's options for a path, colours as custom properties of the page.
 * @typedef {import("leaflet").PathOptions} PathOptions */

/** How a kind of zone is drawn; `radius` in pixels for points, `halo` below what needs one.
 * @typedef {{path: PathOptions, halo?: PathOptions, radius?: number}} ZoneStyle */

/** What is known of a kind of zone: its pane, or none where that depends on the zone; whether no clause treats it,
 * whether its zones lie in one another, whether it is the line of contact.
 * @typedef {{pane: string | null, minor: boolean, nested: boolean, contact: boolean}} Kind */

/** What the layer of zones is drawn with: kinds and styles by key, `own` for the line of the own date, `held` for
 * what is Russian-held.
 * @typedef {{kinds: Record<string, Kind>, styles: Record<string, ZoneStyle>, own: Required<ZoneStyle>, held: PathOptions}} ZoneSettings */

/** What the page says of a zone; `within` is that a place lies in it.
 * @typedef {{kind: string, style: string, clause: string, name: string, label: string, within: string, onMap?: Omit<import("./labels.js").Label, "at">
 *   & {at?: Position} | null}} AboutZone */

/** What the scripts read of the page; `dates` are those of the control maps.
 * @typedef {object} PageData
 * @property {Record<string, string>} layers URLs of the layers that all dates share, by name
 * @property {{url: string, versions: Record<string, string>}} zones the URL of the layer of zones of a date, with blanks for it and for the version of its year
 * @property {Record<string, AboutZone>} about
 * @property {Record<string, import("./labels.js").Label>} sharedLabels labels of several zones, by the one that they open
 * @property {string[]} chiefTowns names of the largest town of each zone that Ukraine holds and a clause takes from it
 * @property {[words: string, zones: string[], short: string][]} headlines the fullest first, each with the zones of its figures
 * @property {Record<string, string>} texts
 * @property {import("./days.js").Dates} dates
 * @property {string} page URL of the page of a date, with a blank for it
 * @property {string} day the date of the control map that the page came with
 * @property {string} own the date of the control map behind the proposal's own date
 * @property {string} asked the date that was requested
 * @property {object} [tools] what the tools over the map read, where there are any */

/** A feature of a layer of zones.
 * @typedef {import("geojson").Feature<import("geojson").Geometry, {kind: string, partition: boolean, label?: Position | null}>
 *   & {id: string}} ZoneFeature */

/** A zone that is drawn: its layers are its halo and its shape, its style is the key of it.
 * @typedef {object} Zone
 * @property {string} id
 * @property {ZoneFeature} feature
 * @property {import("leaflet").GeoJSON[]} layers
 * @property {string} style
 * @property {import("leaflet").LatLngBounds} bounds
 * @property {import("./hits.js").Hittable} hittable
 * @property {Omit<AboutZone, "kind" | "style">} words */

/** A view of the map to go back to; without a centre, the first one.
 * @typedef {{center?: import("leaflet").LatLng, zoom?: number}} View */

/** A view that the map came to.
 * @typedef {{center: import("leaflet").LatLng, zoom: number}} Shown */

/** The zone whose panel is open: by which element, whether from a list, the zones under the point that was clicked, the
 * view to go back to, unless the reader chose another, and the view that it was shown in.
 * @typedef {{id: string, opener: HTMLElement | SVGElement, listed: boolean, here: string[], from?: View, shown?: Shown}} Opened */

/** The first view: what it shows, how, and where that came to be in the room that there was.
 * @typedef {object} Home
 * @property {import("leaflet").LatLngBoundsExpression} bounds
 * @property {import("leaflet").FitBoundsOptions} options
 * @property {boolean} refitting
 * @property {Shown} [view] */

export const state = {
  /** @type {import("leaflet").Map | undefined} */
  map: undefined,
  /** Zones that are drawn, by id. @type {Map<string, Zone>} */
  zones: new Map(),
  /** Ids of zones that the reader hid, also of those that are not there on the date shown. @type {Set<string>} */
  hidden: new Set(),
  /** Ids of zones that are lit; without any, all look as they are. @type {Set<string>} */
  lit: new Set(),
  /** The clause that is lit, or none. */
  clause: "",
  /** @type {Opened | undefined} */
  opened: undefined,
  /** @type {Home | undefined} */
  home: undefined,
  /** Shows the view that the URL names, until the reader does something. @type {(() => void) | undefined} */
  requestedView: undefined,
  /** The date of the control map that is shown; empty before all is drawn. */
  day: "",
};

/** The map. Throws where it is not there yet.
 * @returns {import("leaflet").Map} */
export function theMap() {
  if (!state.map) throw new Error("the map is not there yet");
  return state.map;
}
