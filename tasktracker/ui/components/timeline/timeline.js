// The timeline: tasks as bars from their start to their due day, with lines from what blocks to what waits. Bars are
// moved, and their ends dragged, by mouse, finger and keyboard. It draws what a LiveProject holds and sends intents.
import { computed, h, nextTick, onBeforeUnmount, onMounted, shallowRef, watch } from "vue";
import { elementOf, numberOf, onCardKey, useCardFocus } from "tasktracker-live-project/card_focus.js";
import * as parts from "tasktracker-live-project/card_parts.js";
import { DayDrag } from "tasktracker-live-project/day_drag.js";
import * as days from "tasktracker-live-project/days.js";
import { lesson } from "tasktracker-live-project/lessons.js";
import { useLiveProject } from "tasktracker-live-project/live_project.js";
import { nothingFits } from "tasktracker-live-project/nothing_fits.js";
import { usePageView } from "tasktracker-live-project/page_view.js";
import { usePending } from "tasktracker-live-project/pending.js";
import { selectionBar, useSelection } from "tasktracker-live-project/selection.js";
import { timelineSkeleton } from "tasktracker-live-project/skeletons.js";
import { pageFilter } from "tasktracker-live-project/task_filter.js";
import { ZOOMS, dragged, fieldsOf, headsOf, rangeOf, spanOf } from "tasktracker-live-project/timeline_axis.js";
import { ROW, arrowHead, lineOf } from "tasktracker-live-project/timeline_lines.js";

const { day, t, today } = window.tasktracker;
const SPARE = 8; // rows drawn beyond what is in sight
const STEPS = { arrowleft: -1, arrowright: 1, h: -1, l: 1 };
const PUTS_DOWN = new Set([" ", "enter", "m"]);
const WALKS = { arrowup: -1, arrowdown: 1, k: -1, j: 1 };
const gone = (words) => t("{task} left the timeline.", words);

export default {
  props: { projectKey: String, canEdit: Boolean, canCreate: Boolean, url: String, selected: Number },
  emits: ["open", "create", "edit", "act"],
  setup(props, { emit, expose }) {
    const [root, scroll, zoom, seen] = [shallowRef(), shallowRef(), shallowRef("month"), shallowRef([0, 40])];
    const [grabbed, preview] = [shallowRef(null), shallowRef(null)]; // preview: {number, part, by}
    const live = useLiveProject(props.url);
    const filter = pageFilter(props.url);
    const reveal = (number) => showRow(rows.value.findIndex((row) => row.card.number === number));
    const place = useCardFocus(root, live, gone, () => {});
    const selection = useSelection({ live, place, orders: () => [rows.value.map((row) => row.card)] });
    const view = usePageView({ props, emit, live, root, place, selection });
    const pending = usePending(live, view);
    expose({ patch: (patch) => live.patch(patch), reload: () => live.load() });

    const rows = computed(() => rowsOf(pending.cards()));
    const indexes = computed(() => new Map(rows.value.map((row, index) => [row.card.number, index])));
    const range = computed(() => rangeOf(rows.value.map((row) => row.span)));
    const heads = computed(() => headsOf(range.value, zoom.value));
    const px = computed(() => ZOOMS[zoom.value].px);
    const at = (each) => days.daysBetween(range.value.first, each) * px.value;
    const drawn = ({ card, span }) => {
      const { number, part, by } = preview.value ?? {};
      return number === card.number ? dragged(span, part, by) : span;
    };
    const tabStop = computed(() => place.tabStop(rows.value.map((row) => row.card)));
    const refOf = (number) => `${props.projectKey}-${number}`;
    const said = ({ from, to }) => t("{from} to {to}", { from: day(from, "long"), to: day(to, "long") });

    function settle() {
      const { number, part, by } = preview.value ?? {};
      preview.value = null;
      const row = rows.value[indexes.value.get(number)];
      if (!row || !by) return;
      const after = dragged(row.span, part, by);
      const fields = fieldsOf(row.card, row.span, after);
      if (Object.keys(fields).length) pending.ask(number, fields);
      place.said.value = `${refOf(number)}: ${said(after)}`;
    }

    // --- by keyboard ---
    function showRow(index) {
      const box = scroll.value;
      if (index < 0 || !box) return;
      const [top, bottom] = [index * ROW, (index + 1) * ROW];
      const height = box.clientHeight - HEAD;
      if (top < box.scrollTop) box.scrollTop = top;
      else if (bottom > box.scrollTop + height) box.scrollTop = bottom - height;
      look();
    }
    async function walk(number, step) {
      const next = rows.value[indexes.value.get(number) + step];
      if (!next) return;
      reveal(next.card.number);
      await nextTick();
      place.focus(next.card.number);
    }
    function carry(number, part, step) {
      const same = preview.value?.part === part ? preview.value.by : 0;
      if (preview.value && !same) settle();
      preview.value = { number, part, by: same + step };
      place.said.value = said(dragged(rows.value[indexes.value.get(number)].span, part, same + step));
    }
    async function letGo(number, keep) {
      grabbed.value = null;
      if (!keep || !preview.value?.by) place.said.value = t("{task} stays where it is.", { task: refOf(number) });
      if (!keep) preview.value = null;
      settle();
      await nextTick();
      elementOf(root.value, number)?.focus();
    }
    function grab(number) {
      [grabbed.value, preview.value] = [number, null]; // how far another one was carried does not count
      const words = { task: refOf(number) };
      place.said.value = t("{task} picked up. The arrow keys move it, with Shift its end; M puts it down.", words);
    }
    const isRtl = () => getComputedStyle(root.value).direction === "rtl";
    const onKeydown = onCardKey((key, number) => {
      const bare = key.replace("shift+", "");
      const step = STEPS[bare] && (isRtl() ? -STEPS[bare] : STEPS[bare]);
      if (grabbed.value === number) {
        if (step) return () => carry(number, bare === key ? "all" : "end", step);
        if (PUTS_DOWN.has(key)) return () => letGo(number, true);
        return key === "escape" ? () => letGo(number, false) : undefined;
      }
      if (WALKS[key]) return () => walk(number, WALKS[key]);
      if (key === "m" && view.canEdit()) return () => grab(number);
      return ["enter", "o"].includes(key) ? () => view.open(number) : selection.actionOf(key, number);
    });

    // --- by hand ---
    const hand = {
      get root() {
        return root.value;
      },
      mayMove: () => view.canEdit(),
      grip(element) {
        const bar = element.closest(".tt-bar[data-number]");
        return bar && { element: bar, number: numberOf(bar), part: element.dataset.part ?? "all", still: true };
      },
      over({ number, part }, event, from) {
        const by = event && Math.round((event.clientX - from.x) / px.value) * (isRtl() ? -1 : 1);
        preview.value = event ? { number, part, by } : null;
      },
      drop: settle,
    };
    function look() {
      const { scrollTop, clientHeight } = scroll.value;
      seen.value = [Math.max(0, Math.floor(scrollTop / ROW) - SPARE), Math.ceil((scrollTop + clientHeight) / ROW) + SPARE];
    }
    async function goTo(each) {
      await nextTick();
      if (!scroll.value) return;
      const way = isRtl() ? -1 : 1;
      scroll.value.scrollLeft = way * Math.max(0, at(each) - scroll.value.clientWidth / 4);
      look();
    }
    let drag;
    const sight = new ResizeObserver(() => scroll.value && look());
    onMounted(() => {
      drag = new DayDrag(hand);
      sight.observe(root.value);
    });
    onBeforeUnmount(() => {
      drag.close();
      sight.disconnect();
    });
    watch(live.state, (state) => state === "ready" && goTo(today()), { flush: "post" });
    watch(zoom, () => goTo(today()));

    function onClick(event) {
      if (selection.onClick(event)) return;
      const card = event.target.closest("[data-number], [data-opens]");
      if (card) view.open(Number(card.dataset.number ?? card.dataset.opens));
    }

    // --- drawn ---
    const stateOf = (card) => live.frame.value.columns.find(({ id }) => id === card.column_id)?.category;
    const barOf = (row) => {
      const { card } = row;
      const span = drawn(row);
      const state = stateOf(card);
      const chosen = selection.chosen.value.has(card.number) || card.number === props.selected;
      const isLate = !["done", "cancelled"].includes(state) && card.due && span.to < today();
      const width = (days.daysBetween(span.from, span.to) + 1) * px.value;
      const classes = [`tt-bar--${state}`, { "tt-bar--late": isLate, "tt-bar--chosen": chosen, "tt-bar--grabbed": card.number === grabbed.value }];
      const attributes = {
        class: ["tt-bar", ...classes],
        role: "button",
        tabindex: card.number === tabStop.value ? 0 : -1,
        "data-number": card.number,
        "aria-label": `${refOf(card.number)} ${card.title}, ${said(span)}`,
        title: `${card.title}\n${said(span)}`,
        style: { insetInlineStart: `${at(span.from)}px`, inlineSize: `${Math.max(width, 8)}px` },
      };
      const ends = view.canEdit() ? ["start", "end"].map((part) => h("span", { class: `tt-bar__${part}`, "data-part": part, key: part })) : [];
      return [
        h("div", attributes, ends),
        h("span", { class: "tt-bar__title", dir: "auto", "aria-hidden": "true", style: { insetInlineStart: `${at(span.from) + Math.max(width, 8) + 6}px` } }, card.title),
      ];
    };
    const rowOf = (row, index) =>
      h("div", { class: "tt-timeline__row", role: "listitem", key: row.card.number, style: { insetBlockStart: `${index * ROW}px` } }, [
        h("div", { class: "tt-timeline__name", "data-opens": row.card.number }, [
          parts.stateIcon(stateOf(row.card)),
          h("span", { class: "tt-id" }, refOf(row.card.number)),
          h("span", { class: "tt-timeline__title", dir: "auto" }, row.card.title),
        ]),
        h("div", { class: "tt-timeline__track" }, barOf(row)),
      ]);
    const links = computed(() => {
      const found = [];
      rows.value.forEach((row, index) => {
        for (const number of row.card.blocked_by) {
          const other = indexes.value.get(number);
          if (other !== undefined) found.push([other, index]);
        }
      });
      return found;
    });
    const lines = () => {
      const [first, last] = seen.value;
      const inSight = ([from, to]) => Math.max(from, to) >= first && Math.min(from, to) <= last;
      const endOf = ({ to }) => at(days.addDays(to, 1));
      const paths = links.value.filter(inSight).map(([from, to]) => {
        const [one, other] = [drawn(rows.value[from]), drawn(rows.value[to])];
        const broken = other.from <= one.to;
        return h("path", { class: ["tt-line", { "tt-line--broken": broken }], d: lineOf(endOf(one), from, at(other.from), to), "marker-end": "url(#tt-arrow)", key: `${from}-${to}` });
      });
      const size = { width: range.value.count * px.value, height: rows.value.length * ROW };
      return h("svg", { class: "tt-timeline__lines", ...size, "aria-hidden": "true", key: "lines" }, [arrowHead(), ...paths]);
    };
    const head = () => {
      const label = (kind) => (each) => {
        const style = { insetInlineStart: `${at(each.day)}px`, inlineSize: each.count && `${each.count * px.value}px` };
        return h("span", { class: `tt-timeline__${kind}`, key: each.day, style }, [h("span", {}, each.text)]);
      };
      return h("div", { class: "tt-timeline__head", "aria-hidden": "true", key: "head" }, [
        h("div", { class: "tt-timeline__corner" }),
        h("div", { class: "tt-timeline__scale" }, [...heads.value.months.map(label("month")), ...heads.value.minor.map(label("minor"))]),
      ]);
    };
    const grid = () => {
      const line = (each) => h("span", { class: "tt-timeline__rule", key: each.day, style: { insetInlineStart: `${at(each.day)}px` } });
      const weekends = zoom.value === "week" ? heads.value.minor.filter((each) => each.isWeekend) : [];
      const band = (each) => h("span", { class: "tt-timeline__band", key: `w${each.day}`, style: { insetInlineStart: `${at(each.day)}px`, inlineSize: `${px.value}px` } });
      const now = h("span", { class: "tt-timeline__today", key: "today", style: { insetInlineStart: `${at(today()) + px.value / 2}px` } });
      return h("div", { class: "tt-timeline__grid", "aria-hidden": "true", key: "grid" }, [...weekends.map(band), ...heads.value.months.map(line), now]);
    };
    const sheet = () => {
      const [first, last] = seen.value;
      const size = { "--tt-days": `${range.value.count * px.value}px`, "--tt-rows": `${rows.value.length * ROW}px` };
      const list = { class: "tt-timeline__rows", role: "list", "aria-label": t("Tasks with dates"), key: "rows" };
      const shown = rows.value.slice(first, last).map((row, index) => rowOf(row, first + index));
      return h("div", { class: "tt-timeline__scroll", ref: scroll, onScroll: look, key: "scroll" }, [
        h("div", { class: "tt-timeline__sheet", style: size }, [head(), h("div", list, [grid(), lines(), ...shown])]),
      ]);
    };
    const choice = ([value, { name }]) =>
      h("button", { class: "tt-segment", type: "button", "aria-pressed": zoom.value === value, onClick: () => (zoom.value = value), key: value }, name());
    const bar = () =>
      h("div", { class: "tt-calendar__bar", key: "bar" }, [
        h("button", { class: "tt-square tt-turn tt-turn--words", type: "button", onClick: () => goTo(today()) }, t("Today")),
        h("div", { class: "tt-segments tt-segments--sunken tt-calendar__spans", role: "group", "aria-label": t("Zoom") }, Object.entries(ZOOMS).map(choice)),
      ]);
    const content = () => {
      if (live.state.value === "failed") return [parts.failure(live)];
      if (!live.frame.value) return [bar(), timelineSkeleton()];
      if (rows.value.length) return [bar(), sheet()];
      if (filter.fits.value?.size === 0 && live.cards.size) return [nothingFits(filter, live.cards.size)];
      return [
        lesson({
          title: filter.text.value ? t("Nothing of that has a date") : t("Nothing has a date yet"),
          text: t("Give tasks a start or a due date, and they stand here, one below the other."),
        }),
      ];
    };
    const listeners = { onClick, onKeydown, onFocusin: place.onFocusin };
    return () => {
      const isBusy = live.state.value === "loading";
      return h("div", { class: "tt-timeline", ref: root, "aria-busy": isBusy, ...listeners }, [
        ...content(),
        h("p", { class: "tt-sr-only", role: "status" }, isBusy ? t("Loading the timeline") : place.said.value),
        selectionBar(selection, view.canEdit()),
      ]);
    };
  },
};

const HEAD = 48; // px: the height of the head

function rowsOf(cards) {
  const dated = cards.filter((card) => card.start || card.due).map((card) => ({ card, span: spanOf(card) }));
  const order = (one, other) =>
    one.span.from !== other.span.from ? (one.span.from < other.span.from ? -1 : 1) : one.card.number - other.card.number;
  return dated.sort(order);
}
