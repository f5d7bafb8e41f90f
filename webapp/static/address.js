/* The address of the page holds its whole state: day, zone, clause, what is hidden, and the view. */
(function (clausemap) {
  "use strict";

  const WAIT_MS = 300; // browsers slow down a page that writes its address all the time
  const KEYS = ["zone", "clause", "off", "view"];
  const state = new URLSearchParams(location.search);
  let timer;

  function query() {
    const kept = new URLSearchParams(state);
    for (const key of KEYS) if (!kept.get(key)) kept.delete(key);
    return kept.size ? `?${kept}` : "";
  }

  function current() {
    return query() || location.pathname;
  }

  /** The links that lead to this view: in the panel, and the same page in other languages. */
  function link() {
    document.querySelectorAll("[data-panel] [data-view]").forEach((one) => { one.href = current(); });
    for (const one of document.querySelectorAll(".languages a")) {
      one.href = one.pathname + query();
    }
    embed();
  }

  /** The code for other sites shows what is shown here. */
  function embed() {
    const shown = query().replaceAll("&", "&amp;");
    for (const field of document.querySelectorAll("[data-embed]")) {
      field.value = field.value.replace(/src="([^"?]*)[^"]*"/, (_, address) => `src="${address}${shown}"`);
    }
  }

  function write(changes) {
    for (const [key, value] of Object.entries(changes)) state.set(key, value);
    link();
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, "", current()), WAIT_MS);
  }

  /** Copy the address of this view, or what stands in a field; where that is not allowed the field is selected. */
  async function copy(field) {
    clearTimeout(timer);
    history.replaceState(null, "", current());
    field?.select();
    await navigator.clipboard.writeText(field ? field.value : location.href);
    clausemap.say("copied");
  }

  function viewOf(map) {
    const { lat, lng } = map.getCenter();
    return [map.getZoom(), lat.toFixed(3), lng.toFixed(3)].join(",");
  }

  /** Show the view that the address asks for, whatever room the map will have, until the reader does something. */
  function ask(map, show) {
    map.asked = show;
    const forget = () => { map.asked = undefined; };
    for (const act of ["pointerdown", "wheel", "keydown"]) document.addEventListener(act, forget, { once: true, passive: true, capture: true });
    show();
  }

  /** Take the view from the address, and write it down from then on where it is not the first one. */
  function watch(map) {
    const [zoom, lat, lon] = (state.get("view") || "").split(",").map(Number);
    const there = [zoom, lat, lon].every(Number.isFinite) && L.latLngBounds(map.options.maxBounds).contains([lat, lon]);
    if (there) ask(map, () => map.setView([lat, lon], zoom, { animate: false }));
    map.on("moveend", () => write({ view: map.atHome() ? "" : viewOf(map) }));
  }

  /** What the address asks for once all is drawn. A zone may stand behind #, too, as in links that need no script. */
  function restore() {
    const off = (state.get("off") || "").split(",").filter((id) => clausemap.zones.has(id));
    if (off.length) clausemap.hide(off, true);
    clausemap.enlivenClauses();
    const clause = state.get("clause");
    if (clause) clausemap.chooseClause(clause, { say: false });
    const named = [...clausemap.zones.keys()].find((id) => location.hash === `#zone-${id}`);
    const zone = named || state.get("zone");
    const opener = zone && document.querySelector(`[data-opens="${CSS.escape(zone)}"], [data-zone-shape="${CSS.escape(zone)}"]`);
    if (opener && clausemap.zones.has(zone)) openFirst(zone, opener, named);
    link();
  }

  /** Open a zone at the map: where it stands behind #, the browser itself would scroll to its words below. */
  function openFirst(zone, opener, named) {
    clausemap.openZone(zone, opener, true);
    if (!named) return;
    const toMap = () => document.getElementById("map").scrollIntoView({ block: "start" });
    if (document.readyState === "complete") toMap();
    else window.addEventListener("load", () => setTimeout(toMap));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy-view], [data-copies]");
    if (button) copy(document.getElementById(button.dataset.copies)).catch(() => {});
  });

  clausemap.address = { write, link, watch, restore };
})(window.clausemap = window.clausemap || {});
