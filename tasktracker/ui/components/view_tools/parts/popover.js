// A button and the panel that it opens: shut again by Escape, by a click elsewhere, or when the focus leaves.
import { h, nextTick, shallowRef } from "vue";
import { onPressedElsewhere } from "tasktracker-parts/hooks.js";

export function usePopover({ opened = () => {} } = {}) {
  const [isOpen, root] = [shallowRef(false), shallowRef()];

  async function open() {
    isOpen.value = true;
    opened();
    await nextTick();
    root.value?.querySelector(".tt-panel input, .tt-panel select, .tt-panel button, .tt-panel a")?.focus();
  }

  function close() {
    if (!isOpen.value) return;
    isOpen.value = false;
    root.value?.querySelector("button")?.focus();
  }

  const toggle = () => (isOpen.value ? close() : open());
  const leave = () => (isOpen.value = false);
  const onFocusout = ({ relatedTarget }) => relatedTarget && !root.value.contains(relatedTarget) && leave();
  const onKeydown = (event) => {
    if (event.key !== "Escape" || !isOpen.value) return;
    event.stopPropagation();
    close();
  };
  onPressedElsewhere(root, leave);

  // The button with its icon and words, and `panel()` below it while it is open. `isOn` marks what is not as usual.
  function draw({ icon, name, label, isOn = false, panel }) {
    const state = {
      "aria-expanded": isOpen.value,
      "aria-haspopup": "dialog",
      "aria-label": label ?? name,
      title: label ?? name,
    };
    const button = { class: ["tt-tool", { "tt-tool--on": isOn }], type: "button", onClick: toggle, ...state };
    return h("div", { class: "tt-popover", ref: root, onKeydown, onFocusout }, [
      h("button", button, [icon(), h("span", { class: "tt-tool__name", dir: "auto" }, name)]),
      isOpen.value ? h("div", { class: "tt-panel", role: "dialog", "aria-label": name }, panel()) : null,
    ]);
  }

  return { isOpen, open, close, draw };
}
