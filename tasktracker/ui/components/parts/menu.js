// A small menu below a button: arrow keys walk, Enter chooses, Escape closes; the focus goes back to where it was.
import { h, nextTick, onMounted, shallowRef } from "vue";
import { onPressedElsewhere, walk } from "./hooks.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

export const Menu = {
  props: { label: String, items: Array },
  emits: ["choose", "close"],
  setup(props, { emit }) {
    const root = shallowRef();
    const before = document.activeElement;
    const buttons = () => [...root.value.querySelectorAll("button")];
    const back = () => nextTick(() => before?.isConnected && before.focus());

    function onKeydown(event) {
      event.stopPropagation();
      const step = STEPS[event.key];
      if (step) {
        walk(buttons(), step);
        event.preventDefault();
      } else if (event.key === "Escape" || event.key === "Tab") {
        event.preventDefault();
        emit("close");
        back();
      }
    }

    function choose(item) {
      back();
      emit("choose", item.id);
    }

    onMounted(() => buttons()[0]?.focus());
    onPressedElsewhere(root, () => emit("close"));

    const button = (item) =>
      h("button", { class: "tt-menu__item", type: "button", role: "menuitem", tabindex: -1, onClick: () => choose(item) }, [
        h("span", item.name),
        h("span", { class: "tt-menu__hint" }, item.hint),
      ]);
    return () =>
      h("div", { class: "tt-menu", role: "menu", "aria-label": props.label, ref: root, onKeydown }, props.items.map(button));
  },
};
