// What a board is made of: columns that scroll by themselves, or lanes that scroll together below the columns' heads.
import { h } from "vue";
import * as parts from "./card_parts.js";
import { GAP, cellOf, placeOf } from "./spots.js";
import { CardStack } from "./task_card.js";

const { number, t, tn } = window.tasktracker;

// The columns of a board without lanes, each of them a cell.
export function columnsOf(board) {
  return board.live.frame.value.columns.map((column) => {
    const isShut = board.shut.has(column.id);
    const cards = h(CardStack, { ...board.stackOf(column.id, column), name: column.name, empty: t("No tasks") });
    const attributes = { role: "listitem", "aria-label": nameOf(column, board), "data-column": column.id };
    const classes = ["tt-column", { "tt-column--shut": isShut }];
    return h("div", { class: classes, key: column.id, "data-cell": column.id, ...attributes }, [
      headOf(column, board, isShut),
      isShut ? null : cards,
    ]);
  });
}

// The heads of the columns, and below them one lane after the other.
export function lanesOf(board) {
  const { live, lists } = board;
  const ids = new Set([...lists.keys()].map((cell) => placeOf(cell).lane));
  const heads = live.frame.value.columns.map((column) => {
    const isShut = board.shut.has(column.id);
    const attributes = { "data-column": column.id, key: column.id };
    return h("div", { class: ["tt-column", { "tt-column--shut": isShut }], ...attributes }, [
      headOf(column, board, isShut),
    ]);
  });
  const lanes = live.lanes.value.sorted(ids).map((lane) => laneOf(lane, board));
  return [h("div", { class: "tt-lanes__heads", key: "heads" }, heads), ...lanes];
}

function laneOf(lane, board) {
  const isShut = board.shut.has(lane.id);
  const columns = board.live.frame.value.columns;
  const cards = columns.flatMap(({ id }) => board.lists.get(cellOf(id, lane.id)) ?? []);
  const n = countIn(cards, board);
  const name = t("{name}, {tasks}", { name: lane.name, tasks: tn("{n} task", "{n} tasks", n) });
  const toggle = { type: "button", "data-toggle": lane.id, "aria-expanded": !isShut, "aria-label": name };
  return h("section", { class: ["tt-lane", { "tt-lane--shut": isShut }], key: lane.id, "aria-label": name }, [
    h("h2", { class: "tt-lane__head" }, [
      h("button", { class: "tt-flat tt-fold", ...toggle }, [
        parts.CHEVRON(),
        lane.icon?.(),
        h("span", { class: "tt-lane__name", dir: "auto" }, lane.name),
        h("span", { class: "tt-count" }, number(n)),
      ]),
    ]),
    isShut
      ? null
      : h(
          "div",
          { class: "tt-lane__cells" },
          columns.map((column) => cellIn(lane, column, board)),
        ),
  ]);
}

function cellIn(lane, column, board) {
  const cell = cellOf(column.id, lane.id);
  const isShut = board.shut.has(column.id);
  const name = t("{lane}, {column}", { lane: lane.name, column: column.name });
  return h("div", { class: ["tt-column", { "tt-column--shut": isShut }], key: cell, "data-cell": cell }, [
    isShut ? null : h(CardStack, { ...board.stackOf(cell, column), name, scroller: board.scroller }),
  ]);
}

function headOf(column, board, isShut) {
  const { shown, all } = countsOf(column, board);
  const name = isShut
    ? t("Open the column {name}", { name: column.name })
    : t("Shut the column {name}", { name: column.name });
  const toggle = {
    type: "button",
    "data-toggle": column.id,
    "aria-expanded": !isShut,
    "aria-label": name,
    title: name,
  };
  return h("div", { class: "tt-column__head" }, [
    parts.stateIcon(column.category),
    h("h2", { class: "tt-column__name", dir: "auto", title: column.name }, column.name),
    parts.countOf(all, column.wip_limit, shown),
    h("button", { class: "tt-square tt-column__toggle", ...toggle }, [isShut ? parts.EXPAND() : parts.COLLAPSE()]),
    board.canCreate && !isShut ? parts.createButton(column) : null,
  ]);
}

function nameOf(column, board) {
  const { shown } = countsOf(column, board);
  const words = { column: column.name, tasks: tn("{n} task", "{n} tasks", shown), limit: column.wip_limit };
  return column.wip_limit ? t("{column}, {tasks}, limit {limit}", words) : t("{column}, {tasks}", words);
}

// How many tasks a column has, and how many of them the filter lets through. A card in the hand counts where it would land.
function countsOf(column, board) {
  const cells = [...board.lists].filter(([cell]) => placeOf(cell).column_id === column.id);
  const shown = cells.reduce((n, [, cards]) => n + countIn(cards, board), 0);
  return { shown, all: shown + (board.live.hidden.get(column.id) ?? 0) };
}

const countIn = (cards, { lifted, live }) => {
  const isGapThere = live.held?.gap;
  return cards.filter((card) => (isGapThere ? card.number !== lifted : card !== GAP)).length;
};

const SKELETON = [
  [85, 60, 75],
  [70, 90],
  [60, 85, 70, 75],
  [90, 65],
]; // percent: the titles' widths, column by column
const bone = (percent) => h("div", { class: "tt-bone", style: { inlineSize: `${percent}%` } });
const boneCard = (width) => h("div", { class: "tt-card" }, [bone(20), bone(width), bone(35)]);
const boneColumn = (widths) =>
  h("div", { class: "tt-column" }, [
    h("div", { class: "tt-column__head" }, [bone(40)]),
    h("div", { class: "tt-column__cards" }, widths.map(boneCard)),
  ]);
export const skeleton = () =>
  h("div", { class: "tt-board__strip tt-skeleton", "aria-hidden": "true", key: "skeleton" }, SKELETON.map(boneColumn));
