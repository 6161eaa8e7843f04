// Every property of a task: what it is called, what may stand there, and how its value is drawn.
import { h } from "vue";
import { avatar, dot, priorityIcon, stateIcon } from "tasktracker-live-project/card_parts.js";
import { customName } from "tasktracker-live-project/custom_fields.js";
import { PRIORITIES, priorityName } from "tasktracker-live-project/priorities.js";
import { whenText } from "tasktracker-parts/moments.js";
import { repeatText } from "./repeat.js";

const { number, t } = window.tasktracker;
const NOBODY_KNOWN = () => t("somebody who left");
const TEXT_LIMIT = 500;

// {field, name, how, several, options, isKept}: `how` is choose, when, repeat, type or tick; what is `isKept` is shown
// while it is empty, too.
export function fieldsOf({ frame, task }) {
  const people = frame.people.map((each) => ({ value: each.id, name: each.name, icon: () => avatar(each) }));
  const none = (options) => [{ value: null, name: t("None") }, ...options];
  return [
    { field: "column_id", name: t("State"), how: "choose", isKept: true, options: () => frame.columns.map(({ id, name, category }) => ({ value: id, name, icon: () => stateIcon(category) })) },
    { field: "priority", name: t("Priority"), how: "choose", isKept: true, options: () => PRIORITIES.map((value) => ({ value, name: priorityName(value), icon: () => priorityIcon(value) })) },
    { field: "assignee_ids", name: t("Assignees"), how: "choose", several: true, isKept: true, options: () => people, empty: t("Nobody"), gone: NOBODY_KNOWN },
    { field: "label_ids", name: t("Labels"), how: "choose", several: true, isKept: true, options: () => frame.labels.map(({ id, name, color }) => ({ value: id, name, icon: () => dot(color) })) },
    { field: "due", name: t("Due date"), how: "when", hasTime: true, isKept: true },
    { field: "start", name: t("Start"), how: "when", hasTime: true },
    { field: "recurrence", name: t("Repeats"), how: "repeat" },
    { field: "estimate", name: t("Estimate"), how: "type", kind: "number" },
    { field: "parent", name: t("Parent"), how: "type", kind: "parent", placeholder: `${frame.key}-12` },
    ...frame.custom.map((each) => customField(each, people, none)),
    { field: "watcher_ids", name: t("Watchers"), how: "choose", several: true, options: () => people, gone: NOBODY_KNOWN, isReadOnly: !task.can_watch },
  ];
}

function customField({ key, name, kind, options }, people, none) {
  const field = { field: customName(key), name };
  const choices = options.map((value) => ({ value, name: value }));
  switch (kind) {
    case "select":
      return { ...field, how: "choose", options: () => none(choices) };
    case "multi_select":
      return { ...field, how: "choose", several: true, options: () => choices };
    case "person":
      return { ...field, how: "choose", options: () => none(people), gone: NOBODY_KNOWN };
    case "date":
      return { ...field, how: "when" };
    case "checkbox":
      return { ...field, how: "tick" };
    default:
      return { ...field, how: "type", kind, limit: kind === "text" ? TEXT_LIMIT : undefined };
  }
}

export const isEmpty = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);

// A value as it is read.
export function drawn(field, value, task) {
  if (isEmpty(value)) return h("span", { class: "tt-property-none" }, field.empty ?? t("None"));
  if (field.how === "when") return whenText(value);
  if (field.how === "repeat") return repeatText(value, task.values.recurrence, task.recurrence_text);
  if (field.how === "choose") return (field.several ? value : [value]).map((each) => choice(field, each));
  return typeof value === "number" ? number(value) : String(value);
}

function choice(field, value) {
  const option = field.options().find((each) => each.value === value);
  if (!option && !field.gone) return field.several ? null : h("span", { key: value }, value); // a label that was deleted
  return h("span", { class: "tt-property-choice", key: value }, [
    option?.icon && h("span", { class: "tt-property-icon", "aria-hidden": "true" }, [option.icon()]),
    h("span", { class: "tt-property-name", dir: "auto" }, option?.name ?? field.gone()),
  ]);
}
