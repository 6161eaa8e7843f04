// The line in which a filter is written, wherever there is one: completed at the cursor, and marked where it is wrong.
import { computed, h, shallowRef } from "vue";
import { indexOf, replaced } from "./characters.js";
import { useCompletion } from "./completion.js";

const { t } = window.tasktracker;
const KINDS = {
  field: () => t("field"),
  keyword: () => t("word between two filters"),
  word: () => "",
  person: () => t("person"),
  label: () => t("label"),
  column: () => t("column"),
  project: () => t("project"),
  date: () => t("date"),
};
const MOVES = ["ArrowLeft", "ArrowRight", "Home", "End"];

// `id` is what the ids of its parts begin with, and `write(text)` is told what is written. `enter()` and `escape()` do
// what these keys do where no option is marked and nothing is open; without them, the keys are not the line's.
// `hasMore`: something besides the options is open while the line is.
export function useFilterLine({ projectKey, id, write, enter, escape, hasMore = false }) {
  const [field, mirror] = [shallowRef(), shallowRef()];
  const isOpen = shallowRef(false);
  const completion = useCompletion(projectKey);
  const { found } = completion;
  const isListed = computed(() => isOpen.value && found.value.options.length > 0);
  const active = () => (isListed.value ? found.value.options[completion.active.value] : undefined);

  function onInput({ target }) {
    write(target.value);
    isOpen.value = target.matches(":focus"); // a draft that comes back asks for nothing
    if (isOpen.value) completion.ask(target.value, target.selectionStart);
  }

  // Write for somebody, as if they did it, and leave the cursor where they go on.
  function put(value, cursor = value.length) {
    field.value.focus();
    field.value.value = value;
    field.value.setSelectionRange(cursor, cursor);
    field.value.dispatchEvent(new Event("input", { bubbles: true })); // its draft hears of it, too
  }

  async function take(offered) {
    const { value, selectionStart } = field.value;
    const option = await completion.renewed(offered, value, selectionStart);
    if (!option || field.value?.value !== value) return;
    const { start, end } = found.value;
    const gap = option.kind === "field" || [...value][end] === " " ? "" : " ";
    put(replaced(value, start, end, option.text + gap), indexOf(value, start) + option.text.length + gap.length);
  }

  function show() {
    isOpen.value = true;
    completion.ask(field.value.value, field.value.selectionStart ?? field.value.value.length);
  }

  function leave() {
    isOpen.value = false;
    completion.clear();
  }

  const DOES = {
    ArrowDown: () => (isOpen.value ? completion.move(1) : show()),
    ArrowUp: () => (isOpen.value ? completion.move(-1) : false),
    Enter: () => (active() ? void take(active()) : (enter?.() ?? false)),
    Tab: () => (active() ? void take(active()) : false),
    Escape: () => (isListed.value || (hasMore && isOpen.value) ? leave() : (escape?.() ?? false)),
  };
  function onKeydown(event) {
    const does = event.isComposing ? null : DOES[event.key];
    if (!does || does() === false) return;
    event.preventDefault();
    event.stopPropagation();
  }
  const onKeyup = ({ key }) => isOpen.value && MOVES.includes(key) && show();
  const follow = () => mirror.value && (mirror.value.scrollLeft = field.value.scrollLeft);

  // --- drawn ---

  // The places in the text that a problem of the server's is about: it reads the text trimmed.
  function wrongIn(text, start, end) {
    const lead = text.length - text.trimStart().length;
    const [from, to] = [start, Math.max(end, start + 1)].map((at) => lead + indexOf(text.trim(), at));
    return [from, Math.max(to, from + 1)];
  }

  function drawWrong(text, [from, to]) {
    const wrong = h("span", { class: "tt-filter__wrong" }, text.slice(from, to) || " ");
    return h("div", { class: "tt-filter__mirror", "aria-hidden": "true", ref: mirror }, [text.slice(0, from), wrong, text.slice(to)]);
  }

  // `attributes` are the field's own: its class, its name.
  function drawField(attributes, problem) {
    const combobox = {
      ...{ role: "combobox", "aria-autocomplete": "list", "aria-controls": `${id}-options`, "aria-expanded": isListed.value },
      "aria-activedescendant": active() ? `${id}-option-${completion.active.value}` : undefined,
      "aria-invalid": Boolean(problem),
      "aria-describedby": problem ? `${id}-problem` : undefined,
    };
    const typed = { autocomplete: "off", autocapitalize: "off", spellcheck: false, maxlength: 4000, dir: "auto" };
    const listeners = { onInput, onKeydown, onKeyup, onScroll: follow, onFocus: show, onClick: show };
    return h("input", { ref: field, type: "text", ...typed, ...combobox, ...listeners, ...attributes });
  }

  function drawOptions(classes) {
    const optionOf = (option, index) => {
      const isActive = index === completion.active.value;
      const attributes = { role: "option", id: `${id}-option-${index}`, "aria-selected": isActive, key: `${option.kind} ${option.text}` };
      const onMousedown = (event) => event.preventDefault(); // the focus stays in the line
      const look = ["tt-menu__option", { "tt-menu__option--active": isActive }];
      return h("li", { class: look, ...attributes, onMousedown, onClick: () => take(option) }, [
        h("span", { class: "tt-menu__name", dir: "auto" }, option.label),
        h("span", { class: "tt-menu__kind" }, KINDS[option.kind]?.() ?? ""),
      ]);
    };
    const list = { class: classes, role: "listbox", id: `${id}-options`, "aria-label": t("What could stand here") };
    const options = isListed.value ? found.value.options : [];
    return h("ul", { ...list, hidden: !options.length, ref: keepActiveInSight }, options.map(optionOf));
  }

  return { field, isOpen, isListed, put, leave, clear: completion.clear, wrongIn, drawWrong, drawField, drawOptions };
}

const keepActiveInSight = (list) => list?.querySelector(".tt-menu__option--active")?.scrollIntoView({ block: "nearest" });
