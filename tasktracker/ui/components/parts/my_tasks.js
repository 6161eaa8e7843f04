// What is one's own to do: fetched from the API, and put into groups.
import { daysBetween, weekOf } from "tasktracker-live-project/days.js";
import { fetchPart } from "tasktracker-live-project/fetching.js";
import { PRIORITIES, priorityName } from "tasktracker-live-project/priorities.js";

const { daysUntil, t, today: present } = window.tasktracker;

const FIELDS = "ref,project,number,title,state,priority,due,comment_count";
const PARTS = 5; // of a hundred tasks each: whoever has more to do does not look for it here
const MENTIONS = 40; // tasks that mention somebody, the last ones

// The tasks that are assigned to somebody, and others that mention them: `{assigned, mentioned, more}`, all of them open.
export async function fetchMyTasks() {
  const [assigned, mentions] = await Promise.all([
    list(tasks("assignee:me is:open"), PARTS),
    list("/api/v1/notifications?state=all&reason=mentioned&limit=100", 1),
  ]);
  const refs = [...new Set(mentions.items.map(({ task }) => task))].slice(0, MENTIONS);
  const mine = new Set(assigned.items.map(({ ref }) => ref));
  const asked = refs.length ? await list(tasks(`ref:${refs.join(",")} is:open`), 1) : { items: [] };
  const place = (task) => refs.indexOf(task.ref);
  const mentioned = asked.items.filter(({ ref }) => !mine.has(ref)).sort((one, other) => place(one) - place(other));
  return { assigned: assigned.items, mentioned, more: assigned.more };
}

const tasks = (filter) => `/api/v1/tasks?${new URLSearchParams({ filter, sort: "due", limit: 100, fields: FIELDS })}`;

async function list(address, parts) {
  const items = [];
  for (let part = 0; address && part < parts; part += 1) {
    const found = await fetchPart(address);
    items.push(...found.items);
    address = found.next;
  }
  return { items, more: Boolean(address) };
}

// Groups `{id, name, tasks, late}` that have something in them, in their order; `by` is due, project or priority.
export function groupsOf({ assigned, mentioned }, by, { today, projects }) {
  const groups = GROUPINGS[by](assigned, { today, projects });
  const last = { id: "mentioned", name: t("Mentioned"), hint: t("Open tasks of others that mention you"), tasks: mentioned };
  return [...groups, last]
    .filter((group) => group.tasks.length)
    .map((group) => ({ ...group, id: `${by}:${group.id}` }));
}

const byDue = (one, other) => (one.due ?? "9999").localeCompare(other.due ?? "9999") || byPriority(one, other);
const byPriority = (one, other) => PRIORITIES.indexOf(one.priority) - PRIORITIES.indexOf(other.priority);

const GROUPINGS = {
  due(found, { today }) {
    const left = daysLeftInWeek(today);
    const when = ({ due }) => {
      if (!due) return "none";
      const days = daysUntil(due, today);
      if (days < 0 || (due.length > 10 && new Date(due) < new Date())) return "overdue";
      return days === 0 ? "today" : days <= left ? "week" : "later";
    };
    const names = [
      ...[["overdue", t("Overdue")], ["today", t("Today")], ["week", t("This week")]],
      ...[["later", t("Later")], ["none", t("No due date")]],
    ];
    const of = (id) => found.filter((task) => when(task) === id).sort(byDue);
    return names.map(([id, name]) => ({ id, name, late: id === "overdue", tasks: of(id) }));
  },
  project(found, { projects }) {
    const keys = [...new Set(found.map(({ project }) => project))];
    const nameOf = (key) => projects[key]?.name ?? key;
    keys.sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
    const of = (key) => found.filter(({ project }) => project === key).sort(byDue);
    return keys.map((key) => ({ id: key, name: nameOf(key), color: projects[key]?.color, tasks: of(key) }));
  },
  priority(found) {
    const of = (id) => found.filter(({ priority }) => priority === id).sort(byDue);
    return PRIORITIES.map((id) => ({ id, name: priorityName(id), priority: id, tasks: of(id) }));
  },
};

// The days of the reader's week after today.
const daysLeftInWeek = (today = present()) => 6 - daysBetween(weekOf(today), today);
