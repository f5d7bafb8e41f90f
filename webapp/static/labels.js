// @ts-check
/* Labels that do not collide: zones in words, sites, towns by zoom, seas, oblasts, countries. Places of zones come from
 * the table that the build works out, so that no label moves while days are played. */

/** Longitude and latitude. @typedef {[lon: number, lat: number]} Position */

/** West, south, east, north in degrees. @typedef {[number, number, number, number]} Rectangle */

/** A point or a size in pixels.
 * @typedef {{x: number, y: number}} Point */

/** A box in pixels from its upper left corner; without a height, one line of text.
 * @typedef {{x: number, y: number, w: number, h?: number}} Box */

/** Where a label can stand: its box, and where its text is held by which of its ends. A label that may be broken has its
 * lines, one beside its zone a leader.
 * @typedef {Box & {anchor: "start" | "middle" | "end", at: number, lines?: string[], leader?: [Point, Point]}} Place */

/** A label: lower ranks are placed first. `from` and `to` are zooms, `zone` is the id of the zone that it names, `breaks`
 * are its words in one line, in two and so on. An area's label has the number of its clause, and where the table lets it
 * stand: `inside` of its zone, else `beside` it around `start` with a leader that ends at `at`.
 * @typedef {object} Label
 * @property {string} text
 * @property {Position} at
 * @property {string} kind
 * @property {number} rank
 * @property {"town" | "site" | "plant"} [dot]
 * @property {number} [from]
 * @property {number} [to]
 * @property {string} [zone]
 * @property {string} [clause]
 * @property {string[]} [members] the zones that it names together, where none of them has a label of its own
 * @property {string[][]} [breaks]
 * @property {Rectangle[]} [inside]
 * @property {Position} [start]
 * @property {Rectangle[]} [beside] */

/** The view that labels are placed in.
 * @typedef {object} View
 * @property {number} zoom
 * @property {Point} size in pixels
 * @property {Point} margin in pixels, drawn beyond each edge
 * @property {ReadonlySet<string>} hidden ids of zones without labels
 * @property {Box[]} taken what lies over the map
 * @property {(at: Position) => Point} project
 * @property {(words: Pick<Label, "text" | "kind">) => number} measure the width of words in pixels
 * @property {(box: Box & {h: number}, point: Point) => number} [foreign] how far a name in a box would be read as that of others
 * @property {Map<string, number>} [sides] where names of points stood in this view before */

/** A label in its place, which of those about its point that is, and its dot where one is drawn.
 * @typedef {{label: Label, place: Place, side?: number, dot?: Point}} Placed */

// The sign of a nuclear power plant: three blades about a hub, 12 pixels wide.
const PLANT = "M-1.00 -1.73L-2.80 -4.85A5.6 5.6 0 0 1 2.80 -4.85L1.00 -1.73A2.0 2.0 0 0 0 -1.00 -1.73ZM2.00 0.00L5.60 0.00A5.6 5.6 0 0 1 2.80 4.85L1.00 1.73A2.0 2.0 0 0 0 2.00 0.00ZM-1.00 1.73L-2.80 4.85A5.6 5.6 0 0 1 -5.60 0.00L-2.00 0.00A2.0 2.0 0 0 0 -1.00 1.73ZM-1.2 0a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0 -2.4 0Z";
const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 0.25; // of the view, drawn beyond its edge so that panning shows no gap
const GAP_PX = 5;
const SITE_GAP_PX = 9;
const PLANT_GAP_PX = 14;
const GAPS = { town: GAP_PX, site: SITE_GAP_PX, plant: PLANT_GAP_PX };
const LINE_PX = 15;
const SHIFT_PX = 4; // up or down, of places that are no one's first choice
const BEYOND_PX = 2; // that letters reach above and below their lines together
const BASELINE_PX = 11.5; // below the top of a line
const APART_PX = 3;
const BESIDE_PX = 9; // a town so near to a site has no dot of its own
const DOT_PX = 6;
const [SITE_PX, PLANT_PX] = [11, 20]; // of the marks that zones have
const PAD_PX = 2; // between a zone's label and the edge of its zone
const SLIDES = [0, -0.5, 0.5, -1, 1]; // of the room that a zone's label leaves in its rectangle
const TURNS = Array.from({ length: 8 }, (_, turn) => [Math.cos((turn * Math.PI) / 4), Math.sin((turn * Math.PI) / 4)]);
const LEADERS_PX = [5, 10, 16, 26, 38];
const LEADER_PX = 1; // wide
const LONGEST_LEADER = 0.05; // of the width of the map
const WIDEST = 0.36; // of the width of the map that a name takes in one line if it can be broken
export const ACROSS = 10; // what the line of contact counts that runs through a name: it would be read as that of the other side
const MOST_FOREIGN = 0.5; // of a town's name: with more of it on ground of others, it is left out
const FOREIGN = 1000; // large towns that a name may cover rather than lie on ground of others
const AWAY_PX = [14, 22, 30, 40]; // of a large town's name from its dot, with a leader, where no place beside it is free
const BIG_TOWN_RANK = 10; // towns of lower ranks are kept free by labels of zones, if they can

// As in map.css; names of seas and countries are letterspaced.
/** @type {Record<string, string>} */
export const FONTS = { zone: "700 12px", number: "400 11px", "town big": "600 13px", town: "500 12px", site: "600 12px", region: "400 11.5px", water: "italic 400 12px" };
export const OTHER_FONT = "500 14px";
/** @type {Record<string, number>} */
export const SPACED = { land: 1.35, sea: 1.1 };

/** Where a label can stand about a point, the best first: for areas on it, and what has a dot right of it, left, above,
 * below, aslant, from below it to the right, beside it a little up or down, above or below it to a side, or farther off.
 * @param {Pick<Label, "kind" | "dot">} label
 * @param {Point} point
 * @param {number} w the label's width in pixels
 * @param {number} [h] its height
 * @returns {Place[]} */
export function places({ dot }, point, w, h = LINE_PX) {
  const middle = point.x - w / 2;
  const top = point.y - h / 2;
  /** @type {Omit<Place, "y">} */
  const centred = { anchor: "middle", at: point.x, x: middle, w, h };
  if (!dot) return [{ ...centred, y: top }];
  const gap = GAPS[dot];
  const beside = (/** @type {number} */ away, /** @type {number} */ y) => [
    { anchor: /** @type {const} */ ("start"), at: point.x + away, x: point.x + away, y, w, h },
    { anchor: /** @type {const} */ ("end"), at: point.x - away, x: point.x - away - w, y, w, h },
  ];
  const aslant = [point.y - gap / 2 - h, point.y + gap / 2];
  return [
    ...beside(gap, top),
    { ...centred, y: point.y - gap - h },
    { ...centred, y: point.y + gap },
    ...aslant.flatMap((y) => beside(gap / 2, y)),
    { anchor: "start", at: point.x, x: point.x, y: point.y + gap, w, h },
    { anchor: "start", at: point.x, x: point.x, y: point.y + gap + SHIFT_PX, w, h },
    ...[SHIFT_PX, -SHIFT_PX].flatMap((shift) => [top, ...aslant].flatMap((y) => beside(gap, y + shift))),
    ...[gap, gap + SHIFT_PX].flatMap((away) => [point.y - away - h, point.y + away].flatMap((y) => beside(-away, y))),
    ...[top, ...aslant].flatMap((y) => beside(gap + 2 * SHIFT_PX, y)),
  ];
}

/** Where a label can stand about a point in the lines that it may have: one if that is not too wide, else as few as do.
 * @param {Label} label
 * @param {Point} point
 * @param {Pick<View, "measure" | "size">} view
 * @returns {Place[]} */
function brokenPlaces(label, point, { measure, size }) {
  const shapes = (label.breaks ?? [[label.text]]).map((lines) => ({ lines, w: Math.max(...lines.map((text) => measure({ text, kind: label.kind }))) }));
  const fitting = shapes.filter(({ w }) => w <= WIDEST * size.x);
  return (fitting.length ? fitting : shapes.slice(-1))
    .flatMap(({ lines, w }) => places(label, point, w, lines.length * LINE_PX + BEYOND_PX).map((place) => ({ ...place, lines })));
}

/** Where a name can stand a little off its point, with a leader to it, the nearest first.
 * @param {Point} point
 * @param {number} w the name's width in pixels
 * @returns {Place[]} */
function awayPlaces(point, w) {
  return AWAY_PX.flatMap((away) => TURNS.map(([right, down]) => {
    const x = point.x + right * away - (Math.abs(right) < 0.1 ? w / 2 : right < 0 ? w : 0);
    const y = point.y + down * away - (Math.abs(down) < 0.1 ? LINE_PX / 2 : down < 0 ? LINE_PX : 0);
    const box = { x, y, w, h: LINE_PX };
    return { ...box, anchor: /** @type {const} */ ("start"), at: x, leader: /** @type {[Point, Point]} */ ([nearest(box, point), point]) };
  }));
}

/** Whether a label is that of an area, with places from the table.
 * @param {Label} label */
const isOfArea = ({ kind }) => kind === "zone";

/** The box of a rectangle in degrees.
 * @param {Rectangle} rectangle
 * @param {View["project"]} project */
function boxOf([west, south, east, north], project) {
  const [one, other] = [project([west, south]), project([east, north])];
  return { x: one.x, y: Math.min(one.y, other.y), w: other.x - one.x, h: Math.abs(one.y - other.y) };
}

/** @param {Box & {h: number}} box @param {string[]} lines @returns {Place} */
const written = (box, lines) => ({ ...box, lines, anchor: "middle", at: box.x + box.w / 2 });

/** Where a zone's label can stand, the best first: in the middle of the room inside of its zone, a little aside of that,
 * or beside the zone with a short leader.
 * @param {Label} label
 * @param {Pick<View, "project" | "measure" | "size">} view
 * @returns {Place[]} */
export function zonePlaces(label, { project, measure, size }) {
  const number = label.clause ? measure({ text: `\u00a0${label.clause}`, kind: "number" }) : 0;
  /** @type {{place: Place, cost: number}[]} */
  const found = [];
  for (const lines of label.breaks ?? []) {
    const widths = lines.map((text, line) => measure({ text, kind: "zone" }) + (line === lines.length - 1 ? number : 0));
    const shape = { w: Math.max(...widths), h: lines.length * LINE_PX };
    (label.inside ?? []).forEach((rectangle, order) => {
      const room = boxOf(rectangle, project);
      const spare = { x: (room.w - shape.w) / 2 - PAD_PX, y: (room.h - shape.h) / 2 - PAD_PX };
      if (spare.x < 0 || spare.y < 0) return;
      for (const right of SLIDES) {
        for (const down of SLIDES) {
          const box = { x: room.x + PAD_PX + spare.x * (1 + right), y: room.y + PAD_PX + spare.y * (1 + down), ...shape };
          found.push({ place: written(box, lines), cost: Math.abs(right) + Math.abs(down) + lines.length / 2 + order / 5 });
        }
      }
    });
    for (const { place, leader } of asides(label, shape, project)) {
      const length = Math.hypot(leader[0].x - leader[1].x, leader[0].y - leader[1].y);
      if (length > LONGEST_LEADER * size.x) continue;
      found.push({ place: { ...written(place, lines), leader }, cost: 10 + length / 10 + lines.length / 2 });
    }
  }
  return found.sort((one, other) => one.cost - other.cost).map(({ place }) => place);
}

/** Boxes of a size beside a zone, on ground that no other zone covers, each with its leader.
 * @param {Label} label
 * @param {{w: number, h: number}} shape
 * @param {View["project"]} project */
function asides({ at, start = at, beside = [] }, { w, h }, project) {
  const [end, from] = [project(at), project(start)];
  const rooms = beside.map((rectangle) => boxOf(rectangle, project));
  return LEADERS_PX.flatMap((gap) => TURNS.map(([right, down]) => {
    const across = Math.abs(right) < 0.1 ? -w / 2 : right < 0 ? -w : 0;
    const along = Math.abs(down) < 0.1 ? -h / 2 : down < 0 ? -h : 0;
    const place = { x: from.x + right * gap + across, y: from.y + down * gap + along, w, h };
    /** @type {[Point, Point]} */
    const leader = [nearest(place, end), end];
    return { place, leader };
  })).filter(({ place }) => rooms.some((room) => holds(room, place)) && !holds(place, { ...end, w: 0, h: 0 }));
}

/** @param {Box & {h: number}} room @param {Box & {h: number}} box */
const holds = (room, box) =>
  room.x <= box.x && room.y <= box.y && box.x + box.w <= room.x + room.w && box.y + box.h <= room.y + room.h;

/** The point of a box that is nearest to another.
 * @param {Box & {h: number}} box @param {Point} point */
const nearest = ({ x, y, w, h }, point) => ({ x: Math.min(Math.max(point.x, x), x + w), y: Math.min(Math.max(point.y, y), y + h) });

/** Places along a leader, each as a box without a size.
 * @param {[Point, Point] | undefined} leader */
const along = (leader) => (leader ? Array.from({ length: 9 }, (_, step) => {
  const [from, to] = leader;
  return { x: from.x + ((to.x - from.x) * step) / 8, y: from.y + ((to.y - from.y) * step) / 8, w: 0, h: 0 };
}) : []);

/** Whether a leader touches no box.
 * @param {[Point, Point] | undefined} leader
 * @param {Box[]} taken */
const isClear = (leader, taken) => along(leader).every((step) => taken.every((box) => !holds({ h: LINE_PX, ...box }, step)));

/** Whether a box touches none that is taken; beside each other they need a little room.
 * @param {Box} box
 * @param {Box[]} taken */
export const isFree = (box, taken) => taken.every((other) =>
  box.x > other.x + other.w + APART_PX || other.x > box.x + box.w + APART_PX ||
  box.y > other.y + (other.h || LINE_PX) || other.y > box.y + (box.h || LINE_PX));

/** Whether a label stands in the view or beside it, not cut by the edge.
 * @param {Box} box
 * @param {Point} size */
export function isWhole(box, size) {
  /** @param {number} from @param {number} to @param {number} end */
  const across = (from, to, end) => (from < 0 && to > 0) || (from < end && to > end);
  return !across(box.x, box.x + box.w, size.x) && !across(box.y, box.y + (box.h || LINE_PX), size.y);
}

/** The box of a dot.
 * @param {Point} point
 * @param {number} [size]
 * @returns {Box} */
export const dotBox = ({ x, y }, size = DOT_PX) => ({ x: x - size / 2, y: y - size / 2, w: size, h: size });

/** Whether a label is to be seen at a zoom: from one zoom on, and no longer at another.
 * @param {Pick<Label, "from" | "to">} label
 * @param {number} zoom */
export const isShownAt = ({ from, to }, zoom) => zoom >= (from || 0) && zoom < (to || 99);

/** @param {Point} point @param {View} view */
const isNear = ({ x, y }, { size, margin }) =>
  x >= -margin.x && x <= size.x + margin.x && y >= -margin.y && y <= size.y + margin.y;

/** The best place of a label that is free: of an area's the one that covers the fewest names of large towns, of a point's
 * the one that is least on ground of others, and of a site's then the one that covers the fewest.
 * @param {Label} label
 * @param {Point} point
 * @param {View} view
 * @param {{taken: Box[], leaders: Box[], towns: Box[]}} others of which it covers none, if there is room no leader, and few large towns
 * @returns {{place?: Place, side?: number}} */
function bestPlace(label, point, view, { taken, leaders, towns }) {
  const free = (/** @type {Place} */ one) => isWhole(one, view.size) && isFree(one, taken) && isClear(one.leader, taken);
  const hiding = (/** @type {Place} */ one) => (label.breaks ? towns.filter((town) => !isFree(one, [town])).length : 0);
  if (isOfArea(label)) return { place: least(zonePlaces(label, view).filter(free), hiding) };
  const beside = brokenPlaces(label, point, view);
  const { sides, foreign = () => 0 } = view;
  const strange = (/** @type {Place} */ one) => (label.dot ? foreign(/** @type {Box & {h: number}} */ (one), point) : 0);
  const most = label.dot === "town" ? MOST_FOREIGN : ACROSS;
  const clear = (/** @type {Place} */ one) => free(one) && strange(one) < most;
  const cost = (/** @type {Place} */ one) => (label.dot ? strange(one) * FOREIGN + hiding(one) : 0);
  const best = (/** @type {Place[]} */ some) => least(some.filter((one) => isFree(one, leaders) && clear(one)), cost);
  const side = sides?.get(nameOf(label)) ?? -1;
  if (beside[side] && clear(beside[side])) return { place: beside[side], side };
  if (!isLargeTown(label)) return sided(best(beside) ?? (isSite(label) ? least(beside.filter(clear), cost) : undefined), beside);
  const near = side < beside.length ? best(beside) : undefined;
  if (near) return sided(near, beside);
  const all = [...beside, ...awayPlaces(point, view.measure(label))];
  return sided(all[side] && clear(all[side]) ? all[side] : best(all) ?? least(all.filter(clear), cost), all);
}

/** A place with which of those about its point it is.
 * @param {Place | undefined} place
 * @param {Place[]} around */
const sided = (place, around) => ({ place, side: place && around.indexOf(place) });

/** @param {Label} label */
const isLargeTown = ({ dot, rank }) => dot === "town" && rank < BIG_TOWN_RANK;

/** What a label of a point is known by. @param {Label} label */
const nameOf = ({ text, at }) => `${text} ${at}`;

/** The first of those that count least.
 * @param {Place[]} some
 * @param {(place: Place) => number} count
 * @returns {Place | undefined} */
function least(some, count) {
  const counts = some.map(count);
  return some[counts.indexOf(Math.min(...counts))];
}

/** Where the names of large towns would stand.
 * @param {Label[]} labels
 * @param {View} view
 * @returns {Box[]} */
const bigTowns = (labels, { zoom, project, measure }) => labels
  .filter((label) => isLargeTown(label) && isShownAt(label, zoom))
  .flatMap((label) => [dotBox(project(label.at)), places(label, project(label.at), measure(label))[0]]);

/** Place labels in the order of their ranks; where a site finds no place, once more with that one before the others, if so
 * more of them have one.
 * @param {Label[]} labels
 * @param {View} view
 * @returns {Placed[]} */
export function placeLabels(labels, view) {
  const first = placeInOrder(labels, view);
  const sites = labels.filter((label) => isSite(label) && isShownAt(label, view.zoom) && !view.hidden.has(label.zone ?? ""));
  const count = (/** @type {Placed[]} */ placed) => placed.filter(({ label: { kind } }) => kind === "site").length;
  if (count(first) === sites.length) return first;
  const missing = sites.filter((site) => !first.some(({ label }) => nameOf(label) === nameOf(site)));
  const others = missing.map((site) => placeInOrder(labels.map((label) => (label === site ? { ...site, rank: site.rank - 0.25 } : label)), view));
  return [first, ...others].reduce((best, other) => (count(other) > count(best) ? other : best));
}

/** Whether a label is that of a place of the proposal. @param {Label} label */
const isSite = ({ kind }) => kind === "site";

/** Place labels in the order of their ranks, each in the best of its places that is free; those without one are left
 * out. A town whose dot is covered has no label, one beside a site no dot.
 * @param {Label[]} labels
 * @param {View} view
 * @returns {Placed[]} */
function placeInOrder(labels, view) {
  const { zoom, hidden, project } = view;
  const taken = [...view.taken];
  /** @type {Box[]} */
  const leaders = [];
  const seen = labels.filter(({ zone }) => !zone || !hidden.has(zone));
  const marks = seen.filter(({ dot }) => dot && dot !== "town").map(({ at, dot }) => ({ at: project(at), dot }));
  taken.push(...marks.map(({ at, dot }) => dotBox(at, dot === "plant" ? PLANT_PX : SITE_PX)));
  const towns = bigTowns(seen, view);
  /** @type {Placed[]} */
  const placed = [];
  for (const label of [...seen].sort((a, b) => a.rank - b.rank)) {
    if (!isShownAt(label, zoom) || placed.some((one) => label.members?.includes(one.label.zone ?? ""))) continue;
    const point = project(label.at);
    if (!isOfArea(label) && !isNear(point, view)) continue;
    const mark = marks.find(({ at }) => Math.hypot(at.x - point.x, at.y - point.y) < BESIDE_PX);
    const isTown = label.dot === "town" && !mark;
    if (isTown && !isFree(dotBox(point), taken)) continue;
    const named = isNamed(label, seen, placed) ? { ...label, beside: [] } : label;
    const { place, side } = bestPlace(mark && label.dot ? { ...named, dot: mark.dot } : named, mark && label.dot ? mark.at : point, view, { taken, leaders, towns });
    if (!place) continue;
    taken.push(place);
    leaders.push(...along(place.leader).map((step) => dotBox(step, LEADER_PX)));
    if (isTown) taken.push(dotBox(point));
    placed.push(isTown ? { label, place, side, dot: point } : { label, place, side });
  }
  return placed;
}

/** Whether a zone that touches another has its words there already, so that it needs none beside it.
 * @param {Label} label
 * @param {Label[]} labels
 * @param {Placed[]} placed */
const isNamed = ({ zone = "" }, labels, placed) => labels.some(({ members }) =>
  members?.includes(zone) && placed.some(({ label }) => members.includes(label.zone ?? "")));

/** Remember where names of points stand, so that they stay there.
 * @param {Placed[]} placed
 * @param {Map<string, number>} sides */
export function keepSides(placed, sides) {
  for (const { label, side } of placed) if (label.dot && side !== undefined) sides.set(nameOf(label), side);
}

/** An element of an SVG image.
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {Element} parent */
function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

/** What lies over the map and would hide labels: buttons, scale, badge, tools.
 * @param {HTMLElement} container
 * @returns {Box[]} */
function covered(container) {
  const frame = container.getBoundingClientRect();
  return [...(container.parentElement ?? container).querySelectorAll(".leaflet-control, .badge, .tools > *")].map((part) => {
    const { left, top, width: w, height: h } = part.getBoundingClientRect();
    return { x: left - frame.left, y: top - frame.top, w, h };
  });
}

/** Measures words as the browser draws them, each once.
 * @returns {View["measure"]} */
function ruler() {
  const canvas = document.createElement("canvas").getContext("2d");
  if (!canvas) throw new Error("no canvas to measure labels on");
  const { fontFamily } = getComputedStyle(document.body);
  /** @type {Map<string, number>} */
  const widths = new Map();
  return ({ text, kind }) => {
    const key = `${kind} ${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      canvas.font = `${FONTS[kind] || OTHER_FONT} ${fontFamily}`;
      width = canvas.measureText(text).width * (SPACED[kind] || 1) + 1;
      widths.set(key, width);
    }
    return width;
  };
}

/** @type {Label[]} */
let labels = [];
/** Those of zones, in one text. */
let zoneLabels = "";
/** @type {ReadonlySet<string>} */
let hiddenZones = new Set();
/** @type {L.Map | undefined} */
let map;
/** @type {SVGElement | undefined} */
let svg;
/** @type {View["measure"] | undefined} */
let measure;
/** Whose ground names lie on in a view. @type {((view: View) => View["foreign"]) | undefined} */
let grounds;
/** Where names of points stand in the view that is shown: none jumps while dates are played. */
let stood = { view: "", sides: /** @type {Map<string, number>} */ (new Map()) };

/** Draw labels once all first ones are known, and from then on whenever something changes.
 * @param {L.Map} onMap
 * @param {(view: View) => View["foreign"]} [groundsOf] */
export function startLabels(onMap, groundsOf) {
  grounds = groundsOf;
  const pane = onMap.getPane("labels");
  if (!pane) throw new Error("the map has no pane for labels");
  const made = /** @type {SVGElement} */ (element("svg", { class: "map-labels", "aria-hidden": "true" }, pane));
  [map, svg, measure] = [onMap, made, ruler()];
  map.on("moveend zoomend resize", draw);
  map.on("zoomstart", () => made.classList.add("still"));
  draw();
}

/** Add labels to those that there are.
 * @param {Label[]} more */
export function addLabels(more) {
  labels = [...labels, ...more];
  draw();
}

/** Labels of zones in the place of those that were there; on most dates they are the same.
 * @param {Label[]} those */
export function replaceZoneLabels(those) {
  const told = JSON.stringify(those);
  if (told === zoneLabels) return;
  zoneLabels = told;
  labels = labels.filter(({ zone }) => !zone);
  addLabels(those);
}

/** Hide the labels of zones, and show all others.
 * @param {ReadonlySet<string>} zones */
export function hideLabels(zones) {
  const same = zones.size === hiddenZones.size && [...zones].every((id) => hiddenZones.has(id));
  hiddenZones = zones;
  if (!same) draw();
}

/** The view that a map shows now.
 * @param {L.Map} shownMap
 * @param {View["measure"]} measured
 * @returns {View} */
function shown(shownMap, measured) {
  const size = shownMap.getSize();
  const same = [shownMap.getZoom(), shownMap.getCenter(), size].join();
  if (same !== stood.view) stood = { view: same, sides: new Map() };
  /** @type {View} */
  const view = {
    size, zoom: shownMap.getZoom(), margin: size.multiplyBy(MARGIN), hidden: hiddenZones, taken: covered(shownMap.getContainer()),
    project: ([lon, lat]) => shownMap.latLngToContainerPoint([lat, lon]), measure: measured, sides: stood.sides,
  };
  return { ...view, foreign: grounds?.(view) };
}

/** Write a label's text; that of a zone in its lines, the number of its clause after the last.
 * @param {Placed} placed
 * @param {Point} margin
 * @param {Element} parent */
function write({ label, place }, margin, parent) {
  const text = element("text", { class: label.kind, "text-anchor": place.anchor }, parent);
  if (label.zone) text.setAttribute("data-label-for", label.zone);
  const lines = place.lines ?? [label.text];
  const top = place.y + ((place.h ?? LINE_PX) - lines.length * LINE_PX) / 2;
  lines.forEach((words, line) => {
    const [x, y] = [place.at + margin.x, top + line * LINE_PX + BASELINE_PX + margin.y].map((value) => value.toFixed(1));
    const span = element("tspan", { x, y }, text);
    span.textContent = words;
    if (label.clause && line === lines.length - 1) element("tspan", { class: "number" }, span).textContent = `\u00a0${label.clause}`;
  });
}

/** Draw what belongs to a label beside its words: a leader, the dot of a town.
 * @param {Placed} placed
 * @param {Point} margin
 * @param {Element} parent */
function drawMark({ place, dot }, margin, parent) {
  const points = (place.leader ?? []).map(({ x, y }) => `${(x + margin.x).toFixed(1)} ${(y + margin.y).toFixed(1)}`);
  if (points.length) {
    element("path", { class: "leader-halo", d: `M${points.join("L")}` }, parent);
    element("path", { class: dot ? "leader of-town" : "leader", d: `M${points.join("L")}` }, parent);
  }
  if (!dot) return;
  const [cx, cy] = [dot.x + margin.x, dot.y + margin.y].map((value) => value.toFixed(1));
  element("circle", { cx, cy, r: "2.4" }, parent);
}

/** Draw the sign of every plant over its mark, whether or not its name has room.
 * @param {View} view
 * @param {Element} parent */
function drawPlants({ project, hidden, margin }, parent) {
  for (const { at, zone } of labels.filter(({ dot }) => dot === "plant")) {
    const { x, y } = project(at);
    const transform = `translate(${(x + margin.x).toFixed(1)} ${(y + margin.y).toFixed(1)})`;
    if (!hidden.has(zone ?? "")) element("path", { class: "plant", d: PLANT, transform }, parent);
  }
}

function draw() {
  if (!svg || !measure || !map) return;
  const parent = svg;
  const view = shown(map, measure);
  const { size, margin } = view;
  L.DomUtil.setPosition(/** @type {any} */ (svg), map.containerPointToLayerPoint([-margin.x, -margin.y]));
  svg.setAttribute("width", String(size.x + 2 * margin.x));
  svg.setAttribute("height", String(size.y + 2 * margin.y));
  svg.replaceChildren();
  svg.classList.remove("still");
  const placed = placeLabels(labels, view);
  keepSides(placed, stood.sides);
  drawPlants(view, parent);
  for (const one of placed) drawMark(one, margin, parent);
  for (const one of placed) write(one, margin, parent);
}
