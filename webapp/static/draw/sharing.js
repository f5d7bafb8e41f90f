// @ts-check
/* A drawing in the fragment of an address: steps from point to point in millionths of a degree, compressed. No server
   sees it. */

import { MOST_POINTS } from "./checking.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {import("./measuring.js").Drawing} Drawing */

const [UNIT, MOST_CHARACTERS, MOST_TEXT] = [1e6, 200000, 600000];
const FORM = "deflate-raw";

/** @param {Drawing} drawing
 * @returns {Promise<string>} */
export async function packDrawing({ kind, points }) {
  let before = [0, 0];
  const steps = points.flatMap((point) => {
    const now = point.map((degrees) => Math.round(degrees * UNIT));
    const step = [now[0] - before[0], now[1] - before[1]];
    before = now;
    return step;
  });
  const packed = new Blob([[kind, ...steps].join(",")]).stream().pipeThrough(new CompressionStream(FORM));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The drawing in a text of ``packDrawing``. Throws where it is none.
 * @param {string} text
 * @returns {Promise<Drawing>} */
export async function unpackDrawing(text) {
  if (text.length > MOST_CHARACTERS) throw new RangeError("too long");
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  const [kind, ...steps] = (await inflated(bytes)).split(",");
  if ((kind !== "line" && kind !== "area") || steps.length % 2 || steps.length / 2 > MOST_POINTS) throw new TypeError("no drawing");
  let [lon, lat] = [0, 0];
  const points = Array.from({ length: steps.length / 2 }, (_, place) => {
    [lon, lat] = [lon + whole(steps[2 * place]), lat + whole(steps[2 * place + 1])];
    return /** @type {Position} */ ([lon / UNIT, lat / UNIT]);
  });
  return { kind, points };
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
