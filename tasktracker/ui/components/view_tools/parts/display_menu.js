// How a view lays its tasks out: groups or lanes, their order, columns of a table, and how dense it is.
import { h, shallowRef } from "vue";
import { customName } from "tasktracker-live-project/custom_fields.js";
import { CHOICES } from "tasktracker-live-project/display.js";
import { fetchJson } from "tasktracker-live-project/fetching.js";
import { columnName, COLUMNS } from "tasktracker-live-project/table_columns.js";
import { DOWN, SLIDERS, UP } from "./icons.js";
import { usePopover } from "./popover.js";

const { t } = window.tasktracker;

const GROUPS = {
  null: () => t("Nothing"),
  column: () => t("State"),
  assignee: () => t("Assignee"),
  priority: () => t("Priority"),
  label: () => t("Label"),
  parent: () => t("Parent"),
  due: () => t("Due date"),
};
const SORTS = {
  position: () => t("Order of the board"),
  "-priority": () => t("Priority"),
  due: () => t("Due date"),
  "-number": () => t("Newest first"),
  title: () => t("Title"),
};

export const DisplayMenu = {
  props: ["projectKey", "view", "display"],
  setup({ projectKey, view, display }) {
    const fields = shallowRef([]); // the project's own
    const choices = CHOICES[view];

    async function opened() {
      if (view !== "table") return;
      fields.value = await fetchJson(`/api/v1/projects/${projectKey}/custom-fields`).catch(() => []);
    }
    const popover = usePopover({ opened });

    const select = (name, values, names, member) =>
      h("label", { class: "tt-panel__row", key: member }, [
        h("span", null, name),
        h(
          "select",
          {
            class: "tt-panel__select",
            onChange: ({ target }) => display.set({ [member]: values[target.selectedIndex] }),
          },
          values.map((each) =>
            h("option", { key: String(each), selected: each === display.layout.value[member] }, names[each]()),
          ),
        ),
      ]);

    function columns() {
      const chosen = display.layout.value.columns;
      const all = [...COLUMNS, ...fields.value.map(({ key }) => customName(key))];
      const set = (next) => display.set({ columns: next });
      const flip = (name) => set(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
      const shift = (index, step) => {
        const next = [...chosen];
        [next[index], next[index + step]] = [next[index + step], next[index]];
        set(next);
      };
      const move = (name, icon, index, step) => {
        const isEnd = index + step < 0 || index + step >= chosen.length;
        return h(
          "button",
          {
            class: "tt-square tt-mini",
            type: "button",
            "aria-label": name,
            title: name,
            disabled: isEnd,
            onClick: () => shift(index, step),
          },
          [icon()],
        );
      };
      const row = (name) => {
        const index = chosen.indexOf(name);
        const label = columnName(name, fields.value);
        return h("li", { class: "tt-columns__item", key: name }, [
          h("label", { class: "tt-panel__check" }, [
            h("input", {
              type: "checkbox",
              checked: index >= 0,
              disabled: name === "title",
              onChange: () => flip(name),
            }),
            h("span", { dir: "auto" }, label),
          ]),
          ...(index < 0
            ? []
            : [
                move(t("Move {name} forward", { name: label }), UP, index, -1),
                move(t("Move {name} back", { name: label }), DOWN, index, 1),
              ]),
        ]);
      };
      const others = all.filter((each) => !chosen.includes(each));
      return h("fieldset", { class: "tt-columns" }, [
        h("legend", { class: "tt-panel__heading" }, t("Columns")),
        h("ul", { role: "list" }, [...chosen, ...others].map(row)),
      ]);
    }

    const panel = () => [
      choices.group ? select(view === "board" ? t("Lanes") : t("Group by"), choices.group, GROUPS, "group") : null,
      choices.sort ? select(t("Order"), choices.sort, SORTS, "sort") : null,
      h("label", { class: "tt-panel__check tt-panel__row" }, [
        h("span", null, t("Compact")),
        h("input", {
          type: "checkbox",
          checked: display.layout.value.compact,
          onChange: ({ target }) => display.set({ compact: target.checked }),
        }),
      ]),
      view === "table" ? columns() : null,
    ];

    return () => popover.draw({ icon: SLIDERS, name: t("Display"), panel });
  },
};
