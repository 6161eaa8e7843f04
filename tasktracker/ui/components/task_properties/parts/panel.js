// What opens below a property while it is changed: above everything, near what opened it, shut by Escape, by a click
// elsewhere, and when the focus leaves. The focus goes back to where it was.
import { h, nextTick, onBeforeUnmount, onMounted, shallowRef } from "vue";
import { onPressedElsewhere } from "tasktracker-parts/hooks.js";

const EDGE = 8; // px between the panel and the edge of the window

export function usePanel() {
  const shown = shallowRef(null); // {id, name, anchor, draw, leave}
  const box = shallowRef();

  // `draw` gives what is in it; `leave(isKept)` is told that it shuts, and whether what was entered counts.
  async function open(panel) {
    if (shown.value) close({ back: false });
    shown.value = panel;
    await nextTick();
    if (!box.value) return;
    box.value.showPopover();
    place();
    (box.value.querySelector("[data-first]") ?? box.value.querySelector("input, select, button"))?.focus();
  }

  function close({ isKept = true, back = true } = {}) {
    const panel = shown.value;
    if (!panel) return;
    shown.value = null;
    panel.leave?.(isKept);
    if (back) nextTick(() => (panel.back?.() ?? panel.anchor).focus());
  }

  function place() {
    if (!shown.value || !box.value) return;
    const { anchor } = shown.value;
    const around = anchor.getBoundingClientRect();
    const { height, width } = box.value.getBoundingClientRect();
    const below = around.bottom + 4;
    const top = below + height <= innerHeight - EDGE ? below : Math.max(EDGE, around.top - height - 4);
    const start = document.documentElement.dir === "rtl" ? around.right - width : around.left;
    const left = Math.max(EDGE, Math.min(start, innerWidth - width - EDGE));
    Object.assign(box.value.style, { top: `${Math.min(top, innerHeight - height - EDGE)}px`, left: `${left}px` });
  }

  function onKeydown(event) {
    event.stopPropagation();
    if (event.key === "Escape") close({ isKept: false });
    else return;
    event.preventDefault();
  }
  const onFocusout = ({ relatedTarget }) => {
    if (relatedTarget && !box.value?.contains(relatedTarget)) close({ back: false });
  };
  onPressedElsewhere(box, (target) => shown.value && !shown.value.anchor.contains(target) && close({ back: false }));

  onMounted(() => {
    addEventListener("scroll", place, true);
    addEventListener("resize", place);
  });
  onBeforeUnmount(() => {
    removeEventListener("scroll", place, true);
    removeEventListener("resize", place);
  });

  function draw() {
    if (!shown.value) return null;
    const { id, name, draw: content } = shown.value;
    const attributes = { popover: "manual", role: "dialog", "aria-label": name, "data-panel": id, "data-field": id };
    return h("div", { class: "tt-property-panel", ref: box, key: id, ...attributes, onKeydown, onFocusout }, [content()]);
  }

  return { open, close, draw, place, isOpen: (id) => shown.value?.id === id };
}
