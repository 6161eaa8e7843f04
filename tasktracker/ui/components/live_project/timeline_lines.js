// The lines of the timeline, from the end of what blocks to the start of what waits for it.
import { h } from "vue";

export const ROW = 36; // px: the height of a row
const TURN = 10; // px between a bar and the first corner of its line
const CLEAR = 2 * TURN; // px that a line needs between two bars to go straight down

const middle = (row) => row * ROW + ROW / 2;

// From x in one row to x in another.
export function lineOf(from, fromRow, to, toRow) {
  const [start, end] = [middle(fromRow), middle(toRow)];
  if (to - from >= CLEAR) return `M${from} ${start}h${TURN}V${end}H${to - 2}`;
  const lane = (toRow > fromRow ? toRow : toRow + 1) * ROW; // right above the row that it leads to, or below
  return `M${from} ${start}h${TURN}V${lane}H${to - TURN}V${end}H${to - 2}`;
}

export const arrowHead = () =>
  h("defs", { key: "head" }, [
    h("marker", { id: "tt-arrow", viewBox: "0 0 6 6", refX: 5, refY: 3, markerWidth: 6, markerHeight: 6, orient: "auto" }, [
      h("path", { class: "tt-line__head", d: "M0 0.5 5 3 0 5.5z" }),
    ]),
  ]);
