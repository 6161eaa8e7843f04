// The palette: a field, and what it finds among commands, tasks and values. It lies over whatever page there is, and
// listens for the keys of all commands.
import { computed, h, nextTick, onBeforeUnmount, onMounted, shallowRef } from "vue";
import { Commander } from "tasktracker-commands/commander.js";
import { commandLevel, searchLevel } from "tasktracker-commands/levels.js";
import { iconOf, keysOf, option } from "tasktracker-commands/palette_parts.js";
import { KeySheet } from "tasktracker-commands/sheet.js";
import { valuesOf } from "tasktracker-commands/values.js";

const { t, tn } = window.tasktracker;

export default {
  props: { commands: Array, groups: Object, projects: Array, me: String, here: String },
  setup(props) {
    const [dialog, field, sheet] = [shallowRef(), shallowRef(), shallowRef()];
    const [query, active, groups, levels] = [shallowRef(""), shallowRef(0), shallowRef([]), shallowRef([])];
    const level = computed(() => levels.value.at(-1));
    const items = computed(() => groups.value.flatMap((group) => group.items));
    let place, commander;
    let from = null; // where the keyboard was

    const context = { ...props, changed: () => level.value && find(), pick: (item, at) => commander.pick(item, at, context) };
    const show = {
      commands: (at) => open(at, commandLevel(at, context)),
      search: (at) => open(at, searchLevel(at, context)),
      values: (command, at) => open(at, valuesOf(command, at, context)),
      keys: () => sheet.value.open(),
    };

    // --- opening, and making way ----------------------------------------------------------------------------------

    async function open(at, first) {
      place = at;
      from = document.activeElement;
      enter([first]);
      await nextTick(); // before the next keystroke, which has to find the field
      dialog.value.showModal();
      field.value.focus();
    }

    // The browser gives the focus back; what had it may be gone: a card that has left the page.
    function close() {
      level.value?.leave?.();
      levels.value = [];
      dialog.value.close();
      if (!from.isConnected && place.numbers.length) place.view.focusOn(place.numbers[0]);
    }

    function enter(next) {
      level.value?.leave?.();
      levels.value = next;
      query.value = "";
      active.value = 0;
      find();
    }

    const back = () => (levels.value.length > 1 ? enter(levels.value.slice(0, -1)) : close());

    // --- what is found --------------------------------------------------------------------------------------------

    function find() {
      groups.value = level.value.groups(query.value).filter((group) => group.items.length);
      active.value = Math.min(active.value, Math.max(items.value.length - 1, 0));
    }

    function onInput(event) {
      query.value = event.target.value;
      active.value = 0;
      level.value.look?.(query.value);
      find();
    }

    async function choose(item, more = false) {
      const chosen = item && (await level.value.choose(item, more));
      if (chosen === "close") close();
      else if (chosen === "stay") find();
      else if (typeof chosen === "function") {
        close();
        chosen();
      } else if (chosen) enter([...levels.value, chosen]);
    }

    async function walk(step) {
      const count = items.value.length;
      if (!count) return;
      active.value = (active.value + step + count) % count;
      await nextTick();
      dialog.value.querySelector(".tt-option--active")?.scrollIntoView({ block: "nearest" });
    }

    // --- keys and pointer -----------------------------------------------------------------------------------------

    const KEYS = {
      ArrowDown: () => walk(1),
      ArrowUp: () => walk(-1),
      Enter: (event) => choose(items.value[active.value], event.shiftKey),
      Escape: back,
    };

    // Nothing of what happens here is for the page below.
    function onKeydown(event) {
      event.stopPropagation();
      if (event.isComposing) return;
      const isBack = event.key === "Backspace" && !query.value && levels.value.length > 1;
      const hot = !query.value && level.value.hotkey?.(event.key);
      const deed = isBack ? back : hot ? () => choose(hot) : KEYS[event.key];
      if (!deed) return;
      event.preventDefault();
      deed(event);
    }

    const indexAt = (event) => event.target.closest("[data-index]")?.dataset.index;

    function onPointermove(event) {
      const index = indexAt(event);
      if (index) active.value = Number(index);
    }

    function onClick(event) {
      event.stopPropagation();
      const index = indexAt(event);
      if (event.target === dialog.value) close();
      else if (index) choose(items.value[index], Boolean(event.target.closest("[data-more]")));
      field.value?.focus();
    }

    onMounted(() => (commander = new Commander({ ...props, show })));
    onBeforeUnmount(() => commander.close());

    // --- drawing --------------------------------------------------------------------------------------------------

    const head = ({ placeholder, title, subject, icon }) =>
      h("div", { class: "tt-finder__head" }, [
        subject ? h("span", { class: "tt-finder__subject" }, subject) : null,
        h("div", { class: "tt-finder__field" }, [
          icon ? iconOf(icon) : null,
          h("input", {
            ...{ ref: field, class: "tt-finder__input", type: "text", value: query.value, placeholder, onInput },
            ...{ role: "combobox", "aria-label": title, "aria-autocomplete": "list", "aria-controls": "tt-options" },
            ...{ "aria-expanded": String(items.value.length > 0), autocomplete: "off", spellcheck: "false" },
            "aria-activedescendant": items.value.length ? `tt-option-${active.value}` : undefined,
          }),
          h("button", { class: "tt-finder__close", type: "button", onClick: close }, t("Close")),
        ]),
      ]);

    function list({ isMany, title }) {
      let index = 0;
      const drawn = groups.value.map((group) => {
        const options = group.items.map((item) => option(item, { isMany, isActive: index === active.value, index: index++ }));
        if (!group.name) return options;
        const id = `tt-options-${group.id}`;
        const heading = h("div", { class: "tt-finder__heading", id, role: "presentation" }, group.name);
        return h("div", { class: "tt-finder__group", role: "group", "aria-labelledby": id, key: group.id }, [heading, options]);
      });
      const attributes = { class: "tt-finder__list", id: "tt-options", role: "listbox", "aria-label": title };
      return h("div", attributes, drawn);
    }

    const foot = ({ isMany }) =>
      h("div", { class: "tt-finder__foot", "aria-hidden": "true" }, [
        hint("enter", isMany ? t("apply") : t("choose")),
        isMany ? hint("shift+enter", t("choose more")) : null,
        hint("escape", levels.value.length > 1 ? t("back") : t("close")),
      ]);
    const hint = (keys, text) => h("span", { class: "tt-finder__hint" }, [keysOf(keys), text]);

    const said = () => {
      const none = level.value.empty?.(query.value) ?? t("Nothing fits.");
      const n = items.value.length;
      return [
        n ? null : h("p", { class: "tt-finder__empty" }, none),
        h("p", { class: "tt-sr-only", role: "status" }, n ? tn("{n} result", "{n} results", n) : none),
      ];
    };

    return () => {
      const now = level.value;
      const stop = (event) => event.stopPropagation();
      const listeners = { onKeydown, onKeyup: stop, onFocusin: stop, onClick, onPointermove, onCancel: stopped(back) };
      return h("div", { class: "tt-commands" }, [
        h("dialog", { ref: dialog, class: "tt-finder", "aria-label": now?.title, ...listeners }, [
          now ? h("div", { class: "tt-finder__box" }, [head(now), list(now), ...said(), foot(now)]) : null,
        ]),
        h(KeySheet, { ref: sheet, commands: props.commands, groups: props.groups }),
      ]);
    };
  },
};

const stopped = (deed) => (event) => {
  event.preventDefault();
  deed();
};
