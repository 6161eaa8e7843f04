// The slider over the life of a project, above its board.
import { h } from "vue";
import { TimeSlider } from "tasktracker-parts/time_slider.js";

const { t } = window.tasktracker;

export default {
  props: { step: Object },
  emits: ["go", "leave"],
  setup(props, { emit }) {
    return () =>
      h("section", { class: "tt-past tt-past--board", "aria-label": t("The board as it was") }, [
        h(TimeSlider, {
          step: props.step,
          name: t("Moment in the life of the project"),
          onGo: (where) => emit("go", where),
          onLeave: () => emit("leave"),
        }),
      ]);
  },
};
