// Where cards are drawn. The cards of a board lie in cells: a column, or where there are lanes a column's part of a lane.

// Stands in a cell where a card that is being dragged would land.
export const GAP = Object.freeze({ number: 0 });

export const cellOf = (column_id, lane = null) => (lane === null ? column_id : `${column_id}|${lane}`);

// The column and the lane of a cell; without lanes the lane is null.
export function placeOf(cell) {
  const at = cell.indexOf("|");
  return at < 0 ? { column_id: cell, lane: null } : { column_id: cell.slice(0, at), lane: cell.slice(at + 1) };
}

// Where a card is drawn: {cell, column_id, lane, index, count, after, before}, or null.
export function spotOf(lists, number) {
  for (const [cell, cards] of lists) {
    const index = cards.findIndex((card) => card.number === number);
    if (index >= 0) return { ...spotAt(cell, cards, index + 1, index - 1), index, count: cards.length };
  }
  return null;
}

// The spot between two places among a cell's cards.
export function spotAt(cell, cards, next, previous = next - 1) {
  return { cell, ...placeOf(cell), after: cards[previous]?.number ?? null, before: cards[next]?.number ?? null };
}

const SIDES = ["cell", "after", "before"];

export const isSameSpot = (one, other) => SIDES.every((side) => one[side] === other[side]);

// As the server does it: right after `after` if that is here, else right before `before`, else at the end.
export function insert(list, card, { after, before }) {
  const placeIn = (number) => (number === null ? -1 : list.findIndex((other) => other.number === number));
  const previous = placeIn(after);
  const next = previous < 0 ? placeIn(before) : previous + 1;
  list.splice(next < 0 ? list.length : next, 0, card);
}

export function byPosition(one, other) {
  if (one.position !== other.position) return one.position < other.position ? -1 : 1;
  return one.number - other.number;
}
