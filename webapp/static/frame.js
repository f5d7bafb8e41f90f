/* For pages of other sites: gives every frame with a map of ours the height that it asks for. */
(function () {
  "use strict";

  const [LEAST, MOST] = [320, 1600];
  const ours = new URL(document.currentScript.src).origin;

  window.addEventListener("message", ({ data, origin, source }) => {
    const height = data?.clausemap?.height;
    if (origin !== ours || !Number.isFinite(height)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === source) frame.style.height = `${Math.min(MOST, Math.max(LEAST, height))}px`;
    }
  });
})();
