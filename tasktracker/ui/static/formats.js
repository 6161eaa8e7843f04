// How days, times and numbers are written for the reader: in their language, and in their time zone where it is known.
// A day is `YYYY-MM-DD`, the same in everybody's calendar; a moment is an ISO time or a Date, and falls on the day that
// it has where the reader is. ui/formats.py writes the same on the server.
(() => {
  const DAY = 86_400_000; // ms
  const DAYS = {
    short: { day: "numeric", month: "short" },
    long: { day: "numeric", month: "long" },
    weekday: { weekday: "short", day: "numeric", month: "short" },
    month: { month: "long", year: "numeric" },
  };
  const UNITS = Object.entries({ year: 31_536_000, month: 2_592_000, week: 604_800, day: DAY / 1000, hour: 3_600, minute: 60 }); // s
  const { intl, language, t } = window.tasktracker;
  const { dataset } = document.documentElement;

  const timeZone = () => dataset.timeZone || undefined; // the browser's
  const isDay = (value) => typeof value === "string" && value.length === 10;
  const isoOf = (moment) =>
    intl("DateTimeFormat", { timeZone: timeZone(), dateStyle: "short" }, "en-CA").format(new Date(moment));
  const dayOf = (value) => (isDay(value) ? value : isoOf(value));
  const today = () => isoOf(Date.now());
  const daysUntil = (value, from = today()) => Math.round((Date.parse(dayOf(value)) - Date.parse(from)) / DAY);
  const capital = (word) => word.charAt(0).toLocaleUpperCase(language()) + word.slice(1);

  // `style` is short, long, weekday or month. The year is told where it is another one than this.
  const day = (value, style = "short", from = today()) => {
    const iso = dayOf(value);
    const year = iso.slice(0, 4) === from.slice(0, 4) ? {} : { year: "numeric" };
    return intl("DateTimeFormat", { ...DAYS[style], ...year, timeZone: "UTC" }).format(new Date(iso));
  };

  // Yesterday, Today or Tomorrow, and every other day by its date.
  const relativeDay = (value, from = today()) => {
    const distance = daysUntil(value, from);
    if (Math.abs(distance) > 1) return day(value, "short", from);
    return capital(intl("RelativeTimeFormat", { numeric: "auto" }).format(distance, "day"));
  };

  // The largest unit that so many seconds hold, and how long it is; neither below a minute.
  const unitOf = (seconds) => UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? [];

  // How long ago, or in how long: "2 hours ago".
  const ago = (moment, now = Date.now()) => {
    const seconds = (new Date(moment) - now) / 1000;
    const [unit, size] = unitOf(seconds);
    if (!unit) return t("just now");
    return intl("RelativeTimeFormat", { numeric: "auto" }).format(Math.round(seconds / size), unit);
  };

  const inZone = (options) => (moment) =>
    intl("DateTimeFormat", { ...options, timeZone: timeZone() }).format(new Date(moment));

  Object.assign(window.tasktracker, {
    ...{ day, relativeDay, ago, unitOf, today, dayOf, daysUntil, timeZone },
    time: inZone({ timeStyle: "short" }),
    moment: inZone({ dateStyle: "long", timeStyle: "short" }),
    number: (value, options = {}) => intl("NumberFormat", options).format(value),
    list: (words) => intl("ListFormat", { type: "unit" }).format(words), // "Ana, Ben, Chi"
    firstWeekday: () => Number(dataset.firstWeekday ?? 0), // 0 is Monday, 6 Sunday
  });
})();
