// @ts-check
/* A drawing in the fragment of an address: steps from point to point in millionths of a degree, compressed. No server
   sees it. */

import { MOST_POINTS } from "./checking.js";
import { linesOf } from "./rings.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {import("./rings.js").Drawing} Drawing */

const [UNIT, MOST_CHARACTERS, MOST_TEXT] = [1e6, 200000, 600000];
const FORM = "deflate-raw";

/** @param {Drawing} drawing
 * @returns {Promise<string>} */
export async function packDrawing(drawing) {
  const words = `${drawing.kind},${linesOf(drawing).filter(({ length }) => length).map(steps).join(";")}`;
  const packed = new Blob([words]).stream().pipeThrough(new CompressionStream(FORM));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {Position[]} line */
function steps(line) {
  let before = [0, 0];
  return line.map((point) => {
    const now = point.map((degrees) => Math.round(degrees * UNIT));
    const step = [now[0] - before[0], now[1] - before[1]];
    before = now;
    return step;
  }).join(",");
}

/** The drawing in a text of ``packDrawing``. Throws where it is none.
 * @param {string} text
 * @returns {Promise<Drawing>} */
export async function unpackDrawing(text) {
  if (text.length > MOST_CHARACTERS) throw new RangeError("too long");
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  const words = await inflated(bytes);
  const kind = words.slice(0, words.indexOf(","));
  const lines = words.slice(kind.length + 1).split(";").map((line) => line.split(","));
  if ((kind !== "line" && kind !== "area") || (kind === "line" && lines.length > 1)) throw new TypeError("no drawing");
  if (lines.some(({ length }) => length % 2) || lines.flat().length / 2 > MOST_POINTS) throw new TypeError("no drawing");
  const [points, ...others] = lines.map(stepped);
  return others.length ? { kind, points, others, at: 0 } : { kind, points };
}

/** @param {string[]} words */
function stepped(words) {
  let [lon, lat] = [0, 0];
  return Array.from({ length: words.length / 2 }, (_, place) => {
    [lon, lat] = [lon + whole(words[2 * place]), lat + whole(words[2 * place + 1])];
    return /** @type {Position} */ ([lon / UNIT, lat / UNIT]);
  });
}

/** @param {string} word */
function whole(word) {
  if (!/^-?\d{1,9}$/.test(word)) throw new TypeError("no number");
  return Number(word);
}

/** Text of compressed bytes; throws where it is longer than any drawing.
 * @param {BlobPart} bytes */
async function inflated(bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(FORM)).getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > MOST_TEXT) {
      await reader.cancel();
      throw new RangeError("too long");
    }
  }
  return text;
}
