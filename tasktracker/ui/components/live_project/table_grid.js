// The grid of a table: a head that stays in sight, and the rows near the viewport at their places.
import { h } from "vue";
import { nameOf } from "./card_parts.js";
import { cellOf } from "./table_cells.js";
import { columnOf } from "./table_columns.js";

const { t } = window.tasktracker;

export function gridOf(table) {
  const columns = table.names.map((name) => [name, columnOf(name, table.fields)]);
  const tracks = columns
    .map(([name, { width }]) => (name === "title" ? `minmax(${width * 0.7}px, 1fr)` : `${width}px`))
    .join(" ");
  const width = columns.reduce(
    (all, [name, column]) => all + (name === "title" ? column.width * 0.7 : column.width),
    0,
  );
  const style = { "--tt-tracks": tracks, minInlineSize: `${width + 32}px` };
  const size = {
    "aria-rowcount": table.isWhole ? table.rows.length + 1 : table.isCounted ? table.total + 1 : -1,
    "aria-colcount": columns.length,
  };
  return h(
    "div",
    {
      class: "tt-table__grid",
      role: "grid",
      "aria-label": table.label,
      "aria-multiselectable": true,
      key: "grid",
      style,
      ...size,
    },
    [
      headOf(columns, table),
      h(
        "div",
        { class: "tt-table__body", role: "rowgroup", style: { blockSize: `${table.total * table.height}px` } },
        bodyOf(columns, table),
      ),
    ],
  );
}

function headOf(columns, { sort }) {
  const order = sort.replace("-", "");
  const cell = ([name, column], index) => {
    const isSorted = Boolean(column.sort) && column.sort === order;
    const direction = sort.startsWith("-") ? "descending" : "ascending";
    const attributes = {
      role: "columnheader",
      "aria-colindex": index + 1,
      "aria-sort": isSorted ? direction : undefined,
      key: name,
    };
    const arrow = isSorted
      ? h("span", { class: "tt-table__arrow", "aria-hidden": "true" }, direction === "ascending" ? "↑" : "↓")
      : null;
    const words = [h("span", { class: "tt-table__name", dir: "auto" }, column.name()), arrow];
    const button = {
      class: "tt-flat tt-table__sort",
      type: "button",
      "data-sort": column.sort,
      "data-column": name,
      title: t("Sort by {column}", { column: column.name() }),
    };
    return h("div", { class: "tt-table__heading", ...attributes }, column.sort ? [h("button", button, words)] : words);
  };
  return h("div", { class: "tt-table__head", role: "rowgroup" }, [
    h("div", { class: "tt-table__row", role: "row", "aria-rowindex": 1 }, columns.map(cell)),
  ]);
}

function bodyOf(columns, table) {
  const [from, to] = table.range;
  const drawn = [];
  const kept = table.rows.findIndex((row) => row.number === table.current); // the row that Tab leads to
  if (kept >= 0 && kept < from) drawn.push(rowOf(kept, columns, table));
  for (let index = from; index < Math.min(to, table.total); index += 1) {
    drawn.push(index < table.rows.length ? rowOf(index, columns, table) : boneOf(index, columns, table));
  }
  if (kept >= Math.min(to, table.total)) drawn.push(rowOf(kept, columns, table));
  return drawn;
}

const placeOf = (index, height) => ({ transform: `translateY(${index * height}px)` });

function rowOf(index, columns, table) {
  const row = table.rows[index];
  const isEdited = table.editing === row.number;
  const isChosen = table.chosen.has(row.number);
  const attributes = {
    ...{ role: "row", tabindex: row.number === table.current ? 0 : -1, "data-number": row.number, key: row.number },
    ...{ "aria-rowindex": index + 2, "aria-selected": isChosen, style: placeOf(index, table.height) },
    "aria-label": nameOf(
      { ...row, number: row.ref.split("-").at(-1) },
      { frame: { ...table.frame, key: row.project }, today: table.today, category: row.state },
    ),
  };
  const classes = ["tt-table__row", { "tt-table__row--chosen": isChosen || table.selected === row.number }];
  const cell = ([name, column], place) => {
    const edit = table.canEdit ? column.edit : undefined;
    const inside = cellOf(name, column, {
      row,
      frame: table.frame,
      today: table.today,
      titles: table.titles,
      isEdited,
    });
    return h(
      "div",
      {
        class: ["tt-cell", `tt-cell--${column.custom ? "custom" : name}`],
        role: "gridcell",
        "aria-colindex": place + 1,
        "data-edit": edit,
        key: name,
      },
      inside ?? [],
    );
  };
  return h("div", { class: classes, ...attributes }, columns.map(cell));
}

// A row that is still on its way.
function boneOf(index, columns, table) {
  const cells = columns.map(([name]) =>
    h("div", { class: "tt-cell", key: name }, [
      h("span", { class: "tt-bone tt-bone--line", style: { inlineSize: name === "title" ? "60%" : "50%" } }),
    ]),
  );
  return h(
    "div",
    { class: "tt-table__row", "aria-hidden": "true", key: `bone-${index}`, style: placeOf(index, table.height) },
    cells,
  );
}
