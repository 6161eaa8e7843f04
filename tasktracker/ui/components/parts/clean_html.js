// HTML that the server made of people's Markdown and cleaned; the browser cleans it once more. The boxes of checklists
// become real ones: whoever may edit the text ticks them.
import { h, onMounted, shallowRef, watch } from "vue";
import { afterAnswer } from "tasktracker-live-project/sending.js";

const ANSWER_WITHIN = 4_000; // ms with a connection: then a box shows again what the server says

export const CleanHtml = {
  props: { html: String, canTick: Boolean },
  // `tick` says {item, done}, `drawn` says how many boxes there are and how many are ticked: {total, done}.
  emits: ["tick", "drawn"],
  setup(props, { emit }) {
    const root = shallowRef();
    const wanted = new Map(); // what boxes were made to show, until the server's text shows it, too

    const boxes = () => [...root.value.querySelectorAll("input.tt-check")];
    const tell = () => emit("drawn", { total: boxes().length, done: boxes().filter(({ checked }) => checked).length });

    function draw() {
      const focused = root.value.contains(document.activeElement) ? document.activeElement.dataset.item : null;
      root.value.setHTML(props.html);
      // A link to one of our tasks stays in this tab.
      root.value.querySelectorAll('a:not([href^="/t/"])').forEach((link) => {
        link.target = "_blank";
        link.rel = "noopener noreferrer nofollow";
      });
      root.value.querySelectorAll(".tt-check").forEach((mark) => mark.replaceWith(boxOf(mark)));
      if (focused) boxes().find((box) => box.dataset.item === focused)?.focus();
      tell();
    }

    function boxOf(mark) {
      const box = document.createElement("input");
      const { item } = mark.dataset;
      const isTicked = mark.classList.contains("tt-checked");
      if (wanted.get(item) === isTicked) wanted.delete(item);
      Object.assign(box, { type: "checkbox", className: "tt-check", disabled: !props.canTick, checked: wanted.get(item) ?? isTicked });
      box.dataset.item = item;
      box.setAttribute("aria-label", wordsOf(mark.closest("li")));
      return box;
    }

    function onChange({ target }) {
      const { item } = target.dataset;
      wanted.set(item, target.checked);
      tell();
      emit("tick", { item, done: target.checked });
      afterAnswer(() => root.value && wanted.delete(item) && draw(), ANSWER_WITHIN);
    }

    onMounted(draw);
    watch(() => [props.html, props.canTick], draw, { flush: "post" });
    return () => h("div", { class: "tt-prose", dir: "auto", ref: root, onChange });
  },
};

// What an item says, without the items below it.
function wordsOf(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("ul, ol").forEach((list) => list.remove());
  return copy.textContent.trim();
}
