// Reckoning with days. A day is `YYYY-MM-DD`; a moment is an ISO time, and lies on the day that it has where the reader
// is (static/formats.js).
const { firstWeekday, timeZone, today } = window.tasktracker;

const DAY = 86_400_000; // ms
const HALF_A_DAY = 720; // minutes

export const addDays = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
export const inDays = (days) => addDays(today(), days);
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
export const monthOf = (day) => day.slice(0, 7);

export function addMonths(day, months) {
  const date = new Date(`${monthOf(day)}-01`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

// The first day of the week that the day lies in, by the reader's calendar.
export function weekOf(day) {
  const weekday = (new Date(day).getUTCDay() + 6) % 7; // 0 is Monday
  return addDays(day, -((weekday - firstWeekday() + 7) % 7));
}

export const isWeekend = (day) => [0, 6].includes(new Date(day).getUTCDay());

// The days of the weeks that a month lies in.
export function daysOfMonth(day) {
  const first = weekOf(`${monthOf(day)}-01`);
  const last = addDays(weekOf(addDays(addMonths(day, 1), -1)), 6);
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
}

export const daysOfWeek = (day) => Array.from({ length: 7 }, (_, index) => addDays(weekOf(day), index));

// A day or moment so many days later. A moment keeps its time of day, over a change of the clocks too.
export function shifted(value, days) {
  if (value.length === 10) return addDays(value, days);
  const moment = new Date(new Date(value).getTime() + days * DAY);
  let drift = minutesOf(moment) - minutesOf(new Date(value));
  if (Math.abs(drift) > HALF_A_DAY) drift -= Math.sign(drift) * 2 * HALF_A_DAY;
  return new Date(moment.getTime() - drift * 60_000).toISOString().replace(".000Z", "Z");
}

function minutesOf(moment) {
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "numeric", timeZone: timeZone() });
  const [hours, minutes] = clock.format(moment).split(":").map(Number);
  return hours * 60 + minutes;
}
