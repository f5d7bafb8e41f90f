// @ts-nocheck
/* What a map that stands alone does beside Folium: controls in its language, keys, the view and labels. */
function standalone(map, { texts, frame, bounds, padding, exactness_zoom: exactnessZoom, names, labels }) {
  const SVG = "http://www.w3.org/2000/svg";
  const LINE_PX = 15;
  const GAP_PX = 6;
  const steps = (from, step) => Array.from({ length: (-2 * from) / step + 1 }, (_, number) => from + number * step);
  const AROUND_PX = steps(-90, 15).flatMap((x) => steps(-48, 12).map((y) => [x, y]))
    .sort((one, other) => Math.hypot(...one) - Math.hypot(...other)); // how far a zone's label may stand from its point
  const Scale = L.Control.Scale.extend({
    _updateMetric(metres) {
      const round = this._getRoundNum(metres);
      const label = round < 1000 ? texts.m.replace("{n}", round) : texts.km.replace("{n}", round / 1000);
      this._updateScale(this._mScale, label, round / metres);
    },
  });

  L.control.zoom({ zoomInTitle: texts.zoom_in, zoomOutTitle: texts.zoom_out }).addTo(map);
  new Scale({ imperial: false, maxWidth: 110 }).addTo(map);
  const exactness = new L.Control({ position: "bottomleft" });
  exactness.onAdd = () => {
    const note = L.DomUtil.create("p", "map-exactness");
    note.textContent = texts.exactness;
    const show = () => { note.hidden = map.getZoom() < exactnessZoom; };
    map.on("zoomend", show);
    return note;
  };
  exactness.addTo(map);
  map.getContainer().setAttribute("role", "group");
  map.getContainer().setAttribute("aria-label", texts.label);

  let home; // the first view in the room that there is

  function fit() {
    map.invalidateSize({ animate: false });
    const moved = home && (home.zoom !== map.getZoom() || !home.center.equals(map.getCenter(), 0.01));
    map.options.minZoom = 0; // else Leaflet takes the one of the former size for the least
    map.setMinZoom(map.getBoundsZoom(frame, true));
    if (moved) return;
    map.fitBounds(bounds, { padding, animate: false });
    home = { center: map.getCenter(), zoom: map.getZoom() };
  }

  fit(); // until then no layer is there

  /** Shapes of zones by id; each can be reached with Tab and says what it is. */
  const shapes = new Map();
  map.eachLayer((layer) => {
    const id = layer.feature?.id;
    if (!layer.options.interactive || !Object.hasOwn(names, id)) return;
    const path = layer.getElement();
    shapes.set(id, path);
    const said = { tabindex: 0, role: "img", "aria-label": names[id], "data-zone": id };
    for (const [name, value] of Object.entries(said)) path.setAttribute(name, value);
  });

  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "map-labels leaflet-zoom-hide");
  svg.setAttribute("aria-hidden", "true");
  map.getPane("labels").append(svg);

  function made(name, attributes, parent, text = "") {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    parent.append(element);
    return element;
  }

  /** A label's text about a point: its lines, and the number of its clause on the last one. */
  function written({ kind, lines, dot, clause }, point) {
    const text = made("text", { class: kind }, svg);
    const beside = dot ? GAP_PX : 0;
    const top = point.y + 4 - ((lines.length - 1) * LINE_PX) / 2;
    lines.forEach((line, row) => {
      const span = made("tspan", { x: point.x + beside, y: top + row * LINE_PX }, text, line);
      if (clause && row === lines.length - 1) made("tspan", { class: "clause", dx: 4 }, span, clause);
    });
    return text;
  }

  /** Whether a box lies inside of a shape: places along its edges and middle do. */
  function inside(box, shape) {
    return [0, 0.25, 0.5, 0.75, 1].every((x) => [0, 0.5, 1].every((y) =>
      shape.isPointInFill(new DOMPoint(box.x + x * box.width, box.y + y * box.height))));
  }

  function meets(a, b) {
    return a.x < b.x + b.width + 3 && b.x < a.x + a.width + 3 && a.y < b.y + b.height && b.y < a.y + a.height;
  }

  /** What lies over the map: buttons and scale, as boxes of the map's layers. */
  function controls() {
    const seen = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().querySelectorAll(".leaflet-control")].map((part) => {
      const { left, top, width, height } = part.getBoundingClientRect();
      const { x, y } = map.containerPointToLayerPoint([left - seen.left, top - seen.top]);
      return { x, y, width, height };
    });
  }

  /** Write a label where it covers no other; a zone's stands inside of the zone, near its point. Its box, if written. */
  function put(label, point, taken) {
    const shape = shapes.get(label.zone);
    if (label.zone && !shape) return undefined;
    const text = written(label, point);
    const { x, y, width, height } = text.getBBox();
    const free = (box) => !taken.some((other) => meets(box, other)) && (!shape || inside(box, shape));
    const moves = shape ? (width < shape.getBBox().width ? AROUND_PX : []) : [[0, 0]];
    const move = moves.find(([right, down]) => free({ x: x + right, y: y + down, width, height }));
    if (!move) {
      text.remove();
      return undefined;
    }
    text.setAttribute("transform", `translate(${move.join(" ")})`);
    if (label.zone) text.setAttribute("data-names", label.zone);
    return { x: x + move[0], y: y + move[1], width, height };
  }

  /** Labels in order of rank. Where a zone has no room for words it has the number of its clause. */
  function place() {
    svg.replaceChildren();
    const taken = controls();
    const zoom = map.getZoom();
    for (const label of labels) {
      if (zoom < label.from || zoom >= label.to) continue;
      const point = map.latLngToLayerPoint([label.at[1], label.at[0]]);
      const dot = label.dot && { x: point.x - 4, y: point.y - 4, width: 8, height: 8 };
      if (dot && taken.some((other) => meets(dot, other))) continue;
      const box = put(label, point, taken) || (label.clause && put({ ...label, lines: [""] }, point, taken));
      if (!box) continue;
      taken.push(box);
      if (dot) taken.push(dot);
      if (label.dot === "town") made("circle", { cx: point.x, cy: point.y, r: 2.4 }, svg);
    }
  }

  map.on("moveend", place);
  new ResizeObserver(() => { fit(); place(); }).observe(map.getContainer());
}
