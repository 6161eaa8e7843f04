// What is one's own to do: fetched from the API, and put into groups.

const { daysUntil, dayOf, firstWeekday, t, today: present } = window.tasktracker;

const FIELDS = "ref,project,number,title,state,priority,due,comment_count";
const PARTS = 5; // of a hundred tasks each: whoever has more to do does not look for it here
const MENTIONS = 40; // tasks that mention somebody, the last ones
const PRIORITIES = ["urgent", "high", "medium", "low", "none"];

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
    const answer = await fetch((window.path_prefix ?? "") + address, { headers: { Accept: "application/json" }, cache: "no-cache" });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? "");
    items.push(...(await answer.json()));
    address = answer.headers.get("Link")?.match(/<([^>]+)>; rel="next"/)?.[1];
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
    const names = {
      ...{ urgent: t("Urgent"), high: t("High"), medium: t("Medium"), low: t("Low"), none: t("No priority") },
    };
    const of = (id) => found.filter(({ priority }) => priority === id).sort(byDue);
    return PRIORITIES.map((id) => ({ id, name: names[id], priority: id, tasks: of(id) }));
  },
};

// The days of the reader's week after today.
function daysLeftInWeek(today) {
  const weekday = (new Date(`${dayOf(today ?? present())}T00:00:00Z`).getUTCDay() + 6) % 7; // 0 is Monday
  return (firstWeekday() - weekday + 6 + 7) % 7;
}
