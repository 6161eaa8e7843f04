// Which tasks are meant when somebody acts on more than one: chosen by X, by Shift and the arrow keys, by a click with
// Ctrl or Shift. Kept by number, so that a task stays chosen wherever it goes.
import { computed, h, shallowRef, watch } from "vue";
import { numberOf } from "./card_focus.js";

const { t, tn } = window.tasktracker;

// `orders()` gives the lists of cards as they are drawn: a range never leaves the list that it began in.
export function useSelection({ live, place, orders }) {
  const chosen = shallowRef(new Set());
  let anchor = null; // where a range begins

  function set(numbers) {
    chosen.value = new Set(numbers);
    const n = chosen.value.size;
    place.said.value = n ? tn("{n} task selected", "{n} tasks selected", n) : t("Nothing is selected.");
  }

  function toggle(number) {
    const next = new Set(chosen.value);
    if (!next.delete(number)) next.add(number);
    anchor = number;
    set(next);
  }

  function reach(number) {
    const list = orders().find((cards) => cards.some((card) => card.number === number)) ?? [];
    const [from, to] = [anchor, number].map((each) => list.findIndex((card) => card.number === each));
    if (from < 0) return toggle(number);
    const range = list.slice(Math.min(from, to), Math.max(from, to) + 1);
    set([...chosen.value, ...range.map((card) => card.number)]);
  }

  function clear() {
    anchor = null;
    if (chosen.value.size) set([]);
  }

  // The next card in that direction joins the range.
  function extend(number, step) {
    const list = orders().find((cards) => cards.some((card) => card.number === number)) ?? [];
    const next = list[list.findIndex((card) => card.number === number) + step];
    if (!chosen.value.has(number)) toggle(number);
    if (!next) return;
    reach(next.number);
    place.focus(next.number);
  }

  // What the key does; nothing if it has no meaning here.
  function actionOf(key, number) {
    if (key === "x") return () => toggle(number);
    if (key === "shift+arrowdown") return () => extend(number, 1);
    if (key === "shift+arrowup") return () => extend(number, -1);
    return key === "escape" && chosen.value.size ? clear : undefined;
  }

  // Whether a click was about the selection.
  function onClick(event) {
    const card = event.target.closest("[data-number]");
    if (!card || !(event.shiftKey || event.ctrlKey || event.metaKey)) return false;
    event.preventDefault();
    if (event.shiftKey) reach(numberOf(card));
    else toggle(numberOf(card));
    return true;
  }

  watch(live.lists, () => {
    const here = [...chosen.value].filter((number) => live.isShown(number));
    if (here.length < chosen.value.size) chosen.value = new Set(here);
  });

  return { chosen, count: computed(() => chosen.value.size), clear, actionOf, onClick };
}

const ACTIONS = [
  ["set-state", () => t("State")],
  ["assign", () => t("Assign")],
  ["set-priority", () => t("Priority")],
  ["set-labels", () => t("Labels")],
  ["set-due", () => t("Due date")],
  ["archive", () => t("Archive")],
  ["trash", () => t("Move to trash")],
];

// What can be done with the selection; each button is a command of the registry (ui/commands.py).
export function selectionBar(selection, canEdit) {
  if (!selection.count.value) return null;
  const button = ([command, name]) =>
    h("button", { class: "tt-bulk__action", type: "button", "data-command": command, key: command }, name());
  const n = selection.count.value;
  return h("div", { class: "tt-bulk", role: "toolbar", "aria-label": t("Selected tasks"), key: "bulk" }, [
    h("span", { class: "tt-bulk__count" }, tn("{n} selected", "{n} selected", n)),
    ...(canEdit ? ACTIONS.map(button) : []),
    h(
      "button",
      { class: "tt-bulk__clear", type: "button", "aria-label": t("Clear the selection"), onClick: selection.clear },
      "×",
    ),
  ]);
}
