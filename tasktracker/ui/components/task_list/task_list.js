// The list: one row a task, grouped by column. It draws what a LiveProject holds and sends intents.
import { computed, h, inject, provide, shallowRef } from "vue";
import { numberOf, onCardKey, useCardFocus } from "tasktracker-live-project/card_focus.js";
import * as parts from "tasktracker-live-project/card_parts.js";
import { useLiveProject } from "tasktracker-live-project/live_project.js";
import { usePageView } from "tasktracker-live-project/page_view.js";
import { selectionBar, useSelection } from "tasktracker-live-project/selection.js";

const { t, tn } = window.tasktracker;
const gone = (words) => t("{task} left the list.", words);

const FIRST = 40; // rows a group draws at once; the rest follow,
const MORE = 100; // so many a group with every frame
const VIEW = Symbol("what all rows of one list have in common");

const TaskRow = {
  props: ["card", "category", "current", "selected", "chosen"],
  setup(props) {
    const view = inject(VIEW);
    const attributes = () => ({
      class: ["tt-row", { "tt-row--selected": props.selected || props.chosen }],
      role: "button",
      tabindex: props.current ? 0 : -1,
      "data-number": props.card.number,
      "aria-label": parts.nameOf(props.card, { ...view.value, category: props.category, chosen: props.chosen }),
    });
    return () => {
      const { card, category } = props;
      const { frame, today } = view.value;
      return h("div", attributes(), [
        h("span", { class: "tt-row__priority" }, [parts.priorityIcon(card.priority)]),
        parts.idOf(card, frame),
        h("span", { class: "tt-row__state" }, [parts.stateIcon(category)]),
        h("span", { class: "tt-row__title", dir: "auto" }, card.title),
        h("span", { class: "tt-row__labels" }, parts.labelChips(card, frame)),
        h("span", { class: "tt-row__talk" }, [parts.commentCount(card)]),
        h("span", { class: "tt-row__due" }, [parts.dueChip(card, today, category)]),
        h("span", { class: "tt-row__people" }, [parts.avatars(card, frame)]),
      ]);
    };
  },
};

const TaskGroup = {
  props: ["column", "cards", "limit", "current", "selected", "chosen", "canCreate", "collapsed"],
  setup(props) {
    const rowOf = (card) =>
      h("li", { class: "tt-list__item", key: card.number }, [
        h(TaskRow, {
          card,
          category: props.column.category,
          current: card.number === props.current,
          selected: card.number === props.selected,
          chosen: props.chosen.has(card.number),
        }),
      ]);
    const head = (column, rows) => {
      const tasks = tn("{n} task", "{n} tasks", props.cards.length);
      const name = t("{column}, {tasks}", { column: column.name, tasks });
      const state = { "aria-expanded": !props.collapsed, "aria-label": name, "aria-controls": rows };
      return h("div", { class: "tt-group__head" }, [
        h("h2", { class: "tt-group__name" }, [
          h("button", { class: "tt-group__toggle", type: "button", "data-toggle": column.id, ...state }, [
            parts.CHEVRON(),
            parts.stateIcon(column.category),
            h("span", { class: "tt-group__title", dir: "auto" }, column.name),
            parts.countOf(props.cards.length, column.wip_limit),
          ]),
        ]),
        props.canCreate ? parts.createButton(column) : null,
      ]);
    };
    const body = () => {
      if (props.collapsed) return [];
      if (props.cards.length) return props.cards.slice(0, props.limit).map(rowOf);
      return [h("li", { class: "tt-group__empty", key: "empty" }, t("No tasks"))];
    };
    return () => {
      const { column, collapsed } = props;
      const id = `tt-rows-${column.id}`;
      const attributes = { class: "tt-group__rows", id, role: "list", "aria-label": column.name, hidden: collapsed };
      return h("section", { class: ["tt-group", { "tt-group--collapsed": collapsed }] }, [
        head(column, id),
        h("ul", attributes, body()),
      ]);
    };
  },
};

export default {
  props: { projectKey: String, canEdit: Boolean, canCreate: Boolean, url: String, selected: Number },
  emits: ["open", "create", "edit", "act"],
  setup(props, { emit, expose }) {
    const [root, limit] = [shallowRef(), shallowRef(FIRST)];
    const live = useLiveProject(props.url);
    const place = useCardFocus(root, live, { gone }, () => (limit.value = Infinity));
    const collapsed = useCollapsed(`tt-collapsed-${props.projectKey}`);
    const today = parts.useToday();
    const canCreate = computed(() => props.canCreate && live.frame.value?.archived === false);
    provide(VIEW, computed(() => ({ frame: live.frame.value, today: today.value })));
    expose({ patch: (patch) => live.patch(patch), reload: () => live.load() });
    parts.useFrames(live, limit, MORE);

    const open = (number) => emit("open", number);
    const shown = computed(() => live.frame.value?.columns.filter(({ id }) => !collapsed.ids.value.has(id)) ?? []);
    const rows = computed(() => shown.value.flatMap(({ id }) => live.lists.value.get(id) ?? []));
    const tabStop = computed(() => place.tabStop(rows.value));

    function walk(number, step) {
      const index = rows.value.findIndex((card) => card.number === number);
      const next = { up: index - 1, down: index + 1, first: 0, last: rows.value.length - 1 }[step];
      if (rows.value[next]) place.focus(rows.value[next].number);
    }

    const selection = useSelection({ live, place, orders: () => [rows.value] });
    const view = usePageView({ props, emit, live, root, place, selection });
    const onKeydown = onCardKey((key, number) => {
      if (WALKS[key]) return () => walk(number, WALKS[key]);
      return OPENS.has(key) ? () => open(number) : selection.actionOf(key, number);
    });

    function onClick(event) {
      if (selection.onClick(event)) return;
      const over = (selector) => event.target.closest(selector);
      const [toggle, create, row] = [over("[data-toggle]"), over("[data-create]"), over("[data-number]")];
      if (toggle) collapsed.toggle(toggle.dataset.toggle);
      else if (create) emit("create", { column_id: create.dataset.create });
      else if (row) open(numberOf(row));
    }

    const within = (cards, number) => (cards.some((card) => card.number === number) ? number : null);
    const groupOf = (column) => {
      const cards = live.lists.value.get(column.id) ?? [];
      return h(TaskGroup, {
        ...{ key: column.id, column, cards, limit: limit.value, canCreate: canCreate.value },
        collapsed: collapsed.ids.value.has(column.id),
        current: within(cards, tabStop.value),
        selected: within(cards, props.selected),
        chosen: selection.chosen.value,
      });
    };
    const content = () => {
      const frame = live.frame.value;
      if (live.state.value === "failed") return parts.failure(live);
      if (!frame) return skeleton();
      if (!frame.columns.length) return h("p", { class: "tt-list__bare" }, t("This project has no columns yet."));
      const name = t("Tasks of {project}", { project: frame.name });
      const attributes = { class: "tt-list__groups", role: "group", "aria-label": name, key: "groups" };
      return h("div", attributes, frame.columns.map(groupOf));
    };
    const listeners = { onClick, onKeydown, onFocusin: place.onFocusin };
    return () => {
      const loading = live.state.value === "loading";
      return h("div", { class: "tt-list", ref: root, "aria-busy": loading, ...listeners }, [
        content(),
        h("p", { class: "tt-sr-only", role: "status" }, loading ? t("Loading the list") : place.said.value),
        selectionBar(selection, view.canEdit()),
      ]);
    };
  },
};

const WALKS = { arrowup: "up", k: "up", arrowdown: "down", j: "down", home: "first", end: "last" };
const OPENS = new Set(["enter", "o", " "]);

// Which groups are shut, kept in the browser where it lets us.
function useCollapsed(key) {
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? [];
    } catch {
      return [];
    }
  };
  const ids = shallowRef(new Set(read()));
  function toggle(id) {
    const next = new Set(ids.value);
    if (!next.delete(id)) next.add(id);
    ids.value = next;
    try {
      localStorage.setItem(key, JSON.stringify([...next]));
    } catch {
      // A browser that keeps nothing forgets it with the page.
    }
  }
  return { ids, toggle };
}

const SKELETON = [[38, 55, 47], [62, 41, 50, 35, 58], [44, 52]]; // percent: the titles' widths, group by group
const bone = (width) => h("span", { class: "tt-bone tt-bone--line", style: { inlineSize: width } });
const boneTitle = (percent) => h("span", { class: "tt-row__title" }, [bone(`${percent}%`)]);
const boneRow = (percent) => h("div", { class: "tt-row" }, [boneTitle(percent)]);
const boneGroup = (widths) =>
  h("div", { class: "tt-group" }, [h("div", { class: "tt-group__head" }, [bone("120px")]), ...widths.map(boneRow)]);
const skeleton = () =>
  h("div", { class: "tt-list__groups tt-skeleton", "aria-hidden": "true", key: "skeleton" }, SKELETON.map(boneGroup));
