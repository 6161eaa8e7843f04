// The calendar: what is due on the days of a month or a week, moved to another day by mouse, finger and keyboard. It
// draws what a LiveProject holds and sends intents.
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
import { dayBones } from "tasktracker-live-project/skeletons.js";
import { pageFilter } from "tasktracker-live-project/task_filter.js";

const { day, dayOf, t, time, tn, today } = window.tasktracker;
const gone = (words) => t("{task} left the calendar.", words);
const FIT = 4; // tasks that a day of a month shows; the rest are a click away
const STEPS = { arrowleft: -1, arrowright: 1, arrowup: -7, arrowdown: 7, k: -7, j: 7 }; // no H and L: L is for labels
const OPENS = new Set(["enter", "o"]);
const PUTS_DOWN = new Set([" ", "enter", "m"]);

export default {
  props: { projectKey: String, canEdit: Boolean, canCreate: Boolean, url: String, selected: Number },
  emits: ["open", "create", "edit", "act"],
  setup(props, { emit, expose }) {
    const [root, grabbed, target] = [shallowRef(), shallowRef(null), shallowRef(null)];
    const shown = useShown();
    const filter = pageFilter(props.url);
    const live = useLiveProject(props.url);
    const place = useCardFocus(root, live, { gone, moved: () => "" }, () => {});
    const selection = useSelection({ live, place, orders: () => [...byDay.value.values()] });
    const view = usePageView({ props, emit, live, root, place, selection });
    const pending = usePending(live, view);
    expose({ patch: (patch) => live.patch(patch), reload: () => live.load() });

    const grid = computed(() => (shown.span.value === "week" ? days.daysOfWeek : days.daysOfMonth)(shown.day.value));
    const byDay = computed(() => sortedByDay(pending.cards()));
    const category = (card) => live.frame.value.columns.find(({ id }) => id === card.column_id)?.category;
    const tabStop = computed(() => place.tabStop(grid.value.flatMap((each) => byDay.value.get(each) ?? [])));
    const refOf = (number) => `${props.projectKey}-${number}`;
    // Somebody else may have taken it while it is carried.
    const hasDay = (number) => Boolean(live.cards.get(number)?.due);
    watch(live.lists, () => {
      if (grabbed.value && !hasDay(grabbed.value)) grabbed.value = target.value = null;
    });

    function put(number, to) {
      const card = live.cards.get(number);
      const distance = days.daysBetween(dayOf(card.due), to);
      if (distance) pending.ask(number, { due: days.shifted(card.due, distance) });
      place.said.value = t("{task} is due on {day}.", { task: refOf(number), day: day(to, "long") });
    }

    // --- by keyboard ---
    function carry(number, step) {
      target.value = days.addDays(target.value ?? dayOf(live.cards.get(number).due), step);
      if (!grid.value.includes(target.value)) shown.day.value = target.value;
      place.said.value = day(target.value, "long");
    }
    function grab(number) {
      [grabbed.value, target.value] = [number, null]; // where another one was left off does not count
      place.said.value = t("{task} picked up. The arrow keys move it, M puts it down.", { task: refOf(number) });
    }
    async function letGo(number, keep) {
      const to = target.value;
      grabbed.value = target.value = null;
      if (keep && to) put(number, to);
      else place.said.value = t("{task} stays where it is.", { task: refOf(number) });
      await nextTick();
      elementOf(root.value, number)?.focus();
    }
    function walk(number, step) {
      const from = dayOf(live.cards.get(number).due);
      const here = byDay.value.get(from);
      const next = here[here.findIndex((card) => card.number === number) + Math.sign(step)];
      if (Math.abs(step) === 7 && next) return place.focus(next.number);
      const way = Math.sign(step);
      for (let to = days.addDays(from, way); grid.value.includes(to); to = days.addDays(to, way)) {
        const cards = byDay.value.get(to);
        if (cards) return place.focus(cards.at(way > 0 ? 0 : -1).number);
      }
    }
    const rtl = () => getComputedStyle(root.value).direction === "rtl";
    const stepOf = (key) => (Math.abs(STEPS[key]) === 1 && rtl() ? -STEPS[key] : STEPS[key]);
    const onKeydown = onCardKey((key, number) => {
      if (grabbed.value === number) {
        if (STEPS[key]) return () => carry(number, stepOf(key));
        if (PUTS_DOWN.has(key)) return () => letGo(number, true);
        return key === "escape" ? () => letGo(number, false) : undefined;
      }
      if (STEPS[key]) return () => walk(number, stepOf(key));
      if (key === "m" && view.canEdit()) return () => grab(number);
      return OPENS.has(key) ? () => view.open(number) : selection.actionOf(key, number);
    });

    // --- by hand ---
    const hand = {
      get root() {
        return root.value;
      },
      mayMove: () => view.canEdit(),
      grip(element) {
        const card = element.closest("[data-number]");
        return card && { element: card, number: numberOf(card) };
      },
      over(_, event) {
        const under = event && document.elementFromPoint(event.clientX, event.clientY);
        target.value = under?.closest("[data-day]")?.dataset.day ?? null;
      },
      drop({ number }) {
        const to = target.value;
        target.value = null;
        if (to && hasDay(number)) put(number, to);
      },
    };
    let drag;
    onMounted(() => (drag = new DayDrag(hand)));
    onBeforeUnmount(() => drag.close());

    function onClick(event) {
      if (selection.onClick(event)) return;
      const [more, add, card] = ["[data-more]", "[data-add]", "[data-number]"].map((each) => event.target.closest(each));
      if (more) shown.week(more.dataset.more);
      else if (add) emit("create", { due: add.dataset.add });
      else if (card) view.open(numberOf(card));
    }

    // --- drawn ---
    const chip = (card) => {
      const state = category(card);
      const isLate = !["done", "cancelled"].includes(state) && dayOf(card.due) < today();
      const classes = {
        "tt-day-task--late": isLate,
        "tt-day-task--over": ["done", "cancelled"].includes(state),
        "tt-day-task--chosen": selection.chosen.value.has(card.number) || card.number === props.selected,
        "tt-day-task--grabbed": card.number === grabbed.value,
      };
      const attributes = {
        class: ["tt-day-task", classes],
        role: "button",
        tabindex: card.number === tabStop.value ? 0 : -1,
        "data-number": card.number,
        "aria-label": `${refOf(card.number)} ${card.title}`,
        title: card.title,
      };
      return h("li", { key: card.number }, [
        h("div", attributes, [
          parts.stateIcon(state),
          h("span", { class: "tt-day-task__title", dir: "auto" }, card.title),
          card.due.length > 10 ? h("time", { class: "tt-day-task__time" }, time(card.due)) : null,
        ]),
      ]);
    };
    const cell = (each, place) => {
      const cards = byDay.value.get(each) ?? [];
      const isMonth = shown.span.value === "month";
      const rest = isMonth && cards.length > FIT ? cards.length - FIT + 1 : 0;
      const classes = {
        "tt-day--other": isMonth && days.monthOf(each) !== days.monthOf(shown.day.value),
        "tt-day--weekend": days.isWeekend(each),
        "tt-day--today": each === today(),
        "tt-day--target": each === target.value,
      };
      const name = t("New task due {day}", { day: day(each, "long") });
      const add = { class: "tt-square tt-add", type: "button", tabindex: -1, "data-add": each, "aria-label": name, title: name };
      return h("div", { class: ["tt-day", classes], "data-day": each, role: "listitem", key: each }, [
        h("div", { class: "tt-day__head" }, [
          h("time", { class: "tt-day__number", datetime: each, "aria-label": day(each, "long") }, numberIn(each)),
          props.canCreate ? h("button", add, [parts.PLUS()]) : null,
        ]),
        h("ul", { class: "tt-day__tasks", "aria-label": day(each, "long") }, live.state.value === "loading" ? dayBones(place) : cards.slice(0, cards.length - rest).map(chip)),
        rest ? h("button", { class: "tt-day__more", type: "button", "data-more": each }, tn("{n} more", "{n} more", rest)) : null,
      ]);
    };
    const content = () => {
      if (live.state.value === "failed") return parts.failure(live);
      if (filter.fits.value?.size === 0 && live.cards.size) return nothingFits(filter, live.cards.size);
      const week = grid.value.slice(0, 7).map((each) => h("span", { key: each }, nameOf(each)));
      const classes = ["tt-calendar__days", `tt-calendar__days--${shown.span.value}`];
      return h("div", { class: "tt-calendar__body", key: "body" }, [
        h("div", { class: "tt-calendar__week", "aria-hidden": "true" }, week),
        h("div", { class: classes, role: "list", "aria-label": shown.title() }, grid.value.map(cell)),
        live.state.value === "ready" && !byDay.value.size ? nothingDue() : null,
      ]);
    };
    const nothingDue = () =>
      lesson({
        title: filter.text.value ? t("Nothing of that has a due date") : t("Nothing has a due date yet"),
        text: t("Give a task a due date, or click + on a day, and it stands there. Drag it to another day to put it off."),
        over: true,
      });
    const listeners = { onClick, onKeydown, onFocusin: place.onFocusin };
    return () => {
      const isBusy = live.state.value === "loading";
      return h("div", { class: "tt-calendar", ref: root, "aria-busy": isBusy, ...listeners }, [
        shown.bar(),
        content(),
        h("p", { class: "tt-sr-only", role: "status" }, isBusy ? t("Loading the calendar") : place.said.value),
        selectionBar(selection, view.canEdit()),
      ]);
    };
  },
};

const WEEKDAY = new Intl.DateTimeFormat(window.tasktracker.language(), { weekday: "short", timeZone: "UTC" });
const NUMBER = new Intl.DateTimeFormat(window.tasktracker.language(), { day: "numeric", timeZone: "UTC" });
const nameOf = (each) => WEEKDAY.format(new Date(each));
const numberIn = (each) => NUMBER.format(new Date(each));

function sortedByDay(cards) {
  const found = new Map();
  for (const card of cards.filter(({ due }) => due)) {
    const key = dayOf(card.due);
    found.set(key, [...(found.get(key) ?? []), card]);
  }
  const order = (one, other) => (one.due < other.due ? -1 : one.due > other.due ? 1 : one.number - other.number);
  for (const list of found.values()) list.sort(order);
  return found;
}

// Which part of the calendar is on the page, and the bar that leads to others.
function useShown() {
  const [shownDay, span] = [shallowRef(today()), shallowRef("month")];
  const turn = (way) => {
    const { value } = shownDay;
    shownDay.value = span.value === "week" ? days.addDays(value, 7 * way) : days.addMonths(value, way);
  };
  const title = () => day(span.value === "week" ? days.weekOf(shownDay.value) : shownDay.value, "month");
  const week = (each) => {
    shownDay.value = each;
    span.value = "week";
  };
  const turner = (way, name, shape) =>
    h("button", { class: "tt-square tt-turn", type: "button", "aria-label": name, title: name, onClick: () => turn(way) }, [
      h("span", { class: ["tt-turn__icon", `tt-turn__icon--${shape}`] }, [parts.CHEVRON()]),
    ]);
  const choice = (value, name) =>
    h("button", { class: "tt-segment", type: "button", "aria-pressed": span.value === value, onClick: () => (span.value = value) }, name);
  const bar = () =>
    h("div", { class: "tt-calendar__bar", key: "bar" }, [
      h("h2", { class: "tt-calendar__title", "aria-live": "polite" }, title()),
      turner(-1, t("Back"), "back"),
      turner(1, t("Forward"), "forward"),
      h("button", { class: "tt-square tt-turn tt-turn--words", type: "button", onClick: () => (shownDay.value = today()) }, t("Today")),
      h("div", { class: "tt-segments tt-segments--sunken tt-calendar__spans", role: "group", "aria-label": t("Span") }, [
        choice("month", t("Month")),
        choice("week", t("Week")),
      ]),
    ]);
  return { day: shownDay, span, bar, title, week };
}
