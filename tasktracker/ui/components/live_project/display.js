// How a view lays its tasks out, one for the menu in which it is chosen and the view. A saved view brings it in the
// address; else it is what was chosen last in this browser.
import { shallowRef } from "vue";
import { keep, readKept } from "./kept.js";

const USUAL = {
  board: { group: null, sort: "position", columns: [], compact: false },
  list: { group: "column", sort: "position", columns: [], compact: false },
  table: {
    group: null,
    sort: "-number",
    columns: ["ref", "title", "column", "priority", "assignee", "label", "due", "updated"],
    compact: false,
  },
};
// What each view can do with a layout; the others take it as it is.
export const CHOICES = {
  board: { group: [null, "assignee", "priority", "label", "parent"] },
  list: {
    group: ["column", "priority", "assignee", "label", "due", null],
    sort: ["position", "-priority", "due", "-number", "title"],
  },
  table: {},
};

class Display {
  layout; // a ref: {group, sort, columns, compact}
  saved = shallowRef(null); // the id of the saved view that the address names

  #name;

  constructor(key, view) {
    this.#name = `tt-display-${key}-${view}`;
    const query = new URLSearchParams(location.search);
    this.saved.value = query.get("view");
    const chosen = this.saved.value ? fromAddress(query) : readKept(this.#name, {});
    this.layout = shallowRef(fitting({ ...(USUAL[view] ?? USUAL.board), ...chosen }, view));
  }

  set(changes) {
    this.layout.value = { ...this.layout.value, ...changes };
    if (this.saved.value) window.tasktracker.setAddress(toAddress(this.layout.value));
    else keep(this.#name, this.layout.value);
  }

  // The page shows that saved view from now on, or (null) none.
  becomes(id) {
    this.saved.value = id;
    const none = { group: null, sort: null, columns: null, compact: null };
    window.tasktracker.setAddress({ view: id, ...(id ? toAddress(this.layout.value) : none) });
    if (!id) keep(this.#name, this.layout.value);
  }
}

// An empty text stands for no grouping and no columns of one's own.
const toAddress = ({ group, sort, columns, compact }) => ({
  group: group ?? "",
  sort,
  columns: columns.length ? columns.join(",") : null,
  compact: compact ? "1" : null,
});

function fromAddress(query) {
  const columns = query.get("columns")?.split(",").filter(Boolean) ?? [];
  return {
    ...(query.has("group") ? { group: query.get("group") || null } : {}),
    ...(query.has("sort") ? { sort: query.get("sort") } : {}),
    ...(columns.length ? { columns } : {}),
    compact: query.get("compact") === "1",
  };
}

// A layout that was made for another view is taken as far as this one can do it.
function fitting(layout, view) {
  const { group, sort } = CHOICES[view] ?? {};
  return {
    ...layout,
    group: !group || group.includes(layout.group) ? layout.group : USUAL[view].group,
    sort: !sort || sort.includes(layout.sort) ? layout.sort : USUAL[view].sort,
  };
}

// A layout of tasks of several projects: nothing keeps what is changed.
export function fixedDisplay(given) {
  const columns = given.columns.length
    ? given.columns
    : ["ref", "title", "priority", "assignee", "label", "due", "updated"];
  const sort = given.sort.endsWith("position") ? "-updated" : given.sort;
  const layout = shallowRef({ ...given, columns, sort });
  return { layout, set: (changes) => (layout.value = { ...layout.value, ...changes }) };
}

let display;

// The one of this page.
export const pageDisplay = (key, view) => (display ??= new Display(key, view));
