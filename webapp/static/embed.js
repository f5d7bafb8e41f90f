/* Inside a frame: tells the page around it how high the frame would have to be, again where it asks,
   and nothing else. */
(function () {
  "use strict";

  const SHAPE = 0.72; // the map's height by its width
  const [LEAST, MOST] = [340, 640];
  const grows = document.querySelector("[data-grows]");
  let told = 0;

  /** What stands above and below the map, and a map of a good shape: the frame's own height counts for nothing. */
  function wanted() {
    if (!grows) return Math.ceil(document.body.scrollHeight);
    const map = Math.min(MOST, Math.max(LEAST, grows.clientWidth * SHAPE));
    return Math.ceil(document.body.scrollHeight - grows.offsetHeight + map);
  }

  function tell() {
    const height = wanted();
    if (height === told) return;
    told = height;
    window.parent.postMessage({ clausemap: { height } }, "*");
  }

  if (window.parent === window) return;
  new ResizeObserver(tell).observe(document.body);
  window.addEventListener("load", tell);
  window.addEventListener("message", ({ data, source }) => {
    if (source !== window.parent || data?.clausemap?.ask !== "height") return;
    told = 0;
    tell();
  });
  tell();
})();
