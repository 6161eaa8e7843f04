// The filter of a view: applied while somebody types, told where it is wrong, and how many tasks fit it.
import { computed, h, onBeforeUnmount, shallowRef, watch } from "vue";
import { useFilterLine } from "tasktracker-parts/filter_line.js";
import { CROSS, FUNNEL } from "./icons.js";
import { panelOf } from "./filter_panel.js";

const { number, t, tn } = window.tasktracker;

const PAUSE = 300; // ms after the last key until what is written is applied
const PATIENCE = 1_200; // ms until what is wrong with it is told: the word may not be finished

export const FilterBar = {
  props: ["projectKey", "filter"],
  setup({ projectKey, filter }) {
    const root = shallowRef();
    const text = shallowRef(new URLSearchParams(location.search).get("filter") ?? "");
    const isTold = shallowRef(Boolean(text.value)); // whether to tell what is wrong
    const said = shallowRef("");
    let timers = [];

    const problem = computed(() => {
      const wrong = filter.problem.value;
      return isTold.value && wrong?.text === text.value.trim() ? wrong : null;
    });
    const line = useFilterLine({ projectKey, id: "tt-filter", write, enter, escape, hasMore: true });

    // Somebody else has changed the filter, such as the button that clears it.
    watch(filter.text, (applied) => {
      if (!line.field.value?.matches(":focus") && applied !== text.value.trim()) text.value = applied;
    });
    watch(filter.fits, (fits) => {
      said.value = fits ? tn("{n} task fits the filter", "{n} tasks fit the filter", fits.size) : t("No filter");
    });

    function stopWaiting() {
      timers.forEach(clearTimeout);
      timers = [];
    }
    onBeforeUnmount(stopWaiting);

    function apply() {
      stopWaiting();
      isTold.value = true;
      filter.apply(text.value);
    }

    function write(value) {
      text.value = value;
      isTold.value = false;
      stopWaiting();
      timers = [setTimeout(() => filter.apply(text.value), PAUSE), setTimeout(() => (isTold.value = true), PATIENCE)];
    }

    function takeSuggestion() {
      const { start, end, suggestion } = problem.value;
      const before = [...text.value.trim()];
      line.put(before.slice(0, start).join("") + suggestion + before.slice(end).join(""));
      apply();
    }

    function clear() {
      line.clear();
      text.value = "";
      apply();
    }

    function enter() {
      apply();
      line.leave();
    }

    function escape() {
      if (text.value) clear();
      else line.field.value.blur();
    }

    function onFocusout({ relatedTarget }) {
      if (root.value.contains(relatedTarget)) return;
      line.leave();
      if (text.value.trim() !== filter.text.value) apply();
    }

    const drawLine = () => {
      const wrong = problem.value;
      const own = { class: "tt-filter__field", value: text.value, placeholder: t("Filter"), "aria-label": t("Filter") };
      return h("div", { class: "tt-filter__line" }, [
        wrong ? line.drawWrong(text.value, line.wrongIn(text.value, wrong.start, wrong.end)) : null,
        line.drawField({ ...own, enterkeyhint: "search", "data-command": "filter" }, wrong),
      ]);
    };

    return () => {
      const fits = filter.fits.value;
      const isOpen = line.isOpen.value;
      const clearButton = { class: "tt-square tt-mini tt-filter__clear", type: "button", "aria-label": t("Clear the filter"), onClick: clear };
      const classes = ["tt-filter", { "tt-filter--on": text.value, "tt-filter--wrong": problem.value, "tt-filter--open": isOpen }];
      return h("div", { class: classes, ref: root, onFocusout, role: "search", "aria-label": t("Filter tasks") }, [
        FUNNEL(),
        drawLine(),
        fits && !problem.value ? h("span", { class: "tt-filter__count", "aria-hidden": "true" }, number(fits.size)) : null,
        text.value ? h("button", clearButton, [CROSS()]) : null,
        isOpen || problem.value ? panelOf({ text: text.value, problem: problem.value, line, takeSuggestion, apply }) : null,
        h("p", { class: "tt-sr-only", role: "status" }, said.value),
      ]);
    };
  },
};
