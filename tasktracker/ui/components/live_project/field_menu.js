// Editing a task where it is drawn: a click on its state, priority, people, labels or due date opens a small menu there.
// What is chosen is an `edit` of the page's view; of several values at once, when the menu closes.
import { computed, h, nextTick, shallowRef } from "vue";
import { onPressedElsewhere } from "tasktracker-parts/hooks.js";
import { avatar, dot, priorityIcon, stateIcon } from "./card_parts.js";
import { elementOf } from "./card_focus.js";
import { inDays } from "./days.js";
import { PRIORITIES, priorityName } from "./priorities.js";

const { t } = window.tasktracker;

// The choices of each field: {value, name, icon}. `several`: a task may have more than one of them.
const FIELDS = {
  column_id: {
    name: () => t("State"),
    options: (frame) =>
      frame.columns.map(({ id, name, category }) => ({ value: id, name, icon: () => stateIcon(category) })),
  },
  priority: {
    name: () => t("Priority"),
    options: () => PRIORITIES.map((value) => ({ value, name: priorityName(value), icon: () => priorityIcon(value) })),
  },
  assignee_ids: {
    name: () => t("Assignees"),
    several: true,
    options: (frame) =>
      [...frame.people.values()].map((each) => ({ value: each.id, name: each.name, icon: () => avatar(each) })),
  },
  label_ids: {
    name: () => t("Labels"),
    several: true,
    options: (frame) =>
      [...frame.labels.values()].map((each) => ({ value: each.id, name: each.name, icon: () => dot(each.color) })),
  },
  due: {
    name: () => t("Due date"),
    options: () => [
      { value: inDays(0), name: t("Today") },
      { value: inDays(1), name: t("Tomorrow") },
      { value: inDays(7), name: t("In a week") },
      { value: null, name: t("No due date") },
    ],
  },
};

// `view` is the page's: see page_view.js. What opens a menu has a `data-edit` with the name of the field, inside of a
// `data-number`.
export function useFieldMenu({ live, view, root }) {
  const menu = shallowRef(null); // {number, field, several, options, chosen, text, active, place}
  const box = shallowRef();
  const shown = computed(() => {
    const sought = menu.value.text.trim().toLowerCase();
    return menu.value.options.filter(({ name }) => name.toLowerCase().includes(sought));
  });

  async function open(number, field, anchor) {
    const card = live.cards.get(number);
    if (!card || !view.canEdit()) return false;
    const { name, options, several = false } = FIELDS[field];
    const chosen = new Set(several ? card[field] : [card[field]]);
    const list = options(live.frame.value);
    const active = Math.max(
      0,
      list.findIndex(({ value }) => chosen.has(value)),
    );
    menu.value = {
      number,
      field,
      name: name(),
      several,
      options: list,
      chosen,
      text: "",
      active,
      place: placeAt(anchor),
    };
    await nextTick();
    box.value?.querySelector("input")?.focus();
    keepInside();
    return true;
  }

  // Where the menu does not fit below what opened it, it goes up.
  function keepInside() {
    const { height, width } = box.value.getBoundingClientRect();
    const { place } = menu.value;
    const top = Math.max(8, Math.min(place.top, innerHeight - height - 8));
    const left = Math.max(8, Math.min(place.left, innerWidth - width - 8));
    menu.value = { ...menu.value, place: { top, left } };
  }

  function close({ back = true } = {}) {
    const { number, field, several, chosen } = menu.value ?? {};
    if (!number) return;
    menu.value = null;
    const had = new Set(live.cards.get(number)?.[field]);
    const isChanged = several && (had.size !== chosen.size || [...chosen].some((each) => !had.has(each)));
    if (isChanged) view.edit([number], { [field]: [...chosen] });
    if (back) nextTick(() => elementOf(root.value, number)?.focus());
  }

  function choose(value) {
    const { number, field, several, chosen } = menu.value;
    if (several) {
      const next = new Set(chosen);
      if (!next.delete(value)) next.add(value);
      menu.value = { ...menu.value, chosen: next };
    } else {
      close();
      if (!chosen.has(value)) view.edit([number], { [field]: value });
    }
  }

  const move = (step) => {
    const { length } = shown.value;
    if (length) menu.value = { ...menu.value, active: (menu.value.active + step + length) % length };
  };
  const DOES = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => shown.value[menu.value.active] && choose(shown.value[menu.value.active].value),
    Escape: () => close(),
    Tab: () => close(),
  };
  function onKeydown(event) {
    const does = event.target.type === "date" && !["Escape", "Tab"].includes(event.key) ? null : DOES[event.key];
    event.stopPropagation();
    if (!does) return;
    event.preventDefault();
    does();
  }

  onPressedElsewhere(box, () => menu.value && close({ back: false }));

  // Whether a click was on what opens a menu.
  function onClick(event) {
    const anchor = event.target.closest("[data-edit]");
    const row = anchor?.closest("[data-number]");
    if (!row || !view.canEdit()) return false;
    open(Number(row.dataset.number), anchor.dataset.edit, anchor);
    return true;
  }

  function optionOf({ value, name, icon }, index) {
    const { chosen, active } = menu.value;
    const state = { role: "option", "aria-selected": chosen.has(value), id: `tt-choice-${index}`, key: String(value) };
    const classes = ["tt-menu__option", { "tt-menu__option--active": index === active }];
    const onMousedown = (event) => event.preventDefault(); // the focus stays in the field above
    return h("li", { class: classes, ...state, onMousedown, onClick: () => choose(value) }, [
      icon ? h("span", { class: "tt-menu__icon" }, [icon()]) : null,
      h("span", { class: "tt-menu__name", dir: "auto" }, name),
      chosen.has(value) ? h("span", { class: "tt-menu__tick", "aria-hidden": "true" }, "✓") : null,
    ]);
  }

  function dateField() {
    const { number, chosen } = menu.value;
    const take = ({ target }) => {
      if (!target.value) return;
      close();
      view.edit([number], { due: target.value });
    };
    const value = [...chosen][0]?.slice(0, 10) ?? "";
    return h("input", { class: "tt-menu__date", type: "date", "aria-label": t("Another day"), value, onChange: take });
  }

  function draw() {
    if (!menu.value) return null;
    const { field, name, several, text, active, place } = menu.value;
    const search = {
      ...{ class: "tt-menu__search", role: "combobox", "aria-expanded": true, "aria-controls": "tt-choices" },
      ...{ "aria-label": name, placeholder: name, value: text, autocomplete: "off" },
      "aria-activedescendant": shown.value.length ? `tt-choice-${active}` : undefined,
      onInput: ({ target }) => (menu.value = { ...menu.value, text: target.value, active: 0 }),
    };
    const style = { insetBlockStart: `${place.top}px`, left: `${place.left}px` };
    const list = { class: "tt-menu__options", role: "listbox", id: "tt-choices", "aria-label": name };
    return h("div", { class: "tt-menu tt-menu--floating", ref: box, style, onKeydown, key: "menu" }, [
      h("input", search),
      h("ul", { ...list, "aria-multiselectable": several }, shown.value.map(optionOf)),
      field === "due" ? dateField() : null,
      shown.value.length ? null : h("p", { class: "tt-menu__none" }, t("Nothing is called that.")),
    ]);
  }

  return { open, onClick, draw };
}

const placeAt = (anchor) => {
  const { bottom, left } = anchor.getBoundingClientRect();
  return { top: bottom + 4, left };
};
