// A row of the list, and a group of them.
import { h, inject } from "vue";
import * as parts from "./card_parts.js";
import { bone, boneRow } from "./skeletons.js";
import { WindowedList } from "./windowing.js";

const { t, tn } = window.tasktracker;

export const LIST = Symbol("what all rows of one list have in common");

const HEIGHT = 36; // px: what a row that was never drawn is taken for
const COMPACT = 30;

const TaskRow = {
  props: ["card", "category", "current", "selected", "chosen"],
  setup(props) {
    const list = inject(LIST);
    const attributes = (isEdited) => ({
      class: ["tt-row", { "tt-row--selected": props.selected || props.chosen }],
      role: isEdited ? "group" : "button",
      tabindex: props.current ? 0 : -1,
      "data-number": props.card.number,
      "aria-label": parts.nameOf(props.card, { ...list.value, category: props.category, chosen: props.chosen }),
    });
    return () => {
      const { card, category } = props;
      const { frame, today, present, canEdit, titles, editing } = list.value;
      const isEdited = editing === card.number;
      const cell = (name, field, inside) =>
        h("span", { class: `tt-row__${name}`, "data-edit": canEdit ? field : undefined }, inside);
      const title = isEdited ? [titles.field(card)] : card.title;
      return h("div", attributes(isEdited), [
        cell("priority", "priority", [parts.priorityIcon(card.priority)]),
        parts.idOf(card, frame),
        cell("state", "column_id", [parts.stateIcon(category)]),
        h("span", { class: "tt-row__title", dir: "auto" }, [
          h("span", { class: "tt-row__words", "data-title": "" }, title),
        ]),
        parts.presence(card, frame, present),
        cell("labels", "label_ids", parts.labelChips(card, frame)),
        h("span", { class: "tt-row__talk" }, [parts.commentCount(card)]),
        cell("due", "due", [parts.dueChip(card, today, category)]),
        cell("people", "assignee_ids", [parts.avatars(card, frame)]),
      ]);
    };
  },
};

export const TaskGroup = {
  // `hidden`: how many tasks of the group the filter does not let through.
  props: [
    ...["group", "cards", "hidden", "current", "selected", "chosen", "canCreate", "collapsed", "scroller", "compact"],
  ],
  setup(props) {
    const list = inject(LIST);
    const categoryOf = (card) => list.value.frame.columns.find(({ id }) => id === card.column_id)?.category;
    const rowOf = (card, index) => {
      const attributes = { "data-slot": card.number, "aria-posinset": index + 1, "aria-setsize": props.cards.length };
      return h("li", { class: "tt-list__item", key: card.number, ...attributes }, [
        h(TaskRow, {
          card,
          category: categoryOf(card),
          current: card.number === props.current,
          selected: card.number === props.selected,
          chosen: props.chosen.has(card.number),
        }),
      ]);
    };
    const head = ({ id, name, icon, column }, rows) => {
      const tasks = tn("{n} task", "{n} tasks", props.cards.length);
      const label = t("{column}, {tasks}", { column: name, tasks });
      const state = { "aria-expanded": !props.collapsed, "aria-label": label, "aria-controls": rows };
      const { length } = props.cards;
      return h("div", { class: "tt-group__head" }, [
        h("h2", { class: "tt-group__name" }, [
          h("button", { class: "tt-flat tt-fold", type: "button", "data-toggle": id, ...state }, [
            parts.CHEVRON(),
            icon?.(),
            h("span", { class: "tt-group__title", dir: "auto" }, name),
            parts.countOf(length + props.hidden, column?.wip_limit, length),
          ]),
        ]),
        column && props.canCreate ? parts.createButton(column) : null,
      ]);
    };
    const body = (group, id) => {
      const attributes = { class: "tt-group__rows", id, "aria-label": group.name };
      if (props.collapsed) return h("ul", { ...attributes, role: "list", hidden: true });
      const { cards, scroller, compact } = props;
      const height = compact ? COMPACT : HEIGHT;
      const empty = () => (cards.length ? null : h("li", { class: "tt-group__empty", key: "empty" }, t("No tasks")));
      return h(
        WindowedList,
        { ...attributes, cards, keep: [props.current], draw: rowOf, height, scroller },
        { default: empty },
      );
    };
    return () => {
      const { group, collapsed } = props;
      const id = `tt-rows-${group.id}`;
      return h("section", { class: ["tt-group", { "tt-group--collapsed": collapsed }] }, [
        head(group, id),
        body(group, id),
      ]);
    };
  },
};

const SKELETON = [
  [38, 55, 47],
  [62, 41, 50, 35, 58],
  [44, 52],
]; // percent: the titles' widths, group by group
const boneGroup = (widths) =>
  h("div", { class: "tt-group" }, [h("div", { class: "tt-group__head" }, [bone("120px")]), ...widths.map(boneRow)]);
export const skeleton = () =>
  h("div", { class: "tt-list__groups tt-skeleton", "aria-hidden": "true", key: "skeleton" }, SKELETON.map(boneGroup));
