// The columns that a table may have: what they are called, which fields of the API they show, and what sorts by them.
import { customKey } from "./custom_fields.js";
import { SORT_FIELDS } from "./table_order.js";

const { t } = window.tasktracker;

const TABLE = {
  ref: { name: () => t("ID"), fields: ["ref"], sort: "number", width: 84 },
  title: { name: () => t("Title"), fields: ["title"], sort: "title", width: 360 },
  column: { name: () => t("State"), fields: ["column_id", "state"], edit: "column_id", width: 124 },
  priority: { name: () => t("Priority"), fields: ["priority"], sort: "priority", edit: "priority", width: 104 },
  assignee: { name: () => t("Assignees"), fields: ["assignee_ids"], edit: "assignee_ids", width: 160 },
  label: { name: () => t("Labels"), fields: ["label_ids"], edit: "label_ids", width: 170 },
  start: { name: () => t("Start"), fields: ["start"], sort: "start", width: 110 },
  due: { name: () => t("Due date"), fields: ["due"], sort: "due", edit: "due", width: 116 },
  estimate: { name: () => t("Estimate"), fields: ["estimate"], sort: "estimate", width: 96 },
  parent: { name: () => t("Parent"), fields: ["parent"], width: 90 },
  subtasks: { name: () => t("Subtasks"), fields: ["subtasks"], width: 90 },
  comments: { name: () => t("Comments"), fields: ["comment_count"], width: 96 },
  attachments: { name: () => t("Files"), fields: ["attachment_count"], width: 76 },
  creator: { name: () => t("Creator"), fields: ["created_by"], width: 150 },
  created: { name: () => t("Created"), fields: ["created_at"], sort: "created", width: 120 },
  updated: { name: () => t("Changed"), fields: ["updated_at"], sort: "updated", width: 116 },
  completed: { name: () => t("Completed"), fields: ["completed_at"], sort: "completed", width: 120 },
  project: { name: () => t("Project"), fields: ["project"], width: 90 },
};

const ALWAYS = [
  "number",
  "title",
  "column_id",
  "state",
  "priority",
  "assignee_ids",
  "label_ids",
  "due",
  "version",
  "project",
  "ref",
];

export const COLUMNS = Object.keys(TABLE).filter((name) => name !== "project");

// `{name(), fields, sort, edit, width}` of a column; one of a project's own fields has its `custom` key.
export function columnOf(name, custom = []) {
  const key = customKey(name);
  if (key === null) return TABLE[name];
  const field = custom.find((each) => each.key === key);
  return { name: () => field?.name ?? key, fields: ["custom"], custom: key, kind: field?.kind, width: 140 };
}

export const columnName = (name, custom) => columnOf(name, custom)?.name() ?? name;

// Which fields to ask the API for: what the columns show, and what the order goes by.
export function fieldsFor(names, sort) {
  const shown = names.flatMap((name) => columnOf(name)?.fields ?? []);
  return [...new Set([...ALWAYS, ...shown, SORT_FIELDS[sort.replace("-", "")] ?? "number"])];
}
