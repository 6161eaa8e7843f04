// Walking over the board and carrying cards by keyboard. Space picks a card up, the arrow keys (or J and K) take it
// along, Space or Enter puts it down, Escape takes it back.
import { shallowRef, watch } from "vue";
import { numberOf, onCardKey } from "./card_focus.js";
import { spotAt, spotOf } from "./live_project.js";

const { t } = window.tasktracker;

// What is said of a card that is carried: by keyboard here, by hand on the board.
export const SAYINGS = {
  grabbed: (words) => t("{task} picked up. {column}, position {position} of {count}.", words),
  passing: (words) => t("{column}, position {position} of {count}.", words),
  dropped: (words) => t("{task} put down in {column}, position {position} of {count}.", words),
  unmoved: (words) => t("{task} stays in {column}, position {position} of {count}.", words),
};

const STEPS = {
  ...{ arrowup: "up", arrowdown: "down", arrowleft: "left", arrowright: "right", home: "first", end: "last" },
  ...{ k: "up", j: "down" }, // H and L are no steps: L is for labels
};
const OPENS = new Set(["enter", "o", " "]);
const PUTS_DOWN = new Set(["enter", " "]);

// `mayMove()` tells whether cards can be picked up, `open(number)` opens one.
// `choose(key, number)` gives what a key does to the selection.
export function useCardKeys({ root, live, place, reveal, mayMove, open, choose }) {
  const grabbed = shallowRef(null);

  function grab(number) {
    live.hold(number, spotOf(live.lists.value, number));
    grabbed.value = number;
    place.tell(SAYINGS.grabbed, number);
  }

  function putDown(number) {
    grabbed.value = null;
    place.tell(live.drop() ? SAYINGS.dropped : SAYINGS.unmoved, number);
  }

  function letGo() {
    const number = grabbed.value;
    if (number === null) return;
    grabbed.value = null;
    live.letGo();
    place.tell(SAYINGS.unmoved, number);
  }

  function carry(number, step) {
    const spot = carriedTo(live.lists.value, number, step, isRtl(root.value));
    if (!spot) return;
    reveal();
    live.hold(number, spot);
    place.tell(SAYINGS.passing, number);
  }

  function walk(number, step) {
    const next = walkedTo(live.lists.value, number, step, isRtl(root.value));
    if (next) place.focus(next.number);
  }

  // What the key does to the card that has the focus; nothing if it means nothing here.
  function actionOf(key, number) {
    const step = STEPS[key];
    if (grabbed.value !== number) {
      if (step) return () => walk(number, step);
      if (key === " " && mayMove()) return () => grab(number);
      return OPENS.has(key) ? () => open(number) : choose(key, number);
    }
    if (step) return () => carry(number, step);
    if (PUTS_DOWN.has(key)) return () => putDown(number);
    return key === "escape" ? letGo : undefined;
  }

  // Whoever goes elsewhere has let go of the card.
  function onFocusin(event) {
    const card = event.target.closest("[data-number]");
    if (!card || numberOf(card) !== grabbed.value) letGo();
  }

  watch(live.lists, () => {
    if (!live.held) grabbed.value = null; // it left the board while it was being carried
  });

  return { grabbed, letGo, onFocusin, onKeydown: onCardKey(actionOf) };
}

const isRtl = (root) => getComputedStyle(root).direction === "rtl";
const isAlong = (step) => step === "up" || step === "down";
const isEnd = (step) => step === "first" || step === "last";

// The spot that a step takes a card to; null at the edge of the board.
function carriedTo(lists, number, step, rtl) {
  const { column_id, index } = spotOf(lists, number);
  const others = lists.get(column_id).filter((card) => card.number !== number);
  if (isEnd(step)) return spotAt(column_id, others, step === "first" ? 0 : others.length);
  if (isAlong(step)) {
    const next = index + (step === "up" ? -1 : 1);
    return next < 0 || next > others.length ? null : spotAt(column_id, others, next);
  }
  const [id] = columnsTowards(lists, column_id, step, rtl);
  return id ? spotAt(id, lists.get(id), Math.min(index, lists.get(id).length)) : null;
}

// The card that a step of the focus leads to; columns without cards are passed over.
function walkedTo(lists, number, step, rtl) {
  const { column_id, index } = spotOf(lists, number);
  const cards = lists.get(column_id);
  if (isEnd(step)) return cards.at(step === "first" ? 0 : -1);
  if (isAlong(step)) return cards[index + (step === "up" ? -1 : 1)];
  const id = columnsTowards(lists, column_id, step, rtl).find((each) => lists.get(each).length);
  return id ? lists.get(id)[Math.min(index, lists.get(id).length - 1)] : undefined;
}

// The columns on that side, the nearest first.
function columnsTowards(lists, id, step, rtl) {
  const ids = [...lists.keys()];
  const here = ids.indexOf(id);
  return (step === "left") === rtl ? ids.slice(here + 1) : ids.slice(0, here).reverse();
}
