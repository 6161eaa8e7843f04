// The table: a row for each task, in columns of one's choice. Of many rows those near the viewport are drawn, and those
// that are needed are loaded.
import { computed, h, nextTick, onBeforeUnmount, onMounted, shallowRef, watch } from "vue";
import { numberOf, onCardKey, useCardFocus } from "tasktracker-live-project/card_focus.js";
import * as parts from "tasktracker-live-project/card_parts.js";
import { customKey } from "tasktracker-live-project/custom_fields.js";
import { fixedDisplay, pageDisplay } from "tasktracker-live-project/display.js";
import { fetchJson } from "tasktracker-live-project/fetching.js";
import { useFieldMenu } from "tasktracker-live-project/field_menu.js";
import { firstTask } from "tasktracker-live-project/lessons.js";
import { nothingFits } from "tasktracker-live-project/nothing_fits.js";
import { usePageView } from "tasktracker-live-project/page_view.js";
import { selectionBar, useSelection } from "tasktracker-live-project/selection.js";
import { columnOf, fieldsFor } from "tasktracker-live-project/table_columns.js";
import { gridOf } from "tasktracker-live-project/table_grid.js";
import { useTableSource } from "tasktracker-live-project/table_source.js";
import { fixedFilter, pageFilter } from "tasktracker-live-project/task_filter.js";
import { useTitleEdit } from "tasktracker-live-project/title_edit.js";

const { t, tn } = window.tasktracker;
const gone = (words) => t("{task} left the table.", words);

const MARGIN = 12; // rows above and below the viewport that are drawn too
const AHEAD = 60; // rows below the viewport that are loaded before somebody comes to them
const BONES = 24; // rows that are drawn before it is known how many there are
const PAGE = 15; // rows that Page Up and Page Down go over
const OPENS = new Set(["enter", "o"]);

export default {
  // `tasks` is the address of a list in the API; without a project they are of several ones, and `query` and `layout` say which and how.
  props: {
    ...{ projectKey: String, canEdit: Boolean, canCreate: Boolean, url: String, selected: Number },
    ...{ tasks: String, frame: Object, query: String, layout: Object },
  },
  emits: ["open", "create", "edit", "act"],
  setup(props, { emit, expose }) {
    const [root, range, fields] = [shallowRef(), shallowRef([0, 30]), shallowRef([])];
    const filter = props.projectKey ? pageFilter(props.url) : fixedFilter(props.query ?? "");
    const display = props.projectKey ? pageDisplay(props.projectKey, "table") : fixedDisplay(props.layout);
    const names = computed(() => display.layout.value.columns.filter((name) => columnOf(name, fields.value)));
    const wanted = computed(() => ({
      sort: display.layout.value.sort,
      fields: fieldsFor(names.value, display.layout.value.sort),
    }));
    const live = useTableSource({ url: props.tasks, frame: props.frame, filter, wanted });
    const place = useCardFocus(root, live, { gone });
    const rows = computed(() => live.lists.value.get("all") ?? []);
    const today = parts.useToday();
    const height = computed(() => (display.layout.value.compact ? 30 : 36)); // px of a row; task_table.css has the same
    const open = (number) =>
      props.projectKey ? emit("open", number) : location.assign(`/t/${live.cards.get(number).ref}`);
    expose({ patch: (patch) => live.patch(patch), reload: () => live.load() });
    onMounted(async () => {
      if (!props.projectKey || !names.value.some((name) => customKey(name) !== null)) return;
      fields.value = await fetchJson(`/api/v1/projects/${props.projectKey}/custom-fields`).catch(() => []);
    });

    // --- what is in sight ---
    let frame = 0;
    function look() {
      frame = 0;
      if (!root.value) return;
      const { scrollTop, clientHeight } = root.value;
      const from = Math.max(0, Math.floor(scrollTop / height.value) - MARGIN);
      const to = Math.ceil((scrollTop + clientHeight) / height.value) + MARGIN;
      if (from !== range.value[0] || to !== range.value[1]) range.value = [from, to];
      live.need(to + AHEAD);
    }
    const soon = () => (frame ||= requestAnimationFrame(look));
    const sizes = new ResizeObserver(soon);
    onMounted(() => sizes.observe(root.value));
    onBeforeUnmount(() => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
    });
    watch([live.lists, height], () => nextTick(soon));

    // --- by keyboard ---
    async function walk(number, step) {
      const index = rows.value.findIndex((row) => row.number === number);
      const goal = { first: 0, last: Infinity }[step] ?? index + step;
      await live.need(goal + 1);
      const next = rows.value[Math.max(0, Math.min(goal, rows.value.length - 1))];
      if (!next) return;
      reveal(rows.value.indexOf(next));
      place.focus(next.number);
    }

    // The head of the table covers what is right below the edge.
    function reveal(index) {
      const top = index * height.value;
      const { scrollTop, clientHeight } = root.value;
      const head = root.value.querySelector(".tt-table__head")?.offsetHeight ?? 0;
      if (top < scrollTop) root.value.scrollTop = top;
      else if (top + height.value > scrollTop + clientHeight - head)
        root.value.scrollTop = top + height.value - clientHeight + head;
    }

    const STEPS = { arrowup: -1, k: -1, arrowdown: 1, j: 1, pageup: -PAGE, pagedown: PAGE, home: "first", end: "last" };
    const selection = useSelection({ live, place, orders: () => [rows.value] });
    const view = usePageView({ props, emit, live, root, place, selection });
    const menu = useFieldMenu({ live, view, root });
    const titles = useTitleEdit({ live, view, root, open });
    const onKeydown = onCardKey((key, number) => {
      if (STEPS[key]) return () => walk(number, STEPS[key]);
      if (key === "f2") return () => titles.begin(number);
      return OPENS.has(key) ? () => open(number) : selection.actionOf(key, number);
    });

    // --- by hand ---
    function sortBy({ sort: name, column }) {
      const isDown = display.layout.value.sort === name;
      display.set({ sort: isDown ? `-${name}` : name });
      const words = { column: columnOf(column).name() };
      place.said.value = isDown
        ? t("Sorted by {column}, from the last to the first.", words)
        : t("Sorted by {column}.", words);
      root.value.scrollTop = 0;
    }

    function onClick(event) {
      const sort = event.target.closest("[data-sort]");
      if (sort) return sortBy(sort.dataset);
      if (selection.onClick(event) || menu.onClick(event) || titles.onClick(event)) return;
      const row = event.target.closest("[data-number]");
      if (row) open(numberOf(row));
    }

    // --- drawn ---
    const content = () => {
      if (live.state.value === "failed") return parts.failure(live);
      if (filter.text.value && live.isWhole && !rows.value.length) return nothingFits(filter);
      if (live.isWhole && !rows.value.length) return firstTask(props.canCreate && view.canEdit());
      return gridOf({
        ...{ rows: rows.value, range: range.value, height: height.value, names: names.value, fields: fields.value },
        ...{
          frame: live.frame.value,
          today: today.value,
          sort: display.layout.value.sort,
          titles,
          canEdit: view.canEdit(),
        },
        ...{ selected: props.selected, chosen: selection.chosen.value, editing: titles.editing.value },
        total: Math.max(live.isWhole ? 0 : (live.total.value ?? BONES), rows.value.length),
        isCounted: live.isWhole || live.total.value !== null,
        isWhole: live.isWhole,
        current: place.tabStop(rows.value),
        label: t("Tasks of {project}", { project: live.frame.value.name }),
      });
    };
    const listeners = { onClick, onKeydown, onFocusin: place.onFocusin, onScrollPassive: soon };
    const count = () => (live.total.value === null ? "" : tn("{n} task", "{n} tasks", live.total.value));
    return () => {
      const loading = live.state.value === "loading";
      const classes = ["tt-table", { "tt-table--compact": display.layout.value.compact }];
      return h("div", { class: classes, ref: root, "aria-busy": loading, ...listeners }, [
        content(),
        h("p", { class: "tt-sr-only", role: "status" }, loading ? t("Loading the table") : place.said.value || count()),
        selectionBar(selection, view.canEdit()),
        menu.draw(),
      ]);
    };
  },
};
