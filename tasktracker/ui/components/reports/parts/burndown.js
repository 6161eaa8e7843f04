// Burndown: what is open, beside the line of who would do the same part every day.
import { chartOf, daysAxis, tipOf } from "./looks.js";

const { day, number, t } = window.tasktracker;

export const byTasksOrEstimate = () => [
  ["tasks", t("Tasks")],
  ["estimate", t("Estimate")],
];

export const burndown = {
  name: () => t("Burndown"),
  about: () => t("What was open at the end of each day, beside an ideal line that reaches zero on the last one. That may be a day to come."),
  empty: () => t("Nothing was open in these days. Make tasks and estimate them, and choose the days in which they are to be done."),
  isEmpty: ({ start_tasks: start, days }) => !start && days.every((each) => !each.tasks),
  choices: ({ start_estimate: start, days }) => (start || days.some((each) => each.estimate) ? byTasksOrEstimate() : []),
  view(data, measure) {
    const known = data.days.filter((each) => each[measure] !== null);
    const last = known.at(-1);
    const figures = [
      { name: t("Open at the start"), value: number(data[`start_${measure}`]) },
      ...(last ? [{ name: t("Open at the end"), value: number(last[measure]), color: "accent" }] : []),
      ...(last ? [{ name: t("Ideal then"), value: number(last[`ideal_${measure}`], { maximumFractionDigits: 1 }), isLine: true }] : []),
    ];
    return { figures, charts: [chart(data, measure, last)], tables: [table(data, burndown.choices(data).length > 0)] };
  },
};

function chart(data, measure, last) {
  const { days } = data;
  const told = t("Burndown from {first} to {last}. At the start {start} were open, by {day} {open}.", {
    ...{ first: day(days[0].day, "long"), last: day(days.at(-1).day, "long"), start: number(data[`start_${measure}`]) },
    ...{ day: day(last?.day ?? days[0].day, "long"), open: number(last?.[measure] ?? data[`start_${measure}`]) },
  });
  const draw = (look) => {
    const [accent, quiet] = [look.color("accent"), look.color("text-3")];
    const line = { type: "line", emphasis: { disabled: true } };
    return chartOf(look, {
      x: daysAxis(look, days.map((each) => each.day)),
      tip: ([{ dataIndex }]) => {
        const here = days[dataIndex];
        const open = { color: accent, name: t("Still open"), value: number(here[measure]) };
        const ideal = { color: quiet, name: t("Ideal"), value: number(here[`ideal_${measure}`], { maximumFractionDigits: 1 }) };
        return tipOf(day(here.day, "weekday"), here[measure] === null ? [ideal] : [open, ideal]);
      },
      series: [
        {
          ...{ ...line, name: t("Ideal"), data: days.map((each) => each[`ideal_${measure}`]), showSymbol: false, color: quiet },
          lineStyle: { width: 1.5, type: "dashed", color: quiet },
        },
        {
          ...{ ...line, name: t("Still open"), data: days.map((each) => each[measure]), color: accent, symbolSize: 5 },
          ...{ showSymbol: days.filter((each) => each[measure] !== null).length === 1 },
          ...{ lineStyle: { width: 2, color: accent }, areaStyle: { color: accent, opacity: 0.12 } },
        },
      ],
    });
  };
  return { draw, told };
}

function table({ days }, isEstimated) {
  return {
    ...{ name: "burndown", caption: t("What was open at the end of each day"), isLatestFirst: true },
    head: [t("Day"), t("Tasks"), t("Ideal tasks"), ...(isEstimated ? [t("Estimate"), t("Ideal estimate")] : [])],
    rows: days.map((each) => [
      ...[{ value: each.day, shown: day(each.day) }, each.tasks, each.ideal_tasks],
      ...(isEstimated ? [each.estimate, each.ideal_estimate] : []),
    ]),
  };
}
