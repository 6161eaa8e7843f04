// Walking over the board and carrying cards by keyboard. M picks a card up, the arrow keys (or J and K) take it along,
// Space, Enter or M puts it down, Escape takes it back.
import { shallowRef, watch } from "vue";
import { numberOf, onCardKey } from "./card_focus.js";
import { placeOf, spotAt, spotOf } from "./spots.js";

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
const OPENS = new Set(["enter", "o"]);
const PUTS_DOWN = new Set(["enter", " ", "m"]);

// `mayMove()` tells whether cards can be picked up, `open(number)` opens one.
// `choose(key, number)` gives what a key does to the selection. `isShut(cell)` tells of a cell that shows no cards.
export function useCardKeys({ root, live, place, mayMove, open, choose, isShut = () => false }) {
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

  const seen = () => new Map([...live.lists.value].filter(([cell]) => !isShut(cell)));

  function carry(number, step) {
    const spot = carriedTo(seen(), number, step, isRtl(root.value));
    if (!spot) return;
    live.hold(number, spot);
    place.tell(SAYINGS.passing, number);
  }

  function walk(number, step) {
    const next = walkedTo(seen(), number, step, isRtl(root.value));
    if (next) place.focus(next.number);
  }

  // What the key does to the card that has the focus; nothing if it means nothing here.
  function actionOf(key, number) {
    const step = STEPS[key];
    if (grabbed.value !== number) {
      if (step) return () => walk(number, step);
      if (key === "m" && mayMove()) return () => grab(number);
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
  const { cell, index } = spotOf(lists, number);
  const others = lists.get(cell).filter((card) => card.number !== number);
  if (isEnd(step)) return spotAt(cell, others, step === "first" ? 0 : others.length);
  const next = index + (step === "up" ? -1 : 1);
  if (isAlong(step) && next >= 0 && next <= others.length) return spotAt(cell, others, next);
  const [goal] = cellsTowards(lists, cell, step, rtl);
  if (!goal) return null;
  const cards = lists.get(goal);
  if (isAlong(step)) return spotAt(goal, cards, step === "up" ? cards.length : 0);
  return spotAt(goal, cards, Math.min(index, cards.length));
}

// The card that a step of the focus leads to; cells without cards are passed over.
function walkedTo(lists, number, step, rtl) {
  const { cell, index } = spotOf(lists, number);
  const cards = lists.get(cell);
  if (isEnd(step)) return cards.at(step === "first" ? 0 : -1);
  const next = cards[index + (step === "up" ? -1 : 1)];
  if (isAlong(step) && next) return next;
  const goal = lists.get(cellsTowards(lists, cell, step, rtl).find((each) => lists.get(each).length));
  if (isAlong(step)) return goal?.at(step === "up" ? -1 : 0);
  return goal?.[Math.min(index, goal.length - 1)];
}

// The cells on that side, the nearest first: those of the same lane, or up and down those of the same column.
function cellsTowards(lists, cell, step, rtl) {
  const here = placeOf(cell);
  const inLine = (each) => {
    const { column_id, lane } = placeOf(each);
    return isAlong(step) ? column_id === here.column_id : lane === here.lane;
  };
  const cells = [...lists.keys()].filter(inLine);
  const index = cells.indexOf(cell);
  const isBack = isAlong(step) ? step === "up" : (step === "left") !== rtl;
  return isBack ? cells.slice(0, index).reverse() : cells.slice(index + 1);
}
