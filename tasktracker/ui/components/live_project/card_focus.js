// The keyboard's place in a view of cards: of each scrolling list one card is in the Tab order, the focus stays on its
// card wherever that goes, and a live region tells what happened to it.
import { nextTick, onBeforeUnmount, onMounted, shallowRef, watch } from "vue";
import { GAP, spotOf } from "./spots.js";

const { t } = window.tasktracker;

export const numberOf = (element) => Number(element.dataset.number);
export const elementOf = (root, number) => root?.querySelector(`[data-number="${number}"]`) ?? null;

const isPlain = (event) => !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey);
const keyOf = (event) => (event.shiftKey ? "shift+" : "") + event.key.toLowerCase();

// A listener for keys pressed on a card: `actionOf(key, number)` gives what to do, or nothing. With the Shift key, the
// key is `shift+arrowdown`.
export function onCardKey(actionOf) {
  return (event) => {
    if (!event.target.matches("[data-number]") || event.ctrlKey || event.altKey || event.metaKey) return;
    const action = actionOf(keyOf(event), numberOf(event.target));
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
}

const wasMoved = (words) => t("{task} was moved to {column}, position {position} of {count}.", words);

// `gone` and `moved` say what somebody else has done to the card that has the focus: see `tell`. Wherever it is, the card
// that `tabStop` names has to be drawn: see windowing.js.
export function useCardFocus(root, live, { gone, moved = wasMoved }) {
  const current = shallowRef(null);
  const said = shallowRef("");

  // The card of a list that Tab leads to: the one last visited, else the first.
  function tabStop(cards) {
    return (cards.find((card) => card.number === current.value) ?? cards.find((card) => card !== GAP))?.number;
  }

  // Say what `sayingOf` makes of {task, column, position, count}: where the card is drawn now.
  function tell(sayingOf, number) {
    if (!live.frame.value) return;
    const { key, columns } = live.frame.value;
    const spot = spotOf(live.lists.value, number);
    const column = columns.find(({ id }) => id === spot?.column_id)?.name;
    const words = { task: `${key}-${number}`, column, position: spot && spot.index + 1, count: spot?.count };
    said.value = sayingOf(words);
  }

  async function focus(number) {
    current.value = number;
    await nextTick();
    elementOf(root.value, number)?.focus();
  }

  function onFocusin(event) {
    const element = event.target.closest("[data-number]");
    if (element) current.value = numberOf(element);
  }

  let before = null; // where the focused card was drawn before the change that is being drawn
  watch(live.lists, (_, old) => {
    const element = document.activeElement?.closest("[data-number]");
    const inside = element && root.value?.contains(element);
    before = inside ? { number: numberOf(element), spot: spotOf(old, numberOf(element)) } : null;
  });
  watch(live.lists, (lists) => before?.spot && follow(lists, before), { flush: "post" });

  function follow(lists, { number, spot }) {
    const here = spotOf(lists, number);
    if (here && live.news && here.column_id !== spot.column_id) tell(moved, number);
    if (here) return elementOf(root.value, number)?.focus();
    tell(gone, number);
    const left = lists.get(spot.cell) ?? [];
    const next = left[Math.min(spot.index, left.length - 1)]?.number ?? tabStop([...lists.values()].flat());
    if (next) focus(next);
  }

  // Where nothing has the focus yet, J and K begin at the first card.
  function onKeydown(event) {
    if (event.target !== document.body || !isPlain(event) || !["j", "k"].includes(event.key.toLowerCase())) return;
    const first = root.value?.querySelector("[data-number][tabindex='0']");
    if (!first || document.querySelector(".q-dialog")) return;
    event.preventDefault();
    first.focus();
  }
  onMounted(() => document.addEventListener("keydown", onKeydown));
  onBeforeUnmount(() => document.removeEventListener("keydown", onKeydown));

  return { tabStop, said, tell, focus, onFocusin };
}
