// What is offered below a marker while its word is typed. Tab and Enter take one, Escape leaves it.
import { h, nextTick, shallowRef } from "vue";
import { lookOf } from "./chips.js";
import { markerAt, offersFor } from "./markers.js";

const { t } = window.tasktracker;
const LIST = "tt-offers";
const MOVES = ["ArrowLeft", "ArrowRight", "Home", "End"];

// `put(text, cursor)` writes into the `field`; `names()` are those that a marker may name.
export function useOffers({ field, put, names }) {
  const [marker, offers, active, spot] = [shallowRef(null), shallowRef([]), shallowRef(-1), shallowRef({})];

  function leave() {
    offers.value = [];
    marker.value = null;
  }

  function look() {
    const { value, selectionStart, selectionEnd } = field.value;
    const found = selectionStart === selectionEnd ? markerAt(value, selectionStart) : null;
    if (!found) return leave();
    marker.value = found;
    offers.value = offersFor(found, names());
    const isEnd = found.word === "!"; // of a sentence, in languages that set it apart
    active.value = isEnd ? -1 : 0;
    nextTick(place);
  }

  // Below the place in the text where the word begins: the mirror of the field has the same lines.
  function place() {
    const mirror = field.value?.previousElementSibling;
    if (!mirror || !offers.value.length) return;
    const range = document.createRange();
    let left = marker.value.start;
    const walker = document.createTreeWalker(mirror, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { length } = walker.currentNode;
      if (left < length) break;
      left -= length;
    }
    range.setStart(walker.currentNode, Math.min(left, walker.currentNode.length));
    const [word, box] = [range.getBoundingClientRect(), mirror.closest(".tt-line").getBoundingClientRect()];
    const isRtl = getComputedStyle(mirror).direction === "rtl";
    const along = isRtl ? box.right - word.right : word.left - box.left;
    spot.value = { insetBlockStart: `${word.bottom - box.top + 4}px`, insetInlineStart: `${Math.max(0, Math.min(along, box.width - 260))}px` };
  }

  function take(offer) {
    const { start, end } = marker.value;
    const { value } = field.value;
    const gap = value[end] === " " ? "" : " ";
    leave();
    put(value.slice(0, start) + offer.text + gap + value.slice(end), start + offer.text.length + 1);
  }

  function move(step) {
    const { length } = offers.value;
    active.value = active.value < 0 && step < 0 ? length - 1 : (active.value + step + length) % length;
  }

  const DOES = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => (active.value < 0 ? false : take(offers.value[active.value])),
    Tab: () => take(offers.value[Math.max(active.value, 0)]),
    Escape: leave,
  };
  function onKeydown(event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !event.isComposing;
    const does = isPlain && offers.value.length ? DOES[event.key] : null;
    if (!does || does() === false) return;
    event.preventDefault();
    event.stopPropagation();
  }
  const onKeyup = ({ key }) => MOVES.includes(key) && look();

  const attributes = () => {
    const isShown = offers.value.length > 0;
    return {
      ...{ "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": isShown ? LIST : undefined },
      "aria-activedescendant": isShown && active.value >= 0 ? `${LIST}-${active.value}` : undefined,
    };
  };

  const optionOf = (offer, index) => {
    const isActive = index === active.value;
    const state = { role: "option", id: `${LIST}-${index}`, "aria-selected": isActive, key: offer.text };
    const onMousedown = (event) => event.preventDefault(); // the focus stays in the line
    return h("li", { class: ["tt-menu__option", { "tt-menu__option--active": isActive }], ...state, onMousedown, onClick: () => take(offer) }, [
      h("span", { class: "tt-offers__look" }, [lookOf(offer)]),
      h("span", { class: "tt-menu__name", dir: "auto" }, offer.name),
      offer.note ? h("span", { class: "tt-menu__kind" }, offer.note) : null,
    ]);
  };
  const draw = () =>
    offers.value.length
      ? h("ul", { class: "tt-offers", id: LIST, role: "listbox", "aria-label": t("What could stand here"), style: spot.value }, offers.value.map(optionOf))
      : null;

  return { look, leave, onKeydown, onKeyup, attributes, draw };
}
