// The board: columns of cards, moved by mouse, finger and keyboard. It draws what a LiveProject holds, and emits what
// people want.
import { computed, h, nextTick, onBeforeUnmount, onMounted, provide, shallowRef, watch } from "vue";
import { columnsOf, lanesOf, skeleton } from "tasktracker-live-project/board_parts.js";
import { CardDrag, fly, pictureOf } from "tasktracker-live-project/card_drag.js";
import { elementOf, numberOf, useCardFocus } from "tasktracker-live-project/card_focus.js";
import { SAYINGS, useCardKeys } from "tasktracker-live-project/card_keys.js";
import * as parts from "tasktracker-live-project/card_parts.js";
import { pageDisplay } from "tasktracker-live-project/display.js";
import { groupingBy } from "tasktracker-live-project/grouping.js";
import { useShut } from "tasktracker-live-project/kept.js";
import { firstTask } from "tasktracker-live-project/lessons.js";
import { useLiveProject } from "tasktracker-live-project/live_project.js";
import { nothingFits } from "tasktracker-live-project/nothing_fits.js";
import { usePageView } from "tasktracker-live-project/page_view.js";
import { selectionBar, useSelection } from "tasktracker-live-project/selection.js";
import { placeOf } from "tasktracker-live-project/spots.js";
import { BOARD } from "tasktracker-live-project/task_card.js";
import { pageFilter } from "tasktracker-live-project/task_filter.js";

const { t } = window.tasktracker;
const HELP = () =>
  t("Enter opens the task, Space shows a preview. M picks it up, the arrow keys move it, M puts it down, Escape takes it back.");
const gone = (words) => t("{task} left the board.", words);
const refused = (reason) => (words) =>
  t("{task} moved back to {column}, position {position} of {count}. {reason}", { ...words, reason }).trim();

export default {
  props: { projectKey: String, canEdit: Boolean, canCreate: Boolean, url: String, selected: Number, present: Object, at: String },
  emits: ["move", "open", "create", "edit", "act"],
  setup(props, { emit, expose }) {
    const [root, strip, lifted] = [shallowRef(), shallowRef(), shallowRef(null)];
    const { layout } = pageDisplay(props.projectKey, "board");
    const live = useLiveProject(props.url, {
      send: (intent) => view.move(intent),
      lanesOf: (project) => computed(() => layout.value.group && groupingBy(layout.value.group, project)),
    });
    const filter = pageFilter(props.url);
    live.travel(props.at);
    watch(
      () => props.at,
      (at) => live.travel(at).load(),
    );
    const shut = useShut(`tt-shut-${props.projectKey}`); // columns and lanes, by their ids
    const isShut = (cell) => Object.values(placeOf(cell)).some((id) => shut.ids.value.has(id));
    const open = (number) => emit("open", number);
    const place = useCardFocus(root, live, { gone });
    const isOpen = computed(() => live.frame.value?.archived === false && !live.at.value);
    const canMove = computed(() => props.canEdit && isOpen.value);
    const canCreate = computed(() => props.canCreate && isOpen.value);
    const orders = () => [...live.lists.value.values()];
    const selection = useSelection({ live, place, orders });
    const choose = selection.actionOf;
    const keys = useCardKeys({ root, live, place, open, choose, isShut, mayMove: () => canMove.value });
    const view = usePageView({ props, emit, live, root, place, selection });
    const helpId = `tt-help-${props.projectKey}`;
    const today = parts.useToday();
    const help = computed(() => (canMove.value ? helpId : undefined));
    provide(
      BOARD,
      computed(() => ({ frame: live.frame.value, today: today.value, help: help.value, present: props.present })),
    );

    function onClick(event) {
      if (selection.onClick(event)) return;
      const over = (selector) => event.target.closest(selector);
      const [toggle, create, card] = [over("[data-toggle]"), over("[data-create]"), over("[data-number]")];
      if (toggle) shut.toggle(toggle.dataset.toggle);
      else if (create) emit("create", { column_id: create.dataset.create });
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

    // What a cell's stack of cards is given: the numbers of what is special there.
    function stackOf(cell, column) {
      const cards = live.lists.value.get(cell) ?? [];
      const here = (number) => (cards.some((card) => card.number === number) ? number : null);
      return {
        ...{ cards, category: column.category, chosen: selection.chosen.value, compact: layout.value.compact },
        current: place.tabStop(cards),
        selected: here(props.selected),
        lifted: here(lifted.value),
        grabbed: here(keys.grabbed.value),
      };
    }

    const content = () => {
      const frame = live.frame.value;
      if (live.state.value === "failed") return parts.failure(live);
      if (live.state.value === "loading") return skeleton();
      if (!frame.columns.length) return h("p", { class: "tt-board__bare" }, t("This project has no columns yet."));
      if (!live.at.value && filter.fits.value?.size === 0 && live.cards.size) return nothingFits(filter, live.cards.size);
      const lists = live.lists.value;
      const drawn = { live, lists, shut: shut.ids.value, stackOf, canCreate: canCreate.value, lifted: lifted.value };
      const name = t("Board of {project}", { project: frame.name });
      const attributes = { role: live.lanes.value ? "group" : "list", "aria-label": name, ref: strip, key: "strip" };
      const classes = ["tt-board__strip", { "tt-board__strip--lanes": live.lanes.value }];
      const inside = live.lanes.value ? lanesOf({ ...drawn, scroller: () => strip.value }) : columnsOf(drawn);
      const drawing = h("div", { class: classes, ...attributes }, inside);
      return live.cards.size ? drawing : [drawing, firstTask(canCreate.value, true)];
    };
    const listeners = { onClick, onFocusin, onKeydown: keys.onKeydown };
    return () => {
      const loading = live.state.value === "loading";
      const classes = [
        "tt-board",
        { "tt-board--compact": layout.value.compact, "tt-board--past": live.at.value },
      ];
      return h("div", { class: classes, ref: root, "aria-busy": loading, ...listeners }, [
        content(),
        h("p", { class: "tt-sr-only", role: "status" }, loading ? t("Loading the board") : place.said.value),
        h("p", { id: helpId, hidden: true }, HELP()),
        selectionBar(selection, canMove.value),
      ]);
    };
  },
};
