// @ts-check
/* A drawing as a proposal file, which `clausemap proposals check` takes for a draft. */

import { rounded } from "./files.js";
import { polygonsIn } from "./rings.js";

/** @typedef {import("../state.js").Position} Position */
/** The parts of such a file, with blanks: its head, drawn zones by their ids, what lies around them.
 * @typedef {Record<"head" | "drawn-area" | "drawn-side" | "drawn-buffer" | "rest", string>} Parts */

export const PROPOSAL_ID = "drawn-proposal";

/** Polygons as TOML writes them, as JSON does.
 * @param {Position[][]} rings closed */
const written = (rings) => JSON.stringify(polygonsIn(rings).map((polygon) => polygon.map((ring) => ring.slice(0, -1).map(rounded))));

/** The text of a proposal file.
 * @param {Parts} parts
 * @param {{kind: "line" | "area", date: string, side: Position[][], buffer?: {km: number, rings: Position[][]}}} drawn
 * @returns {string} */
export function proposalText(parts, { kind, date, side, buffer }) {
  const head = parts.head.replaceAll("{id}", PROPOSAL_ID).replaceAll("{date}", date);
  const own = parts[kind === "line" ? "drawn-side" : "drawn-area"].replace("{polygons}", written(side));
  const near = buffer ? parts["drawn-buffer"].replaceAll("{km}", String(buffer.km)).replace("{polygons}", written(buffer.rings)) : "";
  return head + own + near + parts.rest;
}
