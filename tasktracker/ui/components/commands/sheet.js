// The sheet of keys: every command that has any, in groups, found by typing.
import { computed, h, shallowRef } from "vue";
import { keysOf, nameOf } from "./palette_parts.js";
import { ranked } from "./rank.js";

const { t } = window.tasktracker;

export const KeySheet = {
  props: { commands: Array, groups: Object },
  setup(props, { expose }) {
    const [dialog, field, query] = [shallowRef(), shallowRef(), shallowRef("")];
    const keyed = props.commands.filter(({ keys }) => keys);
    const shown = computed(() => ranked(keyed, query.value));
    const groups = computed(() =>
      Object.entries(props.groups)
        .map(([id, name]) => ({ id, name, commands: shown.value.filter(({ group }) => group === id) }))
        .filter(({ commands }) => commands.length),
    );

    function open() {
      query.value = "";
      dialog.value.showModal();
      field.value.focus();
    }
    expose({ open });

    function onKeydown(event) {
      event.stopPropagation(); // nothing here is for the page below
      if (event.isComposing || event.key !== "Escape") return;
      event.preventDefault();
      dialog.value.close();
    }

    function onClick(event) {
      event.stopPropagation();
      if (event.target === dialog.value) dialog.value.close();
    }

    const row = (command) =>
      h("li", { class: "tt-sheet__row", key: command.id }, [
        h("span", { class: "tt-sheet__name" }, [
          h("span", nameOf(command)),
          command.hint ? h("span", { class: "tt-sheet__hint" }, command.hint) : null,
        ]),
        h("span", { class: "tt-sheet__keys" }, command.keys.flatMap(alternatives)),
      ]);

    const section = ({ id, name, commands }) =>
      h("section", { class: "tt-sheet__group", key: id, "aria-label": name }, [
        h("h3", { class: "tt-sheet__heading" }, name),
        h("ul", { class: "tt-sheet__rows" }, commands.map(row)),
      ]);

    const head = () =>
      h("div", { class: "tt-sheet__head" }, [
        h("h2", { class: "tt-sheet__title" }, t("Keyboard shortcuts")),
        h("input", {
          ...{ ref: field, class: "tt-sheet__input", type: "search", value: query.value, autocomplete: "off" },
          ...{ placeholder: t("Find…"), "aria-label": t("Find a shortcut") },
          onInput: (event) => (query.value = event.target.value),
        }),
        h("button", { class: "tt-sheet__close", type: "button", onClick: () => dialog.value.close() }, t("Close")),
      ]);

    return () => {
      const stop = (event) => event.stopPropagation();
      const listeners = { onKeydown, onKeyup: stop, onFocusin: stop, onClick };
      return h("dialog", { ref: dialog, class: "tt-sheet", "aria-label": t("Keyboard shortcuts"), ...listeners }, [
        h("div", { class: "tt-sheet__box" }, [
          head(),
          h("div", { class: "tt-sheet__groups", tabindex: 0 }, groups.value.map(section)),
          h("p", { class: "tt-sheet__empty", role: "status" }, groups.value.length ? "" : t("Nothing fits.")),
        ]),
      ]);
    };
  },
};

function alternatives(keys, index) {
  return [index ? h("span", { class: "tt-keys__then" }, t("or")) : null, keysOf(keys)];
}
