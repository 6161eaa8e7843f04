// The axis of the timeline: which days it spans, how wide a day is, and what stands at its head.
import * as days from "./days.js";

const { dayOf, language, t, today } = window.tasktracker;

export const ZOOMS = {
  week: { name: () => t("Weeks"), px: 32, minor: "day" },
  month: { name: () => t("Months"), px: 12, minor: "week" },
  quarter: { name: () => t("Quarters"), px: 4, minor: "none" },
};
const BEFORE = 21; // days before the first task, or today,
const AFTER = 90; // and after the last
const LONGEST = 3_660; // days: a date of the next century makes nobody's browser stop

const MONTH = new Intl.DateTimeFormat(language(), { month: "long", year: "numeric", timeZone: "UTC" });
const NUMBER = new Intl.DateTimeFormat(language(), { day: "numeric", timeZone: "UTC" });
const text = (format, day) => format.format(new Date(day));

// From when to when a task goes: {from, to}, both within; a task without a start or an end has one day.
export function spanOf(card) {
  const [start, due] = [card.start, card.due].map((each) => each && dayOf(each));
  const from = start ?? due;
  return { from, to: due && due > from ? due : from };
}

// `first` is the first day, `count` how many there are.
export function rangeOf(spans) {
  const now = today();
  const [early, late] = [days.addDays(now, -LONGEST / 2), days.addDays(now, LONGEST / 2)];
  let [first, last] = [now, now];
  for (const { from, to } of spans) {
    if (from < first && from > early) first = from;
    if (to > last && to < late) last = to;
  }
  first = days.weekOf(days.addDays(first, -BEFORE));
  return { first, count: days.daysBetween(first, days.addDays(last, AFTER)) };
}

// What stands at the head: the months ({day, text, count}, in days), and below them what is smaller.
export function headsOf({ first, count }, zoom) {
  const all = Array.from({ length: count }, (_, index) => days.addDays(first, index));
  const months = all.filter((day, index) => !index || day.endsWith("-01"));
  const small = { day: () => true, week: (day) => days.weekOf(day) === day, none: () => false }[ZOOMS[zoom].minor];
  return {
    months: months.map((day, index) => {
      const next = months[index + 1] ?? days.addDays(first, count);
      return { day, text: text(MONTH, day), count: days.daysBetween(day, next) };
    }),
    minor: all.filter(small).map((day) => ({ day, text: text(NUMBER, day), isWeekend: days.isWeekend(day) })),
  };
}

// A span after a drag of its start, its end or the whole by so many days; an end never lies before its start.
export function dragged({ from, to }, part, by) {
  if (part === "all") return { from: days.addDays(from, by), to: days.addDays(to, by) };
  if (part === "start") {
    const moved = days.addDays(from, by);
    return { from: moved > to ? to : moved, to };
  }
  const moved = days.addDays(to, by);
  return { from, to: moved < from ? from : moved };
}

// What to ask of the server so that the card spans those days: its moments keep their time of day.
export function fieldsOf(card, before, after) {
  const fields = {};
  const moved = (value, from, to) => (value ? days.shifted(value, days.daysBetween(from, to)) : to);
  if (after.from !== before.from && (card.start || after.to === before.to)) fields.start = moved(card.start, before.from, after.from);
  if (after.to !== before.to && (card.due || after.from === before.from)) fields.due = moved(card.due, before.to, after.to);
  return fields;
}
