// What the commands of a page know of the view on it: which tasks are meant, and how to change them.
import { onBeforeUnmount, onMounted } from "vue";
import { numberOf } from "./card_focus.js";
import { useSending } from "./sending.js";

export function usePageView({ props, emit, live, root, place, selection }) {
  const send = useSending(emit, props.projectKey);
  const focused = () => {
    const element = document.activeElement?.closest("[data-number]");
    return element && root.value?.contains(element) ? [numberOf(element)] : [];
  };

  const view = {
    key: props.projectKey,
    live,
    canEdit: () => props.canEdit && live.frame.value?.archived === false && !live.at?.value,
    // The open task, else those that are selected, else the one that has the focus.
    selection: () => {
      if (props.selected) return [props.selected];
      return selection.count.value ? [...selection.chosen.value] : focused();
    },
    // `fields` are those of the API, or a function of the card that gives them.
    edit(numbers, fields) {
      const cards = numbers.map((number) => live.cards.get(number)).filter(Boolean);
      const fieldsOf = (card) => (typeof fields === "function" ? fields(card) : fields);
      const pairs = cards.map((card) => [card.number, fieldsOf(card)]).filter(([, each]) => each);
      if (!pairs.length) return;
      const versions = Object.fromEntries(pairs.map(([number]) => [number, live.cards.get(number).version]));
      send("edit", { edits: Object.fromEntries(pairs), versions });
    },
    // archive, unarchive, trash or restore
    act: (numbers, act) => numbers.length && send("act", { numbers, act }),
    move: (intent) => send("move", intent),
    open: (number) => emit("open", number),
    refOf: (number) => live.cards.get(number)?.ref ?? `${props.projectKey}-${number}`,
    focusOn: (number) => place.focus(number),
    clear: () => selection.clear(),
  };

  onMounted(() => (window.tasktracker.view = view));
  onBeforeUnmount(() => {
    if (window.tasktracker.view === view) delete window.tasktracker.view;
  });
  return view;
}
