// @ts-check
/* Whose zone lies under each spot of a view: a grid of coarse cells, so that many places of names are tried in no time. */

import { ACROSS } from "./labels.js";
import { distanceTo, flat, isWithin } from "./shapes.js";

/** @typedef {import("./labels.js").Box} Box */
/** @typedef {import("./labels.js").Point} Point */
/** @typedef {import("./labels.js").View} View */
/** @typedef {import("./shapes.js").Shape} Shape */
/** A zone on which names of others are read as its own, with what it has in common with its like: its clause and its kind.
 * Without these it is the line that parts the sides.
 * @typedef {{like?: string, shape: Shape}} Ground */
/** From the plane of the map to cells. @typedef {(position: [number, number]) => [column: number, row: number]} ToCells */

const CELL_PX = 3;
const LEAST = 0.1; // of a name: with less of it on a zone, it is not read as that zone's
const BANK_DEG = 0.01; // beside a zone, in the water that bounds it, a town is still the zone's
const LEADING_PX = 2; // of a name's box above and below its letters

/** @param {Shape} shape @param {ToCells} toCells @param {(from: [number, number], to: [number, number]) => void} take */
function eachEdge({ paths, isArea }, toCells, take) {
  for (const path of paths) {
    const cells = path.map(toCells);
    cells.forEach((to, at) => {
      if (at || isArea) take(cells[at ? at - 1 : cells.length - 1], to);
    });
  }
}

/** Cells of a view, row by row. */
class Cells {
  /** @param {number} columns @param {number} rows */
  constructor(columns, rows) {
    this.columns = columns;
    this.rows = rows;
    this.values = new Uint8Array(columns * rows);
  }

  /** @param {Shape} shape @param {ToCells} toCells @param {number} value */
  fill(shape, toCells, value) {
    /** @type {number[][]} */
    const crossings = Array.from({ length: this.rows }, () => []);
    eachEdge(shape, toCells, ([x, y], [right, low]) => {
      const [first, last] = [Math.max(0, Math.ceil(Math.min(y, low) - 0.5)), Math.min(this.rows - 1, Math.ceil(Math.max(y, low) - 0.5) - 1)];
      for (let row = first; row <= last; row += 1) crossings[row].push(x + ((row + 0.5 - y) / (low - y)) * (right - x));
    });
    crossings.forEach((ends, row) => {
      ends.sort((one, other) => one - other);
      for (let at = 0; at + 1 < ends.length; at += 2) this.paint(row, ends[at], ends[at + 1], value);
    });
  }

  /** @param {number} row @param {number} from @param {number} to @param {number} value */
  paint(row, from, to, value) {
    const [first, last] = [from, to].map((x) => Math.min(this.columns, Math.max(0, Math.round(x))));
    this.values.fill(value, row * this.columns + first, row * this.columns + last);
  }

  /** @param {Shape} shape @param {ToCells} toCells */
  trace(shape, toCells) {
    eachEdge(shape, toCells, ([x, y], [right, low]) => {
      const steps = Math.ceil(2 * Math.max(Math.abs(right - x), Math.abs(low - y), 0.5)); // half a cell, so that none is skipped aslant
      for (let step = 0; step <= steps; step += 1) this.mark(x + ((right - x) * step) / steps, y + ((low - y) * step) / steps);
    });
  }

  /** @param {number} x @param {number} y */
  mark(x, y) {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (column >= 0 && column < this.columns && row >= 0 && row < this.rows) this.values[row * this.columns + column] = 1;
  }

  /** @param {number} column @param {number} row */
  at(column, row) {
    const inside = column >= 0 && column < this.columns && row >= 0 && row < this.rows;
    return inside ? this.values[row * this.columns + column] : 0;
  }
}

/** @param {Shape} shape @param {[number, number]} place */
const isNear = ({ box: [west, south, east, north] }, [x, y]) =>
  x > west - BANK_DEG && x < east + BANK_DEG && y > south - BANK_DEG && y < north + BANK_DEG;

/** A function of points that works each of them out once.
 * @param {(point: Point) => number} work */
function remembered(work) {
  /** @type {Map<string, number>} */
  const known = new Map();
  return (/** @type {Point} */ point) => {
    const key = `${point.x} ${point.y}`;
    const found = known.get(key) ?? work(point);
    known.set(key, found);
    return found;
  };
}

/** How far a name would be read as that of others in a view: the part of its box on zones unlike the one that its point
 * lies on, and more where the line of contact runs through it.
 * @param {Ground[]} grounds
 * @param {Pick<View, "size" | "margin" | "project" | "zoom">} view
 * @returns {(box: Box & {h: number}, point: Point) => number} */
export function foreignIn(grounds, { size, margin, project, zoom }) {
  const scale = (256 * 2 ** zoom) / 360 / CELL_PX;
  const [{ x, y }, [west, north]] = [project([0, 0]), flat([0, 0])];
  const corner = { x: (x + margin.x) / CELL_PX - west * scale, y: (y + margin.y) / CELL_PX + north * scale };
  /** @type {ToCells} */
  const toCells = ([lon, up]) => [corner.x + lon * scale, corner.y - up * scale];
  const across = [size.x + 2 * margin.x, size.y + 2 * margin.y].map((length) => Math.ceil(length / CELL_PX));
  const [zones, line] = [new Cells(across[0], across[1]), new Cells(across[0], across[1])];
  const likes = [...new Set(grounds.map(({ like }) => like))];
  for (const { like, shape } of grounds) {
    if (like === undefined) line.trace(shape, toCells);
    else zones.fill(shape, toCells, likes.indexOf(like) + 1);
  }
  // towns lie nearer to the line than a cell is wide
  const ownOf = remembered((/** @type {Point} */ point) => {
    const place = /** @type {[number, number]} */ ([((point.x + margin.x) / CELL_PX - corner.x) / scale, (corner.y - (point.y + margin.y) / CELL_PX) / scale]);
    const near = grounds.filter(({ like, shape }) => like !== undefined && isNear(shape, place));
    const under = near.find(({ shape }) => isWithin(shape.paths, place)) ?? near.find(({ shape }) => distanceTo(shape.paths, place) < BANK_DEG);
    return under ? likes.indexOf(under.like) + 1 : 0;
  });
  const cell = (/** @type {number} */ px, /** @type {number} */ edge) => Math.floor((px + edge) / CELL_PX);
  return (box, point) => {
    const own = ownOf(point);
    let [all, foreign, crossed] = [0, 0, false];
    for (let row = cell(box.y, margin.y); row <= cell(box.y + box.h, margin.y); row += 1) {
      for (let column = cell(box.x, margin.x); column <= cell(box.x + box.w, margin.x); column += 1) {
        const there = zones.at(column, row);
        all += 1;
        if (there && there !== own) foreign += 1;
        crossed ||= row >= cell(box.y + LEADING_PX, margin.y) && row <= cell(box.y + box.h - LEADING_PX, margin.y) && line.at(column, row) === 1;
      }
    }
    const share = foreign / all;
    return (share > LEAST ? share : 0) + (crossed ? ACROSS : 0);
  };
}
