// @ts-check
/* Reads zones and places from standard input, and writes which zones a click at each place is meant for, by zoom. */

import { readFileSync } from "node:fs";

import { hittableOf, zonesUnder } from "../../webapp/static/hits.js";

/** @typedef {import("../../webapp/static/state.js").ZoneFeature} ZoneFeature */
/** @type {{zones: {feature: ZoneFeature, nested: boolean, radius?: number}[], zooms: number[], places: [number, number][]}} */
const { zones, zooms, places } = JSON.parse(readFileSync(0, "utf8"));
const hittable = zones.map(({ feature, nested, radius }) => hittableOf(feature, nested, radius));
process.stdout.write(JSON.stringify(zooms.map((zoom) => places.map((place) => zonesUnder(hittable, place, zoom)))));
