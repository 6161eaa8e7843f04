// The board: columns of cards, moved by mouse, finger and keyboard. It draws what a LiveProject holds, and emits what
// people want.
import { computed, h, inject, nextTick, onBeforeUnmount, onMounted, provide, shallowRef } from "vue";
import { CardDrag, fly, pictureOf } from "tasktracker-live-project/card_drag.js";
import { elementOf, numberOf, useCardFocus } from "tasktracker-live-project/card_focus.js";
import { SAYINGS, useCardKeys } from "tasktracker-live-project/card_keys.js";
import * as parts from "tasktracker-live-project/card_parts.js";
import { GAP, useLiveProject } from "tasktracker-live-project/live_project.js";
import { usePageView } from "tasktracker-live-project/page_view.js";
import { selectionBar, useSelection } from "tasktracker-live-project/selection.js";

const { t, tn } = window.tasktracker;
const HELP = () =>
  t("Enter opens the task. Space picks it up, the arrow keys move it, Space puts it down, Escape takes it back.");
const gone = (words) => t("{task} left the board.", words);
const refused = (reason) => (words) =>
  t("{task} moved back to {column}, position {position} of {count}. {reason}", { ...words, reason }).trim();

const FIRST = 15; // cards a column draws at once; the rest follow,
const MORE = 50; // so many a column with every frame
const VIEW = Symbol("what all cards of one board have in common");

const TaskCard = {
  props: ["card", "category", "current", "selected", "chosen", "grabbed"],
  setup(props) {
    const view = inject(VIEW);
    const attributes = () => ({
      class: ["tt-card", { "tt-card--selected": props.selected || props.chosen, "tt-card--grabbed": props.grabbed }],
      role: "button",
      tabindex: props.current ? 0 : -1,
      "data-number": props.card.number,
      "aria-label": parts.nameOf(props.card, { ...view.value, category: props.category, chosen: props.chosen }),
      "aria-describedby": view.value.help,
    });
    return () => {
      const { card, category } = props;
      const { frame, today } = view.value;
      const marks = [
        card.priority === "none" ? null : parts.priorityIcon(card.priority),
        ...parts.labelChips(card, frame),
        parts.dueChip(card, today, category),
        parts.commentCount(card),
      ].filter(Boolean);
      return h("div", attributes(), [
        h("div", { class: "tt-card__top" }, [parts.idOf(card, frame), parts.avatars(card, frame)]),
        h("div", { class: "tt-card__title", dir: "auto" }, card.title),
        marks.length ? h("div", { class: "tt-card__marks" }, marks) : null,
      ]);
    };
  },
};

const BoardColumn = {
  props: ["column", "cards", "limit", "current", "selected", "chosen", "lifted", "grabbed", "canCreate"],
  setup(props) {
    const cardOf = (card) =>
      h(TaskCard, {
        card,
        category: props.column.category,
        current: card.number === props.current,
        selected: card.number === props.selected,
        chosen: props.chosen.has(card.number),
        grabbed: card.number === props.grabbed,
      });
    const slotOf = (card) => {
      if (card === GAP) return h("li", { class: "tt-gap", key: "gap", "aria-hidden": "true" });
      const { number } = card;
      const lifted = { "tt-slot--lifted": number === props.lifted };
      return h("li", { class: ["tt-slot", lifted], key: number, "data-slot": number }, [cardOf(card)]);
    };
    const nameOf = (column, count) => {
      const words = { column: column.name, tasks: tn("{n} task", "{n} tasks", count), limit: column.wip_limit };
      return column.wip_limit ? t("{column}, {tasks}, limit {limit}", words) : t("{column}, {tasks}", words);
    };
    return () => {
      const { column, cards } = props;
      const count = cards.length - (cards.some((card) => card.number === props.lifted) ? 1 : 0);
      const name = nameOf(column, count);
      return h("div", { class: "tt-column", role: "listitem", "aria-label": name, "data-column": column.id }, [
        h("div", { class: "tt-column__head" }, [
          parts.stateIcon(column.category),
          h("h2", { class: "tt-column__name", dir: "auto", title: column.name }, column.name),
          parts.countOf(count, column.wip_limit),
          props.canCreate ? parts.createButton(column) : null,
        ]),
        h("ul", { class: "tt-column__cards", role: "list", "aria-label": column.name }, [
          ...cards.slice(0, props.limit).map(slotOf),
          count ? null : h("li", { class: "tt-column__empty", key: "empty" }, t("No tasks")),
        ]),
      ]);
    };
  },
};

export default {
  props: { projectKey: String, canEdit: Boolean, canCreate: Boolean, url: String, selected: Number },
  emits: ["move", "open", "create", "edit", "act"],
  setup(props, { emit, expose }) {
    const [root, strip, lifted, limit] = [shallowRef(), shallowRef(), shallowRef(null), shallowRef(FIRST)];
    const live = useLiveProject(props.url, (intent) => emit("move", intent));
    const open = (number) => emit("open", number);
    const reveal = () => (limit.value = Infinity);
    const place = useCardFocus(root, live, { gone }, reveal);
    const isOpen = computed(() => live.frame.value?.archived === false);
    const canMove = computed(() => props.canEdit && isOpen.value);
    const canCreate = computed(() => props.canCreate && isOpen.value);
    const orders = () => [...live.lists.value.values()];
    const selection = useSelection({ live, place, orders });
    const choose = selection.actionOf;
    const keys = useCardKeys({ root, live, place, reveal, open, choose, mayMove: () => canMove.value });
    usePageView({ props, emit, live, root, place, selection });
    const helpId = `tt-help-${props.projectKey}`;
    const today = parts.useToday();
    const help = computed(() => (canMove.value ? helpId : undefined));
    provide(VIEW, computed(() => ({ frame: live.frame.value, today: today.value, help: help.value })));

    function onClick(event) {
      if (selection.onClick(event)) return;
      const [create, card] = ["[data-create]", "[data-number]"].map((selector) => event.target.closest(selector));
      if (create) emit("create", { column_id: create.dataset.create });
      else if (card) open(numberOf(card));
    }

    function onFocusin(event) {
      place.onFocusin(event);
      keys.onFocusin(event);
    }

    async function settle(number, picture) {
      lifted.value = null;
      await nextTick();
      const card = elementOf(root.value, number);
      card?.focus({ preventScroll: true });
      fly(picture, card);
    }

    const hand = {
      live,
      get root() {
        return root.value;
      },
      get strip() {
        return strip.value;
      },
      mayMove: () => canMove.value,
      lifted(number) {
        keys.letGo();
        reveal();
        lifted.value = number;
      },
      dropped(number, picture) {
        if (live.held && live.drop()) place.tell(SAYINGS.dropped, number);
        settle(number, picture);
      },
      kept(number, picture) {
        live.letGo();
        place.tell(live.cards.has(number) ? SAYINGS.unmoved : gone, number);
        settle(number, picture);
      },
    };
    let drag;
    onMounted(() => (drag = new CardDrag(hand)));
    onBeforeUnmount(() => drag.close());

    async function refuse(number, reason = "") {
      const card = elementOf(root.value, number);
      const picture = card && live.isMine(number) ? pictureOf(card, card.getBoundingClientRect()) : null;
      if (live.refuse(number)) place.tell(refused(reason), number);
      await nextTick();
      if (picture) fly(picture, elementOf(root.value, number));
    }
    live.unanswered = (number) => refuse(number, t("The server did not answer."));
    const accept = (number, version) => live.accept(number, version);
    expose({ patch: (patch) => live.patch(patch), accept, refuse, reload: () => live.load() });

    parts.useFrames(live, limit, MORE);

    const within = (cards, number) => (cards.some((card) => card.number === number) ? number : null);
    const columnOf = (column) => {
      const cards = live.lists.value.get(column.id) ?? [];
      return h(BoardColumn, {
        ...{ key: column.id, column, cards, limit: limit.value, canCreate: canCreate.value },
        current: place.tabStop(cards),
        selected: within(cards, props.selected),
        chosen: selection.chosen.value,
        lifted: within(cards, lifted.value),
        grabbed: within(cards, keys.grabbed.value),
      });
    };
    const content = () => {
      const frame = live.frame.value;
      if (live.state.value === "failed") return parts.failure(live);
      if (!frame) return skeleton();
      if (!frame.columns.length) return h("p", { class: "tt-board__bare" }, t("This project has no columns yet."));
      const name = t("Board of {project}", { project: frame.name });
      const attributes = { class: "tt-board__strip", role: "list", "aria-label": name, ref: strip, key: "strip" };
      return h("div", attributes, frame.columns.map(columnOf));
    };
    const listeners = { onClick, onFocusin, onKeydown: keys.onKeydown };
    return () => {
      const loading = live.state.value === "loading";
      return h("div", { class: "tt-board", ref: root, "aria-busy": loading, ...listeners }, [
        content(),
        h("p", { class: "tt-sr-only", role: "status" }, loading ? t("Loading the board") : place.said.value),
        h("p", { id: helpId, hidden: true }, HELP()),
        selectionBar(selection, canMove.value),
      ]);
    };
  },
};

const SKELETON = [[85, 60, 75], [70, 90], [60, 85, 70, 75], [90, 65]]; // percent: the titles' widths, column by column
const bone = (percent) => h("div", { class: "tt-bone", style: { inlineSize: `${percent}%` } });
const boneCard = (width) => h("div", { class: "tt-card" }, [bone(20), bone(width), bone(35)]);
const boneColumn = (widths) =>
  h("div", { class: "tt-column" }, [
    h("div", { class: "tt-column__head" }, [bone(40)]),
    h("div", { class: "tt-column__cards" }, widths.map(boneCard)),
  ]);
const skeleton = () =>
  h("div", { class: "tt-board__strip tt-skeleton", "aria-hidden": "true", key: "skeleton" }, SKELETON.map(boneColumn));
