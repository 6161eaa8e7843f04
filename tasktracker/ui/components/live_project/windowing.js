// Of a long list only what is near the viewport is drawn, and the cards that must be there wherever they are; between
// them lies empty space of the same height. Heights are measured as they are drawn, and guessed before.
import { h, nextTick, onBeforeUnmount, onMounted, onUpdated, shallowRef, watch } from "vue";

const AT_ONCE = 15; // cards drawn before it is known where the viewport is
const ENOUGH = 8; // cards that tell how high the others will be
const MARGIN = 500; // px above and below the viewport that are drawn too
const STEP = 4; // cards by which what is drawn grows and shrinks, so that scrolling seldom draws

export const WindowedList = {
  // `scroller()` gives what scrolls, if that is not the list itself. `keep` are numbers of cards that must be drawn.
  props: ["cards", "keep", "height", "draw", "scroller"],
  setup(props, { slots }) {
    const [list, range] = [shallowRef(), shallowRef([0, AT_ONCE])];
    const heights = new Map(); // by number, in px
    let [frame, width, scroller] = [0, 0, null];
    let guess = null; // px: what the first cards that were drawn measure on average
    const heightOf = (card) => heights.get(card.number) ?? guess ?? props.height;
    const sum = (from, to) => props.cards.slice(from, to).reduce((all, card) => all + heightOf(card), 0);

    // The cards that lie between two heights.
    function between(top, bottom) {
      let [y, from, to] = [0, null, props.cards.length];
      for (const [index, card] of props.cards.entries()) {
        if (y >= bottom) {
          to = index;
          break;
        }
        y += heightOf(card);
        if (from === null && y > top) from = index;
      }
      return [from ?? to, to];
    }

    function look() {
      frame = 0;
      if (!list.value) return;
      const [view, own] = [scroller, list.value].map((each) => each.getBoundingClientRect());
      const top = view.top - own.top + (scroller === list.value ? scroller.scrollTop : 0);
      const [from, to] = between(top - MARGIN, top + view.height + MARGIN);
      const isEnd = to === props.cards.length; // what comes next is drawn without waiting for the next look
      const next = [from - (from % STEP), Math.ceil(to / STEP) * STEP + (isEnd ? AT_ONCE : 0)];
      if (next[0] !== range.value[0] || next[1] !== range.value[1]) range.value = next;
    }
    const soon = () => (frame ||= requestAnimationFrame(look));

    function measure() {
      for (const slot of list.value?.children ?? []) {
        if (slot.dataset.slot && slot.offsetHeight) heights.set(Number(slot.dataset.slot), slot.offsetHeight);
      }
      if (heights.size >= ENOUGH) guess ??= [...heights.values()].reduce((all, each) => all + each) / heights.size;
    }

    const sizes = new ResizeObserver(([{ contentRect }]) => {
      if (width && contentRect.width !== width) {
        heights.clear(); // lines break elsewhere
        guess = null;
        measure();
      }
      width = contentRect.width;
      soon();
    });
    onMounted(() => {
      scroller = props.scroller?.() ?? list.value;
      scroller.addEventListener("scroll", soon, { passive: true });
      sizes.observe(scroller);
      measure();
      look();
    });
    onUpdated(measure);
    watch(
      () => props.cards,
      () => nextTick(soon),
    );
    onBeforeUnmount(() => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      scroller.removeEventListener("scroll", soon);
    });

    const space = (from, to) =>
      h("li", {
        class: "tt-space",
        "aria-hidden": "true",
        key: `space-${from}`,
        style: { blockSize: `${sum(from, to)}px` },
      });

    return () => {
      const { cards, draw } = props;
      const [from, to] = range.value;
      const kept = new Set(props.keep);
      const drawn = [];
      let next = 0; // what comes after all that is drawn so far
      cards.forEach((card, index) => {
        if ((index < from || index >= to) && !kept.has(card.number)) return;
        if (index > next) drawn.push(space(next, index));
        drawn.push(draw(card, index));
        next = index + 1;
      });
      if (next < cards.length) drawn.push(space(next, cards.length));
      return h("ul", { role: "list", ref: list }, [...drawn, slots.default?.()]);
    };
  },
};
