// Cycle and lead time: each finished task by when and after how long, and how the times are spread.
import { chartOf, levelLine, tipOf } from "./looks.js";

const { day, dayOf, intl, moment, number, t, tn } = window.tasktracker;
const DAY = 86_400_000; // ms
const PARTS = [50, 85, 95];

// "2.5 days", and less than one in hours.
function lasting(days) {
  const [value, unit] = days < 1 ? [days * 24, "hour"] : [days, "day"];
  return intl("NumberFormat", { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 1 }).format(value);
}
const percent = (part) => number(part / 100, { style: "percent" });

export const cycleTime = {
  name: () => t("Cycle and lead time"),
  about: (measure) =>
    measure === "lead"
      ? t("How long finished tasks took, from when they were made until they were done.")
      : t("How long finished tasks took, from when they were first started until they were done."),
  empty: () => t("No task was finished in these days. Move one to a column for started tasks, and then to one for done tasks: here stands how long it took."),
  isEmpty: ({ lead }) => !lead.tasks,
  choices: () => [
    ["cycle", t("Cycle time")],
    ["lead", t("Lead time")],
  ],
  usual: ({ cycle }) => (cycle.tasks ? "cycle" : "lead"),
  view(data, measure) {
    const spread = data[measure];
    const tasks = data.tasks.filter((each) => each[measure] !== null);
    const figures = [
      { name: t("Finished"), value: number(spread.tasks) },
      ...(spread.tasks ? PARTS.map((part) => ({ name: t("{percent} took at most", { percent: percent(part) }), value: lasting(spread[`p${part}`]) })) : []),
    ];
    const note = tasks.length < spread.tasks ? t("The latest {n} tasks are drawn; the figures count all of them.", { n: number(tasks.length) }) : "";
    if (!spread.tasks) return { figures, note: t("None of these tasks was in a column for started tasks."), charts: [], tables: [list(data)] };
    return { figures, note, charts: [scatter(data, measure, tasks), bars(data, measure)], tables: [spreadTable(data), list(data)] };
  },
};

function scatter(data, measure, tasks) {
  const spread = data[measure];
  const told = t("{tasks} finished from {first} to {last}. Half took at most {half}, {percent} at most {most}.", {
    ...{ tasks: tn("{n} task", "{n} tasks", spread.tasks), first: day(data.first, "long"), last: day(data.last, "long") },
    ...{ half: lasting(spread.p50), percent: percent(85), most: lasting(spread.p85) },
  });
  const draw = (look) => {
    const accent = look.color("accent");
    const levels = PARTS.map((part) => ({ name: percent(part), value: spread[`p${part}`] }));
    return chartOf(look, {
      trigger: "item",
      x: {
        ...{ type: "time", min: Date.parse(data.first), max: Date.parse(data.last) + DAY },
        axisLabel: { formatter: (at) => day(new Date(at).toISOString().slice(0, 10)) },
      },
      y: { minInterval: 0 },
      tip: ({ dataIndex }) => {
        const task = tasks[dataIndex];
        return tipOf(task.ref, [
          { name: task.title, value: "" },
          { name: t("Completed"), value: moment(task.completed_at) },
          { name: measure === "lead" ? t("Lead time") : t("Cycle time"), value: lasting(task[measure]) },
        ]);
      },
      series: [
        {
          ...{ type: "scatter", symbolSize: 7, color: accent, itemStyle: { opacity: 0.55 }, markLine: levelLine(look, levels) },
          data: tasks.map((task) => [placeOf(task.completed_at), task[measure]]),
        },
      ],
    });
  };
  const pick = (index) => window.location.assign(`${window.path_prefix ?? ""}/t/${tasks[index].ref}`);
  return { draw, told, pick, title: t("By the day of completion") };
}

// The moment on the axis, whose days are the reader's: ECharts knows no other time zone than UTC and the browser's.
function placeOf(at) {
  const parts = Object.fromEntries(
    intl("DateTimeFormat", { ...CLOCK, timeZone: window.tasktracker.timeZone() }, "en-CA").formatToParts(new Date(at)).map(({ type, value }) => [type, value]),
  );
  return Date.parse(`${dayOf(at)}T${parts.hour}:${parts.minute}:00Z`);
}
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

const nameOf = ({ from_days: from, to_days: to }) =>
  to === null ? t("{n} or more", { n: number(from) }) : t("{from}–{to}", { from: number(from), to: number(to) });

function bars(data, measure) {
  const filled = data.distribution.findLastIndex((each) => each[measure]);
  const shown = data.distribution.slice(0, filled + 1);
  const most = shown.reduce((best, each) => (each[measure] > best[measure] ? each : best));
  const told = t("How many tasks took how long. Most, {n}, took this many days: {days}.", { n: number(most[measure]), days: nameOf(most) });
  const draw = (look) => {
    const accent = look.color("accent");
    return chartOf(look, {
      pointer: "shadow",
      x: { type: "category", data: shown.map(nameOf) },
      tip: ([{ dataIndex }]) => {
        const here = shown[dataIndex];
        return tipOf(t("{days} days", { days: nameOf(here) }), [{ color: accent, name: t("Tasks"), value: number(here[measure]) }]);
      },
      series: [
        {
          ...{ type: "bar", color: accent, barCategoryGap: "12%", emphasis: { disabled: true } },
          ...{ itemStyle: { borderRadius: [3, 3, 0, 0], opacity: 0.9 }, data: shown.map((each) => each[measure]) },
        },
      ],
    });
  };
  return { draw, told, title: t("By the days that they took") };
}

function spreadTable({ distribution, cycle, lead }) {
  const parts = PARTS.map((part) => [t("{percent} took at most", { percent: percent(part) }), cycle[`p${part}`], lead[`p${part}`]]);
  return {
    ...{ name: "cycle-time", caption: t("Tasks by days") },
    head: [t("Days"), t("Cycle time"), t("Lead time")],
    rows: [...distribution.map((each) => [nameOf(each), each.cycle, each.lead]), ...parts],
  };
}

function list({ tasks }) {
  return {
    ...{ name: "finished-tasks", caption: t("Finished tasks, in days"), words: [1, 2] },
    head: [t("Task"), t("Title"), t("Completed"), t("Cycle time"), t("Lead time")],
    rows: tasks.map((task) => [
      { value: task.ref, href: `/t/${task.ref}` },
      ...[task.title, { value: task.completed_at, shown: day(dayOf(task.completed_at)) }, task.cycle, task.lead],
    ]),
  };
}
