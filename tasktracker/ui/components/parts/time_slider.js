// A slider over what happened: which step is shown, when it was, who did what, and the way back to the present.
import { computed, h, nextTick, onMounted, shallowRef, watch } from "vue";
import { icon } from "./icons.js";

const { moment, t } = window.tasktracker;
const PAUSE = 120; // ms that a thumb rests before its step is asked for

// `step` is {index, count, first, last, at, who, text}: of how many steps the shown one is which, which entries of the
// log it is made of, and what it was.
export const TimeSlider = {
  props: { step: Object, name: String },
  emits: ["go", "leave"],
  setup(props, { emit }) {
    const input = shallowRef();
    const wanted = shallowRef(props.step.index);
    let timer = null; // while something is wanted that was not asked for yet: an older answer does not change that
    watch(
      () => props.step,
      (step) => timer ?? (wanted.value = step.index),
    );
    onMounted(() => nextTick(() => input.value?.focus({ preventScroll: true })));

    function go(index) {
      const target = Math.max(0, Math.min(index, props.step.count - 1));
      wanted.value = target;
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = null;
        emit("go", { index: target });
      }, PAUSE);
    }
    // An arrow leads to the next step, also where several of the log's entries make one.
    function onKeydown(event) {
      const { first, last } = props.step;
      const back = ["ArrowLeft", "ArrowDown"].includes(event.key);
      if (!back && !["ArrowRight", "ArrowUp"].includes(event.key)) return;
      event.preventDefault();
      const isMirrored = event.key.endsWith("t") && getComputedStyle(input.value).direction === "rtl";
      if (wanted.value !== props.step.index) go(wanted.value + (back !== isMirrored ? -1 : 1));
      else go(back !== isMirrored ? first - 1 : last + 1);
    }
    const told = computed(() => {
      const { who, text } = props.step;
      return [who, text].filter(Boolean).join(" ");
    });
    const button = (name, picture, index) => {
      const attributes = { type: "button", class: "tt-square", "aria-label": name, title: name };
      const disabled = index < 0 || index >= props.step.count;
      return h("button", { ...attributes, disabled, onClick: () => go(index) }, [icon(picture, "tt-mirrored")]);
    };
    return () => {
      const { at, count, first, last, who, text } = props.step;
      const when = moment(at);
      const field = {
        ...{ type: "range", min: 0, max: count - 1, step: 1, value: wanted.value, class: "tt-travel__range" },
        ...{ ref: input, "aria-label": props.name, "aria-valuetext": told.value ? `${when}: ${told.value}` : when },
        style: { "--tt-part": count > 1 ? wanted.value / (count - 1) : 1 },
        onInput: (event) => go(Number(event.target.value)),
        onKeydown,
      };
      return h("div", { class: "tt-travel" }, [
        h("p", { class: "tt-travel__when" }, [
          icon("history"),
          h("strong", t("As it was on {moment}", { moment: when })),
        ]),
        h("p", { class: "tt-travel__what" }, [who && h("b", { dir: "auto" }, who), " ", text]),
        h("div", { class: "tt-travel__way" }, [
          button(t("One step back"), "chevron_left", first - 1),
          h("input", field),
          button(t("One step on"), "chevron_right", last + 1),
        ]),
        h("button", { type: "button", class: "tt-button tt-travel__leave", onClick: () => emit("leave") }, t("Back to now")),
      ]);
    };
  },
};
