// @ts-check
/* The page to draw on: a line or areas, one at a time, by mouse, touch and keyboard. */

import { edgesOf, isInside, sortIntoBands } from "./bands.js";
import { daysIn, optionsOf, placeOf } from "../days.js";
import { all, filled, one, pageData } from "../page.js";
import { state } from "../state.js";
import { showFigures, showSum } from "./figures.js";
import { geojsonOf, openFile, saveFile } from "./files.js";
import { drawBase, drawZones, drawingOfZone, namesOfOblasts, readGround, readSnapLines } from "./ground.js";
import { beginHistory, record, redo, undo } from "./history.js";
import { lesserSide, measure, measureBuffer } from "./measuring.js";
import { createOutline, positionOf, showBuffer, showOutline, showRegion, underPointer } from "./outline.js";
import { positionText, showPoints } from "./points.js";
import { PROPOSAL_ID, proposalText } from "./proposing.js";
import { closed, editing, linesOf } from "./rings.js";
import { packDrawing, unpackDrawing } from "./sharing.js";
import { snapped } from "./snapping.js";

/** @typedef {import("../state.js").Position} Position */
/** @typedef {import("./rings.js").Drawing} Drawing */

const CONTACT = "contact";
const [SNAP_PX, STEP_PX, FINE_PX, MOVED_PX, VIEW_PX] = [10, 8, 1, 4, 12];
const REACH_PX = { mouse: 12, touch: 24 };
const [SAID_MS, WRITTEN_MS, RESTED_MS, QUICK_MS] = [900, 500, 250, 40];
const DEEPEST_KM = 50;
/** How the arrow keys move a point. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** @type {Drawing} */
const EMPTY = { kind: "line", points: [] };

let history = beginHistory(EMPTY);
/** What is shown: the drawing, or what it is while a point is moved. */
let drawing = EMPTY;
let chosen = -1;
let moving = false;
let adding = true;
let dragged = false;
/** @type {import("./ground.js").Ground | undefined} */
let ground;
/** @type {import("./bands.js").Bands[]} */
let snapLines = [];
/** @type {import("./figures.js").Names} */
const names = { oblasts: new Map(), zones: new Map() };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let writing;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let buffering;
let waiting = 0;
/** How long measuring the strip took last. */
let bufferMs = Infinity;

const data = () => /** @type {import("./ground.js").DrawData} */ (/** @type {unknown} */ (pageData()));
const texts = () => data().texts;
const select = (/** @type {string} */ selector) => /** @type {HTMLSelectElement} */ (one(selector));
const input = (/** @type {string} */ selector) => /** @type {HTMLInputElement} */ (one(selector));
const button = (/** @type {string} */ act) => /** @type {HTMLButtonElement} */ (one(`[data-act="${act}"]`));
const depthKm = () => Math.min(Math.max(input("[data-buffer]").valueAsNumber || 0, 0), DEEPEST_KM);
const say = (/** @type {string} */ words) => { one("[data-said]").textContent = words; };

const fewText = () => (drawing.kind === "line" ? texts().few : texts().few_area);

/** @param {string} problem key of a text; what was drawn stays */
function report(problem) {
  one("[data-problem]").textContent = problem ? (texts()[`problem_${problem}`] ?? fewText()) + (linesOf(drawing).flat().length ? texts().sentence + texts().kept : "") : "";
}

/** @param {L.Map} map @param {import("./outline.js").Outline} outline */
function createEditor(map, outline) {
  /** Show the drawing as it is now, and its figures in the next frame. */
  function show() {
    showOutline(outline, drawing, chosen);
    showPoints(drawing.points, chosen, moving, texts());
    showControls();
    one("[data-draw]").dataset.measured = "soon";
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      showMeasured();
    });
  }

  function showMeasured() {
    if (!ground) return;
    const found = measure(drawing, ground.against);
    const wrong = "problem" in found ? found.problem : "";
    one("[data-draw]").dataset.measured = wrong || "true";
    clearTimeout(buffering);
    showBuffer(outline, []);
    if ("figures" in found) {
      if (depthKm() && bufferMs < QUICK_MS) addBuffer(found.figures);
      else showFound(found.figures, undefined, depthKm() > 0);
    } else {
      one("[data-figures]").replaceChildren();
      one("[data-sum]").textContent = texts()[`problem_${wrong}`] ?? fewText();
    }
    showRegion(outline, "figures" in found ? found.figures.region : [], data().map);
    one("[data-map]").classList.toggle("wrong", Boolean(wrong) && wrong !== "few");
    one("[data-sum]").ariaBusy = "true"; // screen readers wait until it rests
    clearTimeout(saying);
    saying = setTimeout(() => { one("[data-sum]").ariaBusy = "false"; }, SAID_MS);
  }

  /** @param {import("./measuring.js").Figures} figures @param {import("./measuring.js").BufferFigures} [buffer] @param {boolean} [follows] */
  function showFound(figures, buffer, follows = false) {
    showFigures(figures, buffer, drawing.kind, names, texts());
    showSum(figures, buffer, drawing.kind, texts());
    one("[data-draw]").dataset.buffered = buffer ? String(buffer.km) : "";
    if (follows) bufferSoon(figures);
  }

  /** Say that the strip will follow, and add it once the drawing rests: of long lines it is dearer than the rest.
   * @param {import("./measuring.js").Figures} figures */
  function bufferSoon(figures) {
    one("[data-sum]").append(" ", texts().buffering);
    buffering = setTimeout(() => addBuffer(figures), RESTED_MS);
  }

  /** @param {import("./measuring.js").Figures} figures */
  function addBuffer(figures) {
    if (!ground) return;
    const since = performance.now();
    const buffer = measureBuffer(drawing, figures, ground.against, depthKm());
    bufferMs = performance.now() - since;
    showBuffer(outline, buffer.rings);
    showFound(figures, buffer);
  }

  /** Which of the areas is edited. */
  function showRings() {
    const rings = linesOf(drawing);
    const options = rings.map((_, place) => new Option(filled(texts().ring, { n: String(place + 1), all: String(rings.length) }), String(place)));
    select("[data-ring]").replaceChildren(...options, ...(drawing.points.length > 2 ? [new Option(texts().ring_more, String(rings.length))] : []));
    select("[data-ring]").value = String(drawing.at ?? 0);
    one("[data-rings]").hidden = drawing.kind === "line" || select("[data-ring]").options.length < 2;
  }

  /** @param {number} at */
  function edit(at) {
    drawing = editing(drawing, at);
    history = { ...history, now: drawing };
    chosen = -1;
    adding = !drawing.points.length || adding;
    show();
  }

  function showControls() {
    const { points, kind } = drawing;
    const isEmpty = !linesOf(drawing).some(({ length }) => length);
    showRings();
    for (const name of ["line", "area"]) button(name).setAttribute("aria-pressed", String(kind === name));
    button("adding").setAttribute("aria-pressed", String(adding));
    button("undo").disabled = !history.past.length;
    button("redo").disabled = !history.future.length;
    for (const name of ["clear", "save", "propose", "copy"]) button(name).disabled = isEmpty;
    button("remove").disabled = !points[chosen];
    ["[data-lon]", "[data-lat]"].forEach((field, axis) => {
      input(field).disabled = !points[chosen];
      input(field).value = points[chosen] ? String(Math.round(points[chosen][axis] * 1e6) / 1e6) : "";
    });
    const image = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-image]")); // a copy has no image builder
    if (!image) return;
    image.hidden = linesOf(drawing).flat().length < 2;
    if (!image.hidden) image.href = imageUrl();
  }

  /** The image builder with the part of the map around the drawing. */
  function imageUrl() {
    const { images } = data().proposals[select("[data-proposal]").value];
    const box = L.latLngBounds(linesOf(drawing).flat().map(([lon, lat]) => L.latLng(lat, lon))).pad(0.15);
    const extent = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((value) => value.toFixed(2)).join(",");
    const sign = images.includes("?") ? "&" : "?";
    return `${images}${sign}as_of=${select("[data-date]").value}&extent=${encodeURIComponent(extent)}`;
  }

  /** Take a new drawing, as a step that can be undone.
   * @param {Drawing} next @param {number} [point] */
  function take(next, point = chosen) {
    history = record(history, next);
    drawing = next;
    chosen = Math.min(point, next.points.length - 1);
    report("");
    show();
    writeSoon();
  }

  /** @param {import("./history.js").History} next */
  function goTo(next) {
    history = next;
    drawing = next.now;
    chosen = Math.min(chosen, drawing.points.length - 1);
    moving = false;
    report("");
    show();
    writeSoon();
  }

  /** @param {Position} place */
  function snap(place) {
    if (!input("[data-snap]").checked) return place;
    const [a, b] = [[0, 0], [0, SNAP_PX]].map((pixel) => map.containerPointToLatLng(/** @type {[number, number]} */ (pixel)));
    return snapped(place, snapLines, Math.abs(a.lat - b.lat));
  }

  /** @param {Position} place */
  function addPoint(place) {
    const { kind, points } = drawing;
    const before = kind === "line" && chosen === 0 && points.length > 1;
    const at = before ? 0 : (points[chosen] ? chosen + 1 : points.length);
    take({ ...drawing, points: [...points.slice(0, at), place, ...points.slice(at)] }, at);
    say(pointText());
  }

  const pointText = () => filled(texts().point, { n: String(chosen + 1), all: String(drawing.points.length), position: positionText(drawing.points[chosen], texts()) });

  /** @param {Position} place @param {number} [point] */
  const moved = (place, point = chosen) => ({ ...drawing, points: drawing.points.map((other, number) => (number === point ? place : other)) });

  /** Add a point halfway to the next one; in the middle of the map where there is no next one. */
  function insertPoint() {
    const { kind, points } = drawing;
    const next = points[chosen + 1] ?? (kind === "area" && points.length > 2 ? points[0] : undefined);
    if (!points[chosen] || !next) return addPoint(positionOf(map.getCenter()));
    const [a, b] = [points[chosen], next];
    const place = /** @type {Position} */ ([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    take({ ...drawing, points: [...points.slice(0, chosen + 1), place, ...points.slice(chosen + 1)] }, chosen + 1);
    say(pointText());
  }

  function removePoint() {
    if (!drawing.points[chosen]) return;
    take({ ...drawing, points: drawing.points.filter((_, number) => number !== chosen) }, Math.max(0, chosen - 1));
    say(drawing.points[chosen] ? pointText() : fewText());
  }

  /** @param {number} number */
  function choose(number) {
    if (!drawing.points.length) return;
    chosen = Math.max(0, Math.min(number, drawing.points.length - 1));
    const [lon, lat] = drawing.points[chosen];
    if (!map.getBounds().contains([lat, lon])) map.panTo([lat, lon], { animate: false });
    show();
    say(pointText());
  }

  /** @param {KeyboardEvent} event */
  function movePoint(event) {
    const [x, y] = ARROWS[event.key];
    const step = event.shiftKey ? FINE_PX : STEP_PX;
    const [lon, lat] = drawing.points[chosen];
    const pixel = map.latLngToContainerPoint([lat, lon]).add([x * step, y * step]);
    drawing = moved(positionOf(map.containerPointToLatLng(pixel)));
    show();
  }

  /** @param {boolean} keep */
  function endMoving(keep) {
    moving = false;
    const next = drawing;
    drawing = history.now;
    if (keep && next !== history.now) take(moved(snap(next.points[chosen])));
    else show();
    say(pointText());
  }

  /** @param {KeyboardEvent} event */
  function pressKey(event) {
    if (moving && event.key in ARROWS) movePoint(event);
    else if (moving && (event.key === "Enter" || event.key === " ")) endMoving(true);
    else if (moving && event.key === "Escape") endMoving(false);
    else if (moving) return;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Home" || event.key === "End") choose(event.key === "Home" ? 0 : Infinity);
    else if ((event.key === "Enter" || event.key === " ") && drawing.points[chosen]) {
      moving = true;
      show();
      say(filled(texts().moving, { n: String(chosen + 1) }));
    } else if (event.key === "Insert" || event.key === "+") insertPoint();
    else if (event.key === "Delete" || event.key === "Backspace") removePoint();
    else return;
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  function startDrag(event) {
    if (event.button !== 0 || !event.isPrimary || /** @type {Element} */ (event.target).closest(".leaflet-control")) return;
    dragged = false;
    const start = map.mouseEventToContainerPoint(event);
    const under = underPointer(map, drawing, start, event.pointerType === "touch" ? REACH_PX.touch : REACH_PX.mouse);
    if (under.point === undefined && (under.edge === undefined || event.pointerType === "touch")) return;
    if (under.point === undefined) {
      const at = /** @type {number} */ (under.edge) + 1;
      drawing = { ...drawing, points: [...drawing.points.slice(0, at), /** @type {Position} */ (under.at), ...drawing.points.slice(at)] };
      chosen = at;
    } else chosen = under.point;
    dragged = true; // a click that follows adds nothing
    follow(start, under.point === undefined);
    show();
  }

  /** Let the chosen point follow the pointer until it is lifted.
   * @param {L.Point} start @param {boolean} isNew */
  function follow(start, isNew) {
    const container = map.getContainer();
    map.dragging.disable();
    let far = false;
    const move = (/** @type {PointerEvent} */ event) => {
      const pixel = map.mouseEventToContainerPoint(event);
      far ||= pixel.distanceTo(start) > MOVED_PX;
      if (!far) return;
      drawing = moved(snap(positionOf(map.containerPointToLatLng(pixel))));
      show();
    };
    const end = (/** @type {PointerEvent} */ event) => {
      for (const [name, listener] of Object.entries({ pointermove: move, pointerup: end, pointercancel: end })) container.removeEventListener(name, /** @type {any} */ (listener));
      map.dragging.enable();
      const next = drawing;
      drawing = history.now;
      if (event.type === "pointerup" && (far || isNew)) take(next);
      else show();
      say(pointText());
    };
    for (const [name, listener] of Object.entries({ pointermove: move, pointerup: end, pointercancel: end })) container.addEventListener(name, /** @type {any} */ (listener));
  }

  /** @param {L.LeafletMouseEvent} event */
  function click({ latlng }) {
    const place = positionOf(latlng);
    const under = linesOf(drawing).findIndex((ring, at) => at !== (drawing.at ?? 0) && ring.length > 2 && isInside(sortIntoBands(edgesOf([closed(ring)])), place));
    if (!dragged && adding) addPoint(snap(place));
    else if (!dragged && drawing.kind === "area" && under >= 0) edit(under);
    dragged = false;
  }

  /** Start from the line of contact, a zone, or nothing. */
  function startFrom() {
    const from = select("[data-start]").value;
    if (!ground) return;
    const zone = ground.features.find(({ id }) => id === from);
    const [line] = ground.contact;
    if (from === CONTACT && line) begin({ kind: "line", points: line });
    else if (zone) begin(drawingOfZone(zone));
    else begin(EMPTY);
  }

  /** Begin with another drawing, seen as a whole.
   * @param {Drawing} next */
  function begin(next) {
    adding = next.points.length === 0;
    bufferMs = Infinity;
    take(next, -1);
    const places = linesOf(next).flat();
    if (places.length) map.fitBounds(L.latLngBounds(places.map(([lon, lat]) => L.latLng(lat, lon))), { padding: [20, 20], animate: false });
  }

  /** @param {File | undefined} file */
  async function openGiven(file) {
    if (!file) return;
    const found = await openFile(file);
    if ("problem" in found) report(found.problem);
    else begin(found.drawing);
    input("[data-file]").value = "";
  }

  function writeSoon() {
    clearTimeout(writing);
    writing = setTimeout(write, WRITTEN_MS);
  }

  /** Write the drawing into the fragment of the address. */
  async function write() {
    const parts = new URLSearchParams({ proposal: select("[data-proposal]").value, as_of: select("[data-date]").value });
    if (depthKm()) parts.set("within", String(depthKm()));
    if (linesOf(drawing).flat().length) parts.set("drawing", await packDrawing(drawing));
    window.history.replaceState(null, "", `#${parts}`);
  }

  /** Read the fragment of the address; a bad one is refused, and what is drawn stays. */
  async function read() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const proposal = parts.get("proposal") ?? new URLSearchParams(location.search).get("proposal") ?? "";
    if (proposal in data().proposals) select("[data-proposal]").value = proposal;
    listDates(parts.get("as_of") ?? new URLSearchParams(location.search).get("as_of") ?? "");
    input("[data-buffer]").value = String(Number(parts.get("within")) || 0);
    input("[data-buffer]").value = String(depthKm());
    await openGround();
    const packed = parts.get("drawing");
    if (!packed) return;
    try {
      begin(await unpackDrawing(packed));
    } catch {
      report("fragment");
    }
  }

  async function copyLink() {
    clearTimeout(writing);
    await write();
    try {
      await navigator.clipboard.writeText(location.href);
      one("[data-problem]").textContent = texts().copied;
    } catch {
      one("[data-problem]").textContent = texts().not_copied;
    }
  }

  /** Save the drawing and its buffer as a proposal file, or say why they are none. */
  function propose() {
    if (!ground) return report("failed");
    const found = measure(drawing, ground.against);
    if ("problem" in found) return report(found.problem);
    const { against } = ground;
    const buffer = depthKm() ? measureBuffer(drawing, found.figures, against, depthKm()) : undefined;
    const drawn = { kind: drawing.kind, date: select("[data-date]").value, side: lesserSide(drawing, found.figures, against), buffer };
    saveFile(`${PROPOSAL_ID}.toml`, proposalText(data().proposalFile, drawn), "application/toml");
    say(texts().proposed);
  }

  /** @param {string} [wanted] */
  function listDates(wanted = "") {
    const { dates, own } = data().proposals[select("[data-proposal]").value];
    const days = daysIn(dates);
    const day = placeOf(days, wanted) < 0 ? own : wanted;
    select("[data-date]").replaceChildren(...optionsOf(days, day));
    select("[data-date]").value = day;
  }

  /** The area below as a whole, where nothing is drawn. */
  function showWhole() {
    for (const key of all("[data-key-of]")) key.hidden = key.dataset.keyOf !== select("[data-proposal]").value;
    if (!linesOf(drawing).flat().length) map.fitBounds(data().proposals[select("[data-proposal]").value].view, { padding: [VIEW_PX, VIEW_PX], animate: false });
  }

  /** Read what the drawing is measured against, and show it. */
  async function openGround() {
    showWhole();
    const { layer, looks } = data().proposals[select("[data-proposal]").value];
    const url = layer.replace("{date}", select("[data-date]").value);
    try {
      names.oblasts = await namesOfOblasts(data());
      ground = await readGround(data(), url);
    } catch (error) {
      report("failed");
      console.error(error);
      return;
    }
    names.zones = new Map(ground.features.map(({ id, properties }) => [id, properties[data().name]]));
    drawZones(zoneLayers, ground.features, data().styles, looks);
    const zones = ground.features.filter(({ properties }) => properties.partition);
    select("[data-start]").replaceChildren(new Option(texts().start_contact, CONTACT), ...zones.map(({ id, properties }) => new Option(properties[data().name], id)));
    one("[data-draw]").dataset.ready = "true";
    show();
    snapLines = await readSnapLines(data(), ground).catch(() => []);
  }

  const zoneLayers = L.layerGroup().addTo(map);
  /** @type {Record<string, () => void>} */
  const acts = {
    start: startFrom,
    line: () => take({ kind: "line", points: drawing.points }),
    area: () => take({ ...drawing, kind: "area" }),
    adding: () => { adding = !adding; show(); },
    undo: () => goTo(undo(history)),
    redo: () => goTo(redo(history)),
    clear: () => begin({ ...EMPTY, kind: drawing.kind }),
    insert: insertPoint,
    remove: removePoint,
    save: () => saveFile("drawing.geojson", geojsonOf(drawing), "application/geo+json"),
    propose,
    copy: () => { copyLink().catch(console.error); },
  };
  for (const [name, act] of Object.entries(acts)) button(name).addEventListener("click", act);
  one("[data-points]").addEventListener("keydown", pressKey);
  one("[data-points]").addEventListener("blur", () => { if (moving) endMoving(true); });
  one("[data-points]").addEventListener("click", ({ target }) => {
    const { number } = /** @type {HTMLElement} */ (target).dataset;
    if (number) choose(Number(number));
  });
  ["[data-lon]", "[data-lat]"].forEach((field, axis) => input(field).addEventListener("change", ({ target }) => {
    const value = /** @type {HTMLInputElement} */ (target).valueAsNumber;
    if (!drawing.points[chosen] || !Number.isFinite(value)) return show();
    take(moved(/** @type {Position} */ (drawing.points[chosen].map((old, place) => (place === axis ? value : old)))));
  }));
  one("[data-map]").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== map.getContainer()) return;
    addPoint(snap(positionOf(map.getCenter())));
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || /** @type {Element} */ (event.target).matches("input[type=number]")) return;
    goTo(event.shiftKey ? redo(history) : undo(history));
    event.preventDefault();
  });
  select("[data-ring]").addEventListener("change", () => edit(Number(select("[data-ring]").value)));
  input("[data-buffer]").addEventListener("input", () => { show(); writeSoon(); });
  input("[data-buffer]").addEventListener("change", () => { input("[data-buffer]").value = String(depthKm()); });
  one("[data-file]").addEventListener("change", () => { openGiven(input("[data-file]").files?.[0]).catch(console.error); });
  const drop = one("[data-map]");
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    openGiven(event.dataTransfer?.files[0]).catch(console.error);
  });
  select("[data-proposal]").addEventListener("change", () => { listDates(select("[data-date]").value); openGround().then(write).catch(console.error); });
  select("[data-date]").addEventListener("change", () => { listDates(select("[data-date]").value); openGround().then(write).catch(console.error); });
  map.getContainer().addEventListener("pointerdown", startDrag, { capture: true });
  map.on("click", click);
  map.on("moveend", () => showOutline(outline, drawing, chosen));
  window.addEventListener("hashchange", () => { read().catch(console.error); });
  return read();
}

/** Start the page: the map, what is drawn on it, and all that can be done. */
export function startDrawing() {
  const { map: box, texts: words } = data();
  const frame = L.latLngBounds([box.south, box.west], [box.north, box.east]);
  /** @type {any} */ (L.Polyline).mergeOptions({ smoothFactor: 0, noClip: true });
  const map = L.map(one("[data-map]"), {
    attributionControl: false, zoomControl: false, maxBounds: frame, maxBoundsViscosity: 1, zoomSnap: 0.01, zoomDelta: 0.75, minZoom: 4.5, maxZoom: 13, doubleClickZoom: false, boxZoom: false,
  });
  state.map = map;
  L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  for (const name of ["ground", "zones", "water", "tint", "around", "outlines", "labels", "drawing"]) map.createPane(name).classList.add(`pane-${name}`);
  map.getContainer().addEventListener("keydown", () => map.getContainer().classList.add("by-keys"));
  map.getContainer().addEventListener("pointerdown", () => map.getContainer().classList.remove("by-keys"));
  map.fitBounds(frame, { animate: false });
  drawBase(map, data()).catch(console.error);
  createEditor(map, createOutline(map)).catch(console.error);
}

if (typeof document !== "undefined" && document.querySelector("[data-draw]")) startDrawing();
