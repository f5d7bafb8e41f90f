/* From areas that share their edges vertex for vertex: inner outlines, land border and coast, each drawn once. */
(function (clausemap) {
  "use strict";

  function rings(collection) {
    return collection.features.flatMap(({ geometry }) =>
      (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).flat());
  }

  function edges(collection) {
    const found = new Map();
    for (const ring of rings(collection)) {
      for (let i = 1; i < ring.length; i += 1) {
        const ends = [ring[i - 1].join(), ring[i].join()];
        const key = ends.slice().sort().join(" ");
        const edge = found.get(key);
        if (edge) edge.count += 1;
        else found.set(key, { ends, count: 1 });
      }
    }
    return found;
  }

  function walk(start, next, waiting) {
    const line = [start];
    for (let at = start, edge = next; edge;) {
      waiting.delete(edge);
      at = edge.ends[0] === at ? edge.ends[1] : edge.ends[0];
      line.push(at);
      const onward = edge.at.get(at);
      edge = onward.length === 2 ? onward.find((other) => waiting.has(other)) : undefined;
    }
    return line.map((place) => place.split(",").map(Number).reverse());
  }

  /** Join edges into lines of [lat, lon] that end where lines meet. */
  function chain(list) {
    const at = new Map();
    for (const edge of list) {
      edge.at = at;
      for (const end of edge.ends) at.set(end, [...(at.get(end) || []), edge]);
    }
    const waiting = new Set(list);
    const lines = [];
    for (const [place, meeting] of at) {
      if (meeting.length === 2) continue;
      for (const edge of meeting) if (waiting.has(edge)) lines.push(walk(place, edge, waiting));
    }
    for (const edge of waiting) lines.push(walk(edge.ends[0], edge, waiting));
    return lines;
  }

  clausemap.outlines = function (oblasts, neighbours) {
    const parts = { oblasts: [], border: [], coast: [] };
    const beside = edges(neighbours);
    for (const [key, edge] of edges(oblasts)) {
      if (edge.count > 1) parts.oblasts.push(edge);
      else parts[beside.has(key) ? "border" : "coast"].push(edge);
    }
    return Object.fromEntries(Object.entries(parts).map(([name, list]) => [name, chain(list)]));
  };
})(window.clausemap = window.clausemap || {});
