// Cumulative flow: how many tasks each group of columns held, day by day, one upon the other.
import { chartOf, daysAxis, tipOf } from "./looks.js";

const { day, list, number, t, tc } = window.tasktracker;

// From below: what is over, and upon it what is still to go there. `shade` sets greys apart.
const BANDS = [
  { group: "done", shade: 0.55 },
  { group: "cancelled", shade: 0.18 },
  { group: "started", shade: 0.6 },
  { group: "unstarted", shade: 0.42 },
  { group: "backlog", shade: 0.2 },
];
const NAMES = () => ({
  ...{ backlog: t("Backlog"), unstarted: t("Unstarted"), started: t("Started"), done: tc("state", "Done"), cancelled: t("Cancelled") },
});

export const flow = {
  name: () => t("Cumulative flow"),
  about: () => t("How many tasks stood in each group of columns at the end of each day. Where a band grows wider, work piles up."),
  empty: () => t("Each task counts in the group of its column, day by day. Make a task and move it along, and its way is drawn here."),
  isEmpty: ({ days }) => days.every((each) => BANDS.every(({ group }) => !each[group])),
  view({ days: all }) {
    const names = NAMES();
    const begun = all.findIndex((each) => BANDS.some(({ group }) => each[group]));
    const days = all.slice(begun); // the days before there was anything say nothing
    const bands = BANDS.filter(({ group }) => days.some((each) => each[group]));
    const last = days.at(-1);
    const fromAbove = [...bands].reverse();
    const figures = fromAbove.map(({ group, shade }) => ({ name: names[group], value: number(last[group]), color: group, shade }));
    return { figures, charts: [chart(days, bands, names)], tables: [table(all, names)] };
  },
};

function chart(days, bands, names) {
  const [first, last] = [days[0], days.at(-1)];
  const counts = [...bands].reverse().map(({ group }) => t("{group}: {tasks}", { group: names[group], tasks: number(last[group]) }));
  const told = t("Cumulative flow from {first} to {last}. At the end: {counts}.", {
    ...{ first: day(first.day, "long"), last: day(last.day, "long"), counts: list(counts) },
  });
  const draw = (look) =>
    chartOf(look, {
      x: daysAxis(look, days.map((each) => each.day)),
      tip: ([{ dataIndex }]) => {
        const here = days[dataIndex];
        const lines = bands.map(({ group }) => ({ color: look.color(group), name: names[group], value: number(here[group]) }));
        return tipOf(day(here.day, "weekday"), lines.reverse());
      },
      series: bands.map(({ group, shade }) => ({
        ...{ type: "line", stack: "tasks", name: names[group], data: days.map((each) => each[group]) },
        ...{ showSymbol: days.length === 1, symbolSize: 5, color: look.color(group), emphasis: { disabled: true } },
        ...{ lineStyle: { width: 1.5, color: look.color(group) }, areaStyle: { color: look.color(group), opacity: shade } },
      })),
    });
  return { draw, told };
}

function table(days, names) {
  const groups = Object.keys(names);
  return {
    ...{ name: "flow", caption: t("Tasks at the end of each day"), isLatestFirst: true },
    head: [t("Day"), ...groups.map((group) => names[group])],
    rows: days.map((each) => [{ value: each.day, shown: day(each.day) }, ...groups.map((group) => each[group])]),
  };
}
