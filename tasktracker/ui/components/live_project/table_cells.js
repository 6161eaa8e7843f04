// What stands in the cells of a table.
import { h } from "vue";
import * as parts from "./card_parts.js";
import { priorityName } from "./priorities.js";

const { ago, day, list, number, t } = window.tasktracker;

const words = (text, more = {}) => h("span", { class: "tt-cell__words", dir: "auto", ...more }, text);
const when = (value) => (value ? h("time", { datetime: value, title: day(value, "long") }, ago(value)) : null);
const date = (value) => (value ? day(value) : null);

// Nodes of a column of the task `row`; `frame` names its columns, labels and people.
export function cellOf(name, column, { row, frame, today, titles, isEdited }) {
  if (column.custom) return customCell(row.custom?.[column.custom], column.kind, frame);
  return CELLS[name]({ row, frame, today, titles, isEdited });
}

const CELLS = {
  ref: ({ row }) => h("span", { class: "tt-id" }, row.ref ?? `${row.project}-${row.number}`),
  title: ({ row, titles, isEdited }) => (isEdited ? titles.field(row) : words(row.title, { "data-title": "" })),
  column: ({ row, frame }) => [
    parts.stateIcon(row.state),
    words(frame.columns.find(({ id }) => id === row.column_id)?.name ?? ""),
  ],
  priority: ({ row }) => [
    parts.priorityIcon(row.priority),
    row.priority === "none" ? null : words(priorityName(row.priority)),
  ],
  assignee: ({ row, frame }) => {
    const people = parts.known(row.assignee_ids, frame.people);
    return [parts.avatars(row, frame), people.length === 1 ? words(people[0].name) : null];
  },
  label: ({ row, frame }) => parts.labelChips(row, frame),
  start: ({ row }) => date(row.start),
  due: ({ row, today }) => parts.dueChip(row, today, row.state),
  estimate: ({ row }) => (row.estimate === null ? null : number(row.estimate)),
  parent: ({ row }) => (row.parent ? h("span", { class: "tt-id" }, row.parent) : null),
  subtasks: ({ row }) =>
    row.subtasks?.total ? t("{n} of {all}", { n: number(row.subtasks.done), all: number(row.subtasks.total) }) : null,
  comments: ({ row }) => (row.comment_count ? number(row.comment_count) : null),
  attachments: ({ row }) => (row.attachment_count ? number(row.attachment_count) : null),
  creator: ({ row, frame }) => words(frame.people.get(row.created_by)?.name ?? ""),
  created: ({ row }) => when(row.created_at),
  updated: ({ row }) => when(row.updated_at),
  completed: ({ row }) => when(row.completed_at),
  project: ({ row }) => h("span", { class: "tt-id" }, row.project),
};

function customCell(value, kind, frame) {
  if (value === null || value === undefined) return null;
  if (kind === "checkbox") return value ? "✓" : null;
  if (kind === "number") return number(value);
  if (kind === "date") return day(value);
  if (kind === "person") return words(frame.people.get(value)?.name ?? "");
  return words(Array.isArray(value) ? list(value) : String(value));
}
