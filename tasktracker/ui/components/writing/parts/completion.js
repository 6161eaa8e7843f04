// The list of what could be meant at the cursor of a field. What it marks is what Enter takes: the mark stays on its
// option whatever comes later, and once it has been moved by hand the list stays as it is until something is typed.
import { computed, h, nextTick, onBeforeUnmount, shallowRef, watch } from "vue";
import { put, placeOf } from "./field.js";
import { namedAt, offersFor } from "./offers.js";

const { t, tn } = window.tasktracker;

const PAUSE = 120; // ms without a keystroke before the server is asked
const MOST = 10;
const EDGE = 8; // px between the list and the window's

let lists = 0;

// `field()` is the field, `here` the key of the project at hand.
export function useCompletion(field, here) {
  const id = `tt-meant-${(lists += 1)}`;
  const [wanted, offers, marked, list] = [shallowRef(null), shallowRef([]), shallowRef(null), shallowRef()];
  const isOpen = computed(() => offers.value.length > 0);
  let [isHeld, dismissed, call, timer] = [false, null, null, 0];

  function close() {
    clearTimeout(timer);
    call?.abort();
    [wanted.value, offers.value, marked.value] = [null, [], null];
  }

  // Something was typed.
  function look() {
    const found = document.activeElement === field() ? namedAt(field()) : null; // a draft that comes back asks nothing
    if (found?.from !== dismissed) dismissed = null;
    if (!found || dismissed !== null) return close();
    const before = wanted.value;
    const isSame = before && before.from === found.from && before.kind === found.kind;
    if (isSame && before.isVain && found.said.startsWith(before.said)) return;
    wanted.value = found;
    isHeld = false;
    show(isSame ? offers.value.filter((each) => each.fits(found)) : []);
    clearTimeout(timer);
    timer = setTimeout(() => ask(found), found.kind === "person" ? 0 : PAUSE);
  }

  async function ask(asked) {
    call?.abort();
    call = new AbortController();
    try {
      const found = await offersFor(asked, here, call.signal);
      if (wanted.value !== asked || isHeld) return;
      asked.isVain = !found.length && !offers.value.length;
      // Those that are shown stay where they are: an option must not slip away from under a finger.
      const known = new Set(offers.value.map((each) => each.id));
      show([...offers.value, ...found.filter((each) => !known.has(each.id))].slice(0, MOST));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function show(found) {
    offers.value = found;
    if (!found.some((each) => each.id === marked.value)) marked.value = found[0]?.id ?? null;
  }

  async function move(step) {
    const { length } = offers.value;
    const at = offers.value.findIndex((each) => each.id === marked.value);
    isHeld = true;
    marked.value = offers.value[(at + step + length) % length].id;
    await nextTick();
    list.value?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  function take(offer) {
    const { from, to } = wanted.value;
    const gap = /^[\s.,;:!?)\]]/.test(field().value.slice(to)) ? "" : " ";
    close();
    put(field(), { from, to, text: offer.text + gap, start: from + offer.text.length + gap.length });
    close(); // what was put is no question
  }

  const DOES = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => take(offers.value.find((each) => each.id === marked.value)),
    Escape: () => {
      dismissed = wanted.value.from;
      close();
    },
  };
  DOES.Tab = DOES.Enter;

  // Whether the key was for the list.
  function pressed(event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (!isOpen.value || !isPlain || !DOES[event.key]) return false;
    DOES[event.key]();
    return true;
  }

  // The cursor was moved without typing.
  function moved() {
    if (wanted.value && field()?.selectionEnd !== wanted.value.to) close();
  }

  // --- where it is, and what is told of it --------------------------------------------------------------------------

  function place() {
    const { left, top, bottom } = placeOf(field(), wanted.value.from);
    const { offsetWidth: width, offsetHeight: height } = list.value;
    const { width: wide, height: high } = window.visualViewport ?? { width: innerWidth, height: innerHeight };
    const isBelow = bottom + height + EDGE < high || top < height + EDGE;
    list.value.style.left = `${Math.max(EDGE, Math.min(left, wide - width - EDGE))}px`;
    list.value.style.top = `${isBelow ? bottom + 4 : top - height - 4}px`;
  }

  const follow = ({ target }) => target !== list.value && isOpen.value && place();

  watch([isOpen, offers], async () => {
    await nextTick();
    if (!isOpen.value || !list.value) return;
    if (!list.value.matches(":popover-open")) list.value.showPopover();
    place();
  });
  watch(isOpen, (open) => {
    document[open ? "addEventListener" : "removeEventListener"]("scroll", follow, true);
    document[open ? "addEventListener" : "removeEventListener"]("selectionchange", moved);
  });
  watch([isOpen, marked], () => {
    const element = field();
    if (!element) return;
    const state = { "aria-controls": id, "aria-activedescendant": `${id}-${indexOf(marked.value)}` };
    for (const [name, value] of Object.entries(state)) {
      if (isOpen.value) element.setAttribute(name, value);
      else element.removeAttribute(name);
    }
  }, { flush: "post" });
  onBeforeUnmount(() => {
    close();
    document.removeEventListener("scroll", follow, true);
    document.removeEventListener("selectionchange", moved);
  });

  const indexOf = (offer) => offers.value.findIndex((each) => each.id === offer);
  const nameOf = () => (wanted.value?.kind === "person" ? t("People") : t("Tasks"));

  const option = (offer, index) => {
    const isMarked = offer.id === marked.value;
    const classes = ["tt-option", { "tt-option--active": isMarked, "tt-option--quiet": offer.isOver }];
    return h(
      "li",
      { id: `${id}-${index}`, class: classes, role: "option", "aria-selected": isMarked, key: offer.id, onClick: () => take(offer) },
      [
        h("span", { class: "tt-option__icon" }, [offer.icon()]),
        h("span", { class: "tt-option__name", dir: "auto" }, offer.name),
        h("span", { class: "tt-option__note", dir: "auto" }, offer.note),
      ],
    );
  };
  const stay = (event) => event.preventDefault(); // the focus is the field's

  const draw = () => [
    isOpen.value
      ? h(
          "ul",
          { id, class: "tt-meant", role: "listbox", "aria-label": nameOf(), popover: "manual", ref: list, onPointerdown: stay, onMousedown: stay },
          offers.value.map(option),
        )
      : null,
    h("span", { class: "tt-sr-only", role: "status" }, isOpen.value ? tn("{n} suggestion", "{n} suggestions", offers.value.length) : ""),
  ];

  return { look, pressed, close, draw };
}
