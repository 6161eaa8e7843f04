// Where a row belongs that comes new into a sorted table: as the server sorts, as far as a browser can tell.
import { PRIORITIES } from "./priorities.js";

const KEYS = {
  number: (row) => row.number,
  title: (row) => row.title.toLowerCase(),
  priority: (row) => -PRIORITIES.indexOf(row.priority),
  start: (row) => row.start,
  due: (row) => row.due,
  estimate: (row) => row.estimate,
  created: (row) => row.created_at,
  updated: (row) => row.updated_at,
  completed: (row) => row.completed_at,
};

export const SORT_FIELDS = {
  ...{ number: "number", title: "title", priority: "priority", start: "start", due: "due", estimate: "estimate" },
  ...{ created: "created_at", updated: "updated_at", completed: "completed_at" },
};

// `sort` is the API's: `-due` is from the last to the first. No value comes last either way.
export function isBefore(one, other, sort) {
  const isDescending = sort.startsWith("-");
  const keyOf = KEYS[sort.replace("-", "")] ?? KEYS.number;
  const [a, b] = [keyOf(one) ?? null, keyOf(other) ?? null];
  if (a === null || b === null) return a !== null || (b === null && one.number < other.number);
  if (a === b) return isDescending ? one.number > other.number : one.number < other.number;
  return isDescending ? a > b : a < b;
}
