/* Times measuring a line of 2,000 points that moves; a name and ms a line. */

import { readFileSync } from "node:fs";

import { prepareUnits } from "../webapp/static/draw/dividing.js";
import { measure, measureBuffer } from "../webapp/static/draw/measuring.js";
import { outlineOf } from "../webapp/static/draw/sides.js";

const read = (path) => JSON.parse(readFileSync(new URL(`../layers/data/${path}`, import.meta.url), "utf8"));
const { features } = read("us-28-points/2025-11-20.geojson");
const oblasts = prepareUnits(read("context/oblasts.geojson").features);
const lines = features.filter(({ properties }) => properties.kind === "line").flatMap(({ geometry }) => geometry.coordinates);
const against = {
  map: { west: 20, south: 41.2, east: 45.5, north: 53.85 }, oblasts, country: outlineOf(oblasts.units),
  zones: prepareUnits(features.filter(({ properties }) => properties.partition)),
  contact: { from: lines.flatMap((line) => line.slice(0, -1)), to: lines.flatMap((line) => line.slice(1)) },
  settlements: read("display/places.json").places.map(([, lon, lat, people]) => ({ at: [lon, lat], people, name: "" })),
};
const lineOf = (turn) => Array.from({ length: 2000 }, (_, place) => [34 + Math.sin(place / 60 + turn) / 2, 43.5 + place * 9.5 / 2000]);

for (let turn = 0; turn < 5; turn += 1) measure({ kind: "line", points: lineOf(turn / 100) }, against); // warm
for (let turn = 5; turn < 35; turn += 1) {
  const [since, used] = [performance.now(), process.cpuUsage()];
  measure({ kind: "line", points: lineOf(turn / 100) }, against);
  const { user, system } = process.cpuUsage(used);
  console.log("drawing", performance.now() - since);
  console.log("drawing, of processors", (user + system) / 1000);
}
for (const km of [2, 10, 50]) {
  for (let turn = 0; turn < 7; turn += 1) {
    const drawing = { kind: "line", points: lineOf(turn / 100) };
    const { figures } = measure(drawing, against);
    const [since, used] = [performance.now(), process.cpuUsage()];
    measureBuffer(drawing, figures, against, km);
    const { user, system } = process.cpuUsage(used);
    if (turn > 1) console.log(`buffer of ${km} km`, performance.now() - since);
    if (turn > 1) console.log(`buffer of ${km} km, of processors`, (user + system) / 1000);
  }
}
