// @ts-check
/* Inside a frame: reports to the page around it how high the frame would have to be, again where it asks,
   and nothing else. */

const SHAPE = 0.72; // the map's height by its width
const [LEAST_PX, MOST_PX] = [340, 640];

/** How high a frame is to be, in pixels: what stands above and below the map, and a map of a good shape. The frame's
 * own height, and so that of the map in it, counts for nothing.
 * @param {number} body the height of all
 * @param {{width: number, height: number}} [map] as it is; a page without one is as high as it is */
export function wantedHeight(body, map) {
  if (!map) return Math.ceil(body);
  return Math.ceil(body - map.height + Math.min(MOST_PX, Math.max(LEAST_PX, map.width * SHAPE)));
}

function measured() {
  const grows = /** @type {HTMLElement | null} */ (document.querySelector("[data-grows]"));
  const map = grows ? { width: grows.clientWidth, height: grows.offsetHeight } : undefined;
  return wantedHeight(document.body.scrollHeight, map);
}

/** Report the height to the page around, whenever it changes and where that page asks. */
function start() {
  let reported = 0;
  const report = () => {
    const height = measured();
    if (height === reported) return;
    reported = height;
    window.parent.postMessage({ clausemap: { height } }, "*");
  };
  new ResizeObserver(report).observe(document.body);
  window.addEventListener("load", report);
  window.addEventListener("message", ({ data, source }) => {
    if (source !== window.parent || data?.clausemap?.ask !== "height") return;
    reported = 0;
    report();
  });
  report();
}

if (typeof window !== "undefined" && window.parent !== window) start();
