// What a rule does, as rows that people fill in. A row sets one field, so an action that sets three becomes three rows.
import { customKey, customName } from "tasktracker-live-project/custom_fields.js";

const { t } = window.tasktracker;

const SETTABLE = ["priority", "due", "estimate"];
const IDS = { add_labels: "label_ids", remove_labels: "label_ids", add_assignees: "assignee_ids", remove_assignees: "assignee_ids" };

export const actionNames = (customFields) => [
  ["move", t("Move it to")],
  ["priority", t("Set its priority to")],
  ["add_labels", t("Add labels")],
  ["remove_labels", t("Remove labels")],
  ["add_assignees", t("Assign")],
  ["remove_assignees", t("Unassign")],
  ["due", t("Set its due date to")],
  ["estimate", t("Set its estimate to")],
  ...customFields.map(({ key, name }) => [customName(key), t("Set “{name}” to", { name })]),
  ["comment", t("Comment")],
  ["archive", t("Archive it")],
];

let last = 0;
const row = (kind, value) => ({ id: (last += 1), kind, value });

export const emptyRow = (kind) => row(kind, kind in IDS ? [] : "");

export function rowsOf(actions) {
  return actions.flatMap((action) => {
    if (action.do === "set") return Object.entries(action.fields).flatMap(([field, value]) => rowsOfField(field, value));
    if (action.do in IDS) return [row(action.do, [...action[IDS[action.do]]])];
    return [row(action.do, action.column_id ?? action.body ?? "")];
  });
}

function rowsOfField(field, value) {
  if (field === "custom") return Object.entries(value).map(([key, each]) => row(customName(key), each));
  return [row(SETTABLE.includes(field) ? field : `set:${field}`, value)];
}

export function actionOf({ kind, value }) {
  if (kind === "move") return { do: kind, column_id: value };
  if (kind === "comment") return { do: kind, body: value };
  if (kind === "archive") return { do: kind };
  if (kind in IDS) return { do: kind, [IDS[kind]]: value };
  const key = customKey(kind);
  if (key !== null) return { do: "set", fields: { custom: { [key]: value === "" ? null : value } } };
  if (kind.startsWith("set:")) return { do: "set", fields: { [kind.slice(4)]: value } };
  return { do: "set", fields: { [kind]: value === "" ? null : kind === "estimate" ? Number(value) : value } };
}

// What there is to choose from for a row, as [value, word]; null where something is written.
export function choicesOf(kind, facts) {
  const named = (things) => things.map(({ id, name }) => [id, name]);
  if (kind === "move") return named(facts.columns);
  if (kind === "priority") return facts.priorities;
  if (kind.endsWith("_labels")) return named(facts.labels);
  if (kind.endsWith("_assignees")) return named(facts.people);
  const field = facts.custom_fields.find(({ key }) => key === customKey(kind));
  if (!field) return null;
  if (field.kind === "person") return named(facts.people);
  if (field.kind === "checkbox") return [[true, t("Yes")], [false, t("No")]];
  return field.kind.endsWith("select") ? field.options.map((each) => [each, each]) : null;
}

export const isMany = (kind, facts) =>
  kind in IDS || facts.custom_fields.some((field) => field.key === customKey(kind) && field.kind === "multi_select");

export function inputOf(kind, facts) {
  if (kind === "due") return "date";
  if (kind === "estimate") return "number";
  const field = facts.custom_fields.find(({ key }) => key === customKey(kind));
  return { date: "date", number: "number", url: "url" }[field?.kind] || "text";
}
