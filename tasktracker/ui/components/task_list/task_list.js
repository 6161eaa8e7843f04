// The list: one row a task, in groups. It draws what a LiveProject holds and sends intents.
import { computed, h, provide, shallowRef } from "vue";
import { numberOf, onCardKey, useCardFocus } from "tasktracker-live-project/card_focus.js";
import * as parts from "tasktracker-live-project/card_parts.js";
import { pageDisplay } from "tasktracker-live-project/display.js";
import { useFieldMenu } from "tasktracker-live-project/field_menu.js";
import { groupingBy, sortedBy } from "tasktracker-live-project/grouping.js";
import { useShut } from "tasktracker-live-project/kept.js";
import { firstTask } from "tasktracker-live-project/lessons.js";
import { useLiveProject } from "tasktracker-live-project/live_project.js";
import { nothingFits } from "tasktracker-live-project/nothing_fits.js";
import { usePageView } from "tasktracker-live-project/page_view.js";
import { selectionBar, useSelection } from "tasktracker-live-project/selection.js";
import { pageFilter } from "tasktracker-live-project/task_filter.js";
import { LIST, TaskGroup, skeleton } from "tasktracker-live-project/task_row.js";
import { useTitleEdit } from "tasktracker-live-project/title_edit.js";

const { t } = window.tasktracker;
const gone = (words) => t("{task} left the list.", words);

const WALKS = { arrowup: "up", k: "up", arrowdown: "down", j: "down", home: "first", end: "last" };
const OPENS = new Set(["enter", "o"]);

export default {
  props: { projectKey: String, canEdit: Boolean, canCreate: Boolean, url: String, selected: Number, present: Object },
  emits: ["open", "create", "edit", "act"],
  setup(props, { emit, expose }) {
    const root = shallowRef();
    const filter = pageFilter(props.url);
    const { layout } = pageDisplay(props.projectKey, "list");
    const live = useLiveProject(props.url);
    const place = useCardFocus(root, live, { gone });
    const shut = useShut(`tt-collapsed-${props.projectKey}`);
    const today = parts.useToday();
    const canCreate = computed(() => props.canCreate && live.frame.value?.archived === false);
    expose({ patch: (patch) => live.patch(patch), reload: () => live.load() });

    const open = (number) => emit("open", number);

    // {id, name, icon, cards}; a column's group stays though it is empty, unless a filter is why.
    const groups = computed(() => {
      const { group, sort } = layout.value;
      const grouping = groupingBy(group, live, today.value);
      if (!grouping) return [];
      const cards = new Map();
      for (const card of sortedBy([...live.lists.value.values()].flat(), sort)) {
        const id = grouping.of(card);
        if (!cards.has(id)) cards.set(id, []);
        cards.get(id).push(card);
      }
      const all = grouping.sorted(new Set(cards.keys())).map((each) => ({ ...each, cards: cards.get(each.id) ?? [] }));
      return filter.text.value ? all.filter((each) => each.cards.length) : all;
    });
    const rows = computed(() =>
      groups.value.filter(({ id }) => !shut.ids.value.has(id)).flatMap((group) => group.cards),
    );
    const tabStop = computed(() => place.tabStop(rows.value));

    function walk(number, step) {
      const index = rows.value.findIndex((card) => card.number === number);
      const next = { up: index - 1, down: index + 1, first: 0, last: rows.value.length - 1 }[step];
      if (rows.value[next]) place.focus(rows.value[next].number);
    }

    const selection = useSelection({ live, place, orders: () => [rows.value] });
    const view = usePageView({ props, emit, live, root, place, selection });
    const menu = useFieldMenu({ live, view, root });
    const titles = useTitleEdit({ live, view, root, open });
    const onKeydown = onCardKey((key, number) => {
      if (WALKS[key]) return () => walk(number, WALKS[key]);
      if (key === "f2") return () => titles.begin(number);
      return OPENS.has(key) ? () => open(number) : selection.actionOf(key, number);
    });
    provide(
      LIST,
      computed(() => ({
        frame: live.frame.value,
        today: today.value,
        present: props.present,
        canEdit: view.canEdit(),
        titles,
        editing: titles.editing.value,
      })),
    );

    function onClick(event) {
      if (selection.onClick(event) || menu.onClick(event) || titles.onClick(event)) return;
      const over = (selector) => event.target.closest(selector);
      const [toggle, create, row] = [over("[data-toggle]"), over("[data-create]"), over("[data-number]")];
      if (toggle) shut.toggle(toggle.dataset.toggle);
      else if (create) emit("create", { column_id: create.dataset.create });
      else if (row) open(numberOf(row));
    }

    const within = (cards, number) => (cards.some((card) => card.number === number) ? number : null);
    const groupOf = (group) =>
      h(TaskGroup, {
        ...{ key: group.id, group, cards: group.cards, canCreate: canCreate.value, compact: layout.value.compact },
        hidden: group.column ? (live.hidden.get(group.id) ?? 0) : 0,
        scroller: () => root.value,
        collapsed: shut.ids.value.has(group.id),
        current: within(group.cards, tabStop.value),
        selected: within(group.cards, props.selected),
        chosen: selection.chosen.value,
      });
    const content = () => {
      const [frame, drawn] = [live.frame.value, groups.value]; // `cards` is not watched: what is drawn says when they change
      if (live.state.value === "failed") return parts.failure(live);
      if (live.state.value === "loading") return skeleton();
      if (!frame.columns.length) return h("p", { class: "tt-list__bare" }, t("This project has no columns yet."));
      if (filter.fits.value?.size === 0 && live.cards.size) return nothingFits(filter, live.cards.size);
      if (!live.cards.size) return firstTask(canCreate.value);
      const name = t("Tasks of {project}", { project: frame.name });
      const attributes = { class: "tt-list__groups", role: "group", "aria-label": name, key: "groups" };
      return h("div", attributes, drawn.map(groupOf));
    };
    const listeners = { onClick, onKeydown, onFocusin: place.onFocusin };
    return () => {
      const loading = live.state.value === "loading";
      const classes = ["tt-list", { "tt-list--compact": layout.value.compact }];
      return h("div", { class: classes, ref: root, "aria-busy": loading, ...listeners }, [
        content(),
        h("p", { class: "tt-sr-only", role: "status" }, loading ? t("Loading the list") : place.said.value),
        selectionBar(selection, view.canEdit()),
        menu.draw(),
      ]);
    };
  },
};
