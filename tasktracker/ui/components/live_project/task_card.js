// A card of the board, and a stack of them: the cards of a column, or of a lane's part of it.
import { computed, h, inject } from "vue";
import * as parts from "./card_parts.js";
import { GAP } from "./spots.js";
import { WindowedList } from "./windowing.js";

export const BOARD = Symbol("what all cards of one board have in common");

const TaskCard = {
  props: ["card", "category", "current", "selected", "chosen", "grabbed"],
  setup(props) {
    const board = inject(BOARD);
    const attributes = () => ({
      class: ["tt-card", { "tt-card--selected": props.selected || props.chosen, "tt-card--grabbed": props.grabbed }],
      role: "button",
      tabindex: props.current ? 0 : -1,
      "data-number": props.card.number,
      "aria-label": parts.nameOf(props.card, { ...board.value, category: props.category, chosen: props.chosen }),
      "aria-describedby": board.value.help,
    });
    return () => {
      const { card, category } = props;
      const { frame, today, present } = board.value;
      const marks = [
        card.priority === "none" ? null : parts.priorityIcon(card.priority),
        ...parts.labelChips(card, frame),
        parts.dueChip(card, today, category),
        parts.commentCount(card),
      ].filter(Boolean);
      return h("div", attributes(), [
        h("div", { class: "tt-card__top" }, [
          parts.idOf(card, frame),
          parts.presence(card, frame, present),
          parts.avatars(card, frame),
        ]),
        h("div", { class: "tt-card__title", dir: "auto" }, card.title),
        marks.length ? h("div", { class: "tt-card__marks" }, marks) : null,
      ]);
    };
  },
};

const HEIGHT = 98; // px: what a card that was never drawn is taken for
const COMPACT = 74;

export const CardStack = {
  // `current`, `selected`, `lifted` and `grabbed` are numbers of cards, or null; `chosen` is a set of them.
  props: [
    "cards",
    "name",
    "category",
    "current",
    "selected",
    "chosen",
    "lifted",
    "grabbed",
    "scroller",
    "compact",
    "empty",
  ],
  setup(props) {
    const keep = computed(() => [props.current, props.lifted, props.grabbed, GAP.number]);
    const cardOf = (card) =>
      h(TaskCard, {
        card,
        category: props.category,
        current: card.number === props.current,
        selected: card.number === props.selected,
        chosen: props.chosen.has(card.number),
        grabbed: card.number === props.grabbed,
      });
    const slotOf = (card, index) => {
      if (card === GAP) return h("li", { class: "tt-gap", key: "gap", "aria-hidden": "true" });
      const { number } = card;
      const place = { "aria-posinset": index + 1, "aria-setsize": props.cards.length };
      const lifted = { "tt-slot--lifted": number === props.lifted };
      return h("li", { class: ["tt-slot", lifted], key: number, "data-slot": number, ...place }, [cardOf(card)]);
    };
    return () => {
      const attributes = { class: "tt-column__cards", "aria-label": props.name };
      const { cards, scroller, compact } = props;
      const isEmpty = props.empty && !cards.some((card) => card !== GAP && card.number !== props.lifted);
      return h(
        WindowedList,
        { ...attributes, cards, keep: keep.value, draw: slotOf, height: compact ? COMPACT : HEIGHT, scroller },
        { default: () => (isEmpty ? h("li", { class: "tt-column__empty", key: "empty" }, props.empty) : null) },
      );
    };
  },
};
