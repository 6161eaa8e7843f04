// The line in which a filter is written: completed, applied while somebody types, and marked where it is wrong.
import { computed, h, nextTick, onBeforeUnmount, shallowRef, watch } from "vue";
import { useCompletion } from "./completion.js";
import { CROSS, FUNNEL } from "./icons.js";
import { panelOf } from "./filter_panel.js";
import { indexOf, replaced } from "./terms.js";

const { t, tn } = window.tasktracker;

const PAUSE = 300; // ms after the last key until what is written is applied
const PATIENCE = 1_200; // ms until what is wrong with it is told: the word may not be finished

export const FilterBar = {
  props: ["projectKey", "filter"],
  setup({ projectKey, filter }) {
    const [root, field, mirror] = [shallowRef(), shallowRef(), shallowRef()];
    const text = shallowRef(new URLSearchParams(location.search).get("filter") ?? "");
    const isOpen = shallowRef(false);
    const isTold = shallowRef(Boolean(text.value)); // whether to tell what is wrong
    const completion = useCompletion(projectKey);
    const said = shallowRef("");
    let timers = [];

    const problem = computed(() => {
      const wrong = filter.problem.value;
      return isTold.value && wrong?.text === text.value.trim() ? wrong : null;
    });
    const lead = computed(() => text.value.length - text.value.trimStart().length); // the server's text begins there

    // Somebody else has changed the filter, such as the button that clears it.
    watch(filter.text, (applied) => {
      if (!field.value?.matches(":focus") && applied !== text.value.trim()) text.value = applied;
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

    function write(value, cursor = value.length) {
      text.value = value;
      isOpen.value = true;
      isTold.value = false;
      stopWaiting();
      timers = [setTimeout(() => filter.apply(text.value), PAUSE), setTimeout(() => (isTold.value = true), PATIENCE)];
      completion.ask(value, cursor);
    }

    // Write for somebody, and leave the cursor where they go on.
    async function put(value, cursor = value.length) {
      write(value, cursor);
      await nextTick();
      field.value.focus();
      field.value.setSelectionRange(cursor, cursor);
    }

    async function take(offered) {
      const option = await completion.renewed(offered, text.value, field.value.selectionStart);
      if (!option) return;
      const { text: chosen, kind } = option;
      const { start, end } = completion.found.value;
      const rest = [...text.value].slice(end).join("");
      const gap = kind === "field" || rest.startsWith(" ") ? "" : " ";
      put(replaced(text.value, start, end, chosen + gap), indexOf(text.value, start) + chosen.length + gap.length);
    }

    function takeSuggestion() {
      const { start, end, suggestion } = problem.value;
      const before = [...text.value.trim()];
      put(before.slice(0, start).join("") + suggestion + before.slice(end).join(""));
      apply();
    }

    function clear() {
      completion.clear();
      text.value = "";
      apply();
    }

    function leave() {
      isOpen.value = false;
      completion.clear();
    }

    const active = () => completion.found.value.options[completion.active.value];
    const DOES = {
      ArrowDown: () => (isOpen.value ? completion.move(1) : show()),
      ArrowUp: () => completion.move(-1),
      Enter: () => {
        if (active()) return take(active());
        apply();
        leave();
      },
      Tab: () => (active() ? take(active()) : false),
      Escape: () => {
        if (isOpen.value) return leave();
        if (text.value) return clear();
        field.value.blur();
      },
    };
    function onKeydown(event) {
      const does = event.isComposing ? null : DOES[event.key];
      if (!does || does() === false) return;
      event.preventDefault();
      event.stopPropagation();
    }

    function show() {
      isOpen.value = true;
      completion.ask(text.value, field.value.selectionStart ?? text.value.length);
    }

    function onFocusout({ relatedTarget }) {
      if (root.value.contains(relatedTarget)) return;
      leave();
      if (text.value.trim() !== filter.text.value) apply();
    }

    const follow = () => mirror.value && (mirror.value.scrollLeft = field.value.scrollLeft);

    function marked() {
      if (!problem.value) return null;
      const { start, end } = problem.value;
      const [from, to] = [start, Math.max(end, start + 1)].map((at) => lead.value + indexOf(text.value.trim(), at));
      const pieces = [
        text.value.slice(0, from),
        h("span", { class: "tt-filter__wrong" }, text.value.slice(from, to) || " "),
        text.value.slice(to),
      ];
      return h("div", { class: "tt-filter__mirror", "aria-hidden": "true", ref: mirror }, pieces);
    }

    const input = () => {
      const options = isOpen.value && completion.found.value.options.length > 0;
      const state = {
        "aria-expanded": options,
        "aria-invalid": Boolean(problem.value),
        "aria-describedby": problem.value ? "tt-filter-problem" : undefined,
      };
      const combobox = {
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-controls": "tt-filter-options",
        "aria-label": t("Filter"),
      };
      const chosen = active() ? `tt-filter-option-${completion.active.value}` : undefined;
      return h("input", {
        ...{
          class: "tt-filter__field",
          ref: field,
          type: "text",
          value: text.value,
          placeholder: t("Filter"),
          dir: "auto",
        },
        ...{ autocomplete: "off", autocapitalize: "off", spellcheck: false, maxlength: 4000, enterkeyhint: "search" },
        ...{ "data-command": "filter", ...combobox, ...state, "aria-activedescendant": chosen },
        ...{ onKeydown, onScroll: follow, onFocus: show },
        onInput: ({ target }) => write(target.value, target.selectionStart),
      });
    };

    return () => {
      const fits = filter.fits.value;
      const clearButton = {
        class: "tt-filter__clear",
        type: "button",
        "aria-label": t("Clear the filter"),
        onClick: clear,
      };
      const classes = [
        "tt-filter",
        { "tt-filter--on": text.value, "tt-filter--wrong": problem.value, "tt-filter--open": isOpen.value },
      ];
      return h("div", { class: classes, ref: root, onFocusout, role: "search", "aria-label": t("Filter tasks") }, [
        FUNNEL(),
        h("div", { class: "tt-filter__line" }, [marked(), input()]),
        fits && !problem.value
          ? h(
              "span",
              { class: "tt-filter__count", "aria-hidden": "true" },
              new Intl.NumberFormat(window.tasktracker.language()).format(fits.size),
            )
          : null,
        text.value ? h("button", clearButton, [CROSS()]) : null,
        isOpen.value || problem.value
          ? panelOf({
              text: text.value,
              problem: problem.value,
              completion,
              isOpen: isOpen.value,
              take,
              takeSuggestion,
              put,
              apply,
            })
          : null,
        h("p", { class: "tt-sr-only", role: "status" }, said.value),
      ]);
    };
  },
};
