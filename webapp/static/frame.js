/* For pages of other sites: gives every frame with a map of ours the height that it asks for. Where the script itself
   was loaded from says nothing, since sites bundle, inline and delay scripts. They also join it to a file that ends
   without a semicolon, and all its lines into one. */
;(function () {
  "use strict";

  const [LEAST, MOST] = [320, 1600];

  const frames = () => [...document.querySelectorAll("iframe")];

  /** The origin that a frame was given, as messages from it have it: "null" in a sandbox that leaves it none, nothing
      for a frame without an address.
      @param {HTMLIFrameElement} frame */
  function origin(frame) {
    if (frame.hasAttribute("sandbox") !== frame.sandbox.contains("allow-same-origin")) return "null";
    try {
      return new URL(frame.src).origin;
    } catch {
      return "";
    }
  }

  window.addEventListener("message", event => {
    const height = event.data?.clausemap?.height;
    if (!Number.isFinite(height)) return;
    const frame = frames().find(one => one.contentWindow === event.source);
    if (!frame || origin(frame) !== event.origin) return;
    frame.style.height = `${Math.min(MOST, Math.max(LEAST, height))}px`;
  });

  /* A frame that was ready before this script has told nobody its height: it is asked again. */
  for (const frame of frames()) {
    if (frame.src.includes("/embed/")) frame.contentWindow?.postMessage?.({ clausemap: { ask: "height" } }, "*");
  }
})();
