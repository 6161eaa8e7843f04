// Values that are typed: dates in the words of quick add, which the server reads, and numbers.
import { fetchJson } from "tasktracker-live-project/fetching.js";
import { subjectOf, subjectShown } from "./place.js";
import { ranked } from "./rank.js";

const { t, day, moment, number } = window.tasktracker;

const PAUSE = 80; // ms without a keystroke before the server is asked
const SIZES = [0.5, 1, 2, 3, 5, 8, 13];
const WORDS = [
  ["today", () => t("Today")],
  ["tomorrow", () => t("Tomorrow")],
  ["in 2 days", () => t("In two days")],
  ["next week", () => t("Next week")],
  ["in 2 weeks", () => t("In two weeks")],
  ["next month", () => t("Next month")],
];

export function dueLevel(place, { changed }) {
  const dates = new Map(); // what the server reads in a text; null if it is no date
  let timer = 0;

  async function read(...texts) {
    const query = new URLSearchParams(texts.map((text) => ["text", text.slice(0, 100)]));
    for (const { text, date } of await fetchJson(`/api/v1/dates?${query}`)) dates.set(text, date);
    changed();
  }
  read(...WORDS.map(([text]) => text)).catch(() => {}); // the names alone will do

  const usual = WORDS.map(([text, name]) => ({ id: text, text, name: name(), icon: "event" }));
  const none = { id: "none", name: t("No due date"), icon: "event_busy" };
  const typed = (text) => {
    const date = dates.get(text);
    if (date === null) return [];
    return [{ id: "typed", text, name: date ? dayText(date) : text, note: date ? text : "…", icon: "event" }];
  };
  const noted = (item) => ({ ...item, note: dates.get(item.text) ? dayText(dates.get(item.text)) : "" });

  return {
    title: t("Set due date of {tasks}", { tasks: subjectOf(place) }),
    placeholder: t("Tomorrow, next friday 17:00, 30 nov, in 2 weeks…"),
    subject: subjectShown(place),
    empty: (query) => t("“{text}” is no date. Try “friday”, “in 3 days” or “30 nov 17:00”.", { text: query.trim() }),
    groups(query) {
      const text = query.trim();
      if (!text) return [{ id: "values", items: [...usual.map(noted), none] }];
      const isOther = (item) => !dates.get(text) || dates.get(item.text) !== dates.get(text);
      const named = ranked([...usual, none], query).filter(isOther).map(noted);
      return [{ id: "values", items: [...typed(text), ...named] }];
    },
    look(query) {
      const text = query.trim();
      clearTimeout(timer);
      if (text && !dates.has(text)) timer = setTimeout(() => read(text).catch(() => {}), PAUSE);
    },
    async choose({ id, text }) {
      if (id !== "none" && !dates.has(text)) await read(text).catch(() => {});
      const due = id === "none" ? null : dates.get(text);
      if (due === undefined || (id !== "none" && due === null)) return "stay";
      place.view.edit(place.numbers, { due });
      return "close";
    },
  };
}

const dayText = (iso) => (iso.length === 10 ? day(iso, "weekday") : moment(iso));

export function estimateLevel(place) {
  const sized = (estimate) => ({ id: String(estimate), estimate, name: number(estimate), icon: "scale" });
  const none = { id: "none", estimate: null, name: t("No estimate"), icon: "close" };
  return {
    title: t("Set estimate of {tasks}", { tasks: subjectOf(place) }),
    placeholder: t("A number…"),
    subject: subjectShown(place),
    empty: () => t("An estimate is a number from 0 to 100,000, such as 3 or 0.5."),
    groups(query) {
      const items = query.trim() ? [...numbersIn(query).map(sized), ...ranked([none], query)] : [none, ...SIZES.map(sized)];
      return [{ id: "values", items }];
    },
    choose({ estimate }) {
      place.view.edit(place.numbers, { estimate });
      return "close";
    },
  };
}

function numbersIn(query) {
  const text = query.trim().replace(",", ".");
  return /^\d{1,6}(\.\d{1,2})?$/.test(text) && Number(text) <= 100_000 ? [Number(text)] : [];
}
