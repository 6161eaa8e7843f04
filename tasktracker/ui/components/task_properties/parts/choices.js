// A list of values to choose from: typing narrows it, arrow keys walk, Enter chooses. With `several`, one after another.
import { computed, h, ref, watch } from "vue";

const { t } = window.tasktracker;

export const Choices = {
  props: { name: String, options: Array, chosen: Array, several: Boolean },
  emits: ["toggle", "done", "resize"],
  setup(props, { emit }) {
    const [text, active] = [ref(""), ref(Math.max(0, props.options.findIndex(({ value }) => props.chosen.includes(value))))];
    const shown = computed(() => {
      const sought = text.value.trim().toLocaleLowerCase();
      return props.options.filter(({ name }) => name.toLocaleLowerCase().includes(sought));
    });
    watch(shown, () => emit("resize"), { flush: "post" });

    const move = (step) => {
      const { length } = shown.value;
      if (length) active.value = (active.value + step + length) % length;
    };
    function choose({ value }) {
      emit("toggle", value);
      if (!props.several) emit("done");
    }
    const DOES = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => (shown.value[active.value] ? choose(shown.value[active.value]) : emit("done")),
      Tab: () => emit("done"),
    };
    function onKeydown(event) {
      const does = event.isComposing ? null : DOES[event.key];
      if (!does) return;
      event.preventDefault();
      does();
    }

    function optionOf(option, index) {
      const isChosen = props.chosen.includes(option.value);
      const state = { role: "option", "aria-selected": isChosen, id: `tt-choice-${index}`, key: String(option.value) };
      const classes = ["tt-menu__option", { "tt-menu__option--active": index === active.value }];
      const onMousedown = (event) => event.preventDefault(); // the focus stays in the field above
      return h("li", { class: classes, ...state, onMousedown, onClick: () => choose(option) }, [
        option.icon ? h("span", { class: "tt-menu__icon", "aria-hidden": "true" }, [option.icon()]) : null,
        h("span", { class: "tt-menu__name", dir: "auto" }, option.name),
        isChosen ? h("span", { class: "tt-menu__tick", "aria-hidden": "true" }, "✓") : null,
      ]);
    }

    return () => {
      const search = {
        ...{ class: "tt-menu__search", role: "combobox", "aria-expanded": true, "aria-controls": "tt-choices" },
        ...{ "aria-label": props.name, placeholder: props.name, value: text.value, autocomplete: "off" },
        ...{ "data-first": "", "aria-activedescendant": shown.value.length ? `tt-choice-${active.value}` : undefined },
        onInput: ({ target }) => ([text.value, active.value] = [target.value, 0]),
      };
      const list = { class: "tt-menu__options", role: "listbox", id: "tt-choices", "aria-label": props.name };
      return h("div", { onKeydown }, [
        h("input", search),
        h("ul", { ...list, "aria-multiselectable": props.several }, shown.value.map(optionOf)),
        shown.value.length ? null : h("p", { class: "tt-menu__none" }, t("Nothing is called that.")),
      ]);
    };
  },
};
