// A text that somebody wrote, and how far its checklist is.
import { h, shallowRef } from "vue";
import { CleanHtml } from "tasktracker-parts/clean_html.js";

const { t, tn } = window.tasktracker;

export default {
  props: { html: String, empty: String, canTick: Boolean },
  emits: ["tick"],
  setup(props, { emit }) {
    const [progress, said] = [shallowRef(null), shallowRef("")];
    const wordsOf = ({ total, done }) => tn("{done} of {n} done", "{done} of {n} done", total, { done });

    // What others tick is said, too.
    function onDrawn(drawn) {
      if (progress.value && drawn.total && drawn.done !== progress.value.done) said.value = wordsOf(drawn);
      progress.value = drawn;
    }

    const far = ({ total, done }) =>
      h("p", { class: ["tt-progress", { "tt-progress--whole": done === total }], key: "progress" }, [
        h("progress", { class: "tt-progress__bar", value: done, max: total, "aria-label": wordsOf({ total, done }) }),
        h("span", { "aria-hidden": "true" }, t("{done} of {n}", { done, n: total })),
      ]);

    return () =>
      h("div", { class: "tt-written" }, [
        props.html && progress.value?.total ? far(progress.value) : null,
        props.html
          ? h(CleanHtml, { html: props.html, canTick: props.canTick, key: "text", onDrawn, onTick: (tick) => emit("tick", tick) })
          : h("div", { class: "tt-prose", key: "empty" }, [h("p", { class: "tt-quiet" }, props.empty)]),
        h("span", { class: "tt-sr-only", role: "status" }, said.value),
      ]);
  },
};
