// Throughput: what is finished, week by week.
import { byTasksOrEstimate } from "./burndown.js";
import { chartOf, levelLine, tipOf } from "./looks.js";

const { day, number, t, tn } = window.tasktracker;
const ROUGH = { maximumFractionDigits: 1 };

export const throughput = {
  name: () => t("Throughput"),
  about: () => t("How many tasks were finished in each week. The latest week may not be over, and is no part of the average."),
  empty: () => t("No task was finished in these weeks. Move one to a column for done tasks, and it counts in its week."),
  isEmpty: ({ weeks }) => weeks.every((each) => !each.tasks),
  choices: ({ weeks }) => (isAny(weeks) ? byTasksOrEstimate() : []),
  view({ weeks }, measure) {
    const sum = (some) => some.reduce((total, each) => total + each[measure], 0);
    const whole = weeks.slice(0, -1);
    const average = whole.length ? sum(whole) / whole.length : null;
    const figures = [
      { name: t("Finished"), value: number(sum(weeks), ROUGH), color: "accent" },
      ...(average === null ? [] : [{ name: t("A week on average"), value: number(average, ROUGH), isLine: true }]),
      { name: t("In the latest week"), value: number(weeks.at(-1)[measure], ROUGH) },
    ];
    return { figures, charts: [chart(weeks, measure, average)], tables: [table(weeks)] };
  },
};

const isAny = (weeks) => weeks.some((each) => each.estimate);

function chart(weeks, measure, average) {
  const isEstimated = isAny(weeks);
  const told = t("Throughput of {weeks} from {first}. On average {average} a week, in the latest one {last}.", {
    ...{ weeks: tn("{n} week", "{n} weeks", weeks.length), first: day(weeks[0].week, "long") },
    ...{ average: number(average ?? weeks.at(-1)[measure], ROUGH), last: number(weeks.at(-1)[measure], ROUGH) },
  });
  const draw = (look) => {
    const accent = look.color("accent");
    return chartOf(look, {
      pointer: "shadow",
      x: { type: "category", data: weeks.map((each) => each.week), axisLabel: { formatter: (iso) => day(iso) } },
      tip: ([{ dataIndex }]) => {
        const here = weeks[dataIndex];
        return tipOf(t("Week from {day}", { day: day(here.week, "weekday") }), [
          { color: accent, name: t("Tasks"), value: number(here.tasks) },
          ...(isEstimated ? [{ name: t("Estimate"), value: number(here.estimate, ROUGH) }] : []),
        ]);
      },
      series: [
        {
          ...{ type: "bar", name: t("Finished"), color: accent, barMaxWidth: 36, barCategoryGap: "30%" },
          ...{ itemStyle: { borderRadius: [3, 3, 0, 0] }, emphasis: { disabled: true } },
          data: weeks.map((each, index) => {
            const isRunning = index === weeks.length - 1;
            return { value: each[measure], itemStyle: { opacity: isRunning ? 0.45 : 0.9 } };
          }),
          ...(average ? { markLine: levelLine(look, [{ name: number(average, ROUGH), value: average }]) } : {}),
        },
      ],
    });
  };
  return { draw, told };
}

function table(weeks) {
  return {
    ...{ name: "throughput", caption: t("Finished in each week"), isLatestFirst: true },
    head: [t("Week from"), t("Tasks"), ...(isAny(weeks) ? [t("Estimate")] : [])],
    rows: weeks.map((each) => [
      ...[{ value: each.week, shown: day(each.week) }, each.tasks],
      ...(isAny(weeks) ? [each.estimate] : []),
    ]),
  };
}
