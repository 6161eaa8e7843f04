// What the palette and the sheet of keys are drawn of. Every function returns Vue nodes and holds no state.
import { h } from "vue";
import { icon } from "tasktracker-parts/icons.js";
import { written } from "./keys.js";
import { pieces } from "./match.js";

const { t } = window.tasktracker;

// A Material symbol by name, or what a function draws.
export const iconOf = (picture) =>
  typeof picture === "function" ? picture() : icon(picture);

// `g b` as two keys with “then” between them.
export function keysOf(keys) {
  const strokes = written(keys).map((stroke) => stroke.map((key) => h("kbd", { class: "tt-key" }, key)));
  const then = () => h("span", { class: "tt-keys__then" }, t("then"));
  return h("span", { class: "tt-keys" }, strokes.flatMap((stroke, index) => (index ? [then(), ...stroke] : stroke)));
}

export const nameOf = ({ name, at, title }) =>
  title ?? pieces(name, at ?? []).map(([text, isMarked]) => (isMarked ? h("mark", text) : text));

const CHECKS = { true: "check_box", false: "check_box_outline_blank", mixed: "indeterminate_check_box" };

// In a list of several values each has a box, in a list of one the present one has a tick.
function checkOf({ checked }, isMany) {
  if (checked === undefined) return isMany ? h("span", { class: "tt-option__check" }) : null;
  return h("span", { class: "tt-option__check", "data-more": isMany ? "" : undefined }, [
    iconOf(isMany ? CHECKS[checked] : "check"),
  ]);
}

export function option(item, { index, isActive, isMany }) {
  const attributes = {
    id: `tt-option-${index}`,
    class: ["tt-option", { "tt-option--active": isActive, "tt-option--quiet": item.isQuiet }],
    role: "option",
    "aria-selected": String(isActive),
    "aria-checked": item.checked === undefined ? undefined : String(item.checked),
    "data-index": index,
    key: item.id,
  };
  return h("div", attributes, [
    isMany ? checkOf(item, true) : null,
    h("span", { class: "tt-option__icon" }, [iconOf(item.icon)]),
    h("span", { class: "tt-option__name", dir: "auto" }, nameOf(item)),
    item.note ? h("span", { class: "tt-option__note", dir: "auto" }, item.note) : null,
    isMany ? null : checkOf(item, false),
    item.keys ? keysOf(item.keys) : null,
  ]);
}
