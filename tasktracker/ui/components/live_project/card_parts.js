// What a card and a row are made of: icons, people, labels, days. Every function returns a Vue node and holds no state.
import { h, onBeforeUnmount, onMounted, shallowRef, watch } from "vue";

const { t } = window.tasktracker;

export const CARD_TEXTS = {
  card: "{id} {title}",
  priority: "priority {priority}",
  priorities: { none: "none", low: "low", medium: "medium", high: "high", urgent: "urgent" },
  due: "due {day}",
  overdue: "overdue since {day}",
  labels: "labels {names}",
  assigned: "assigned to {names}",
  comments: { one: "{n} comment", other: "{n} comments" },
  tasks: { one: "{n} task", other: "{n} tasks" },
  create: "New task in {column}",
  failed: "The tasks could not be loaded.",
  retry: "Try again",
};

// --- words ------------------------------------------------------------------------------------------------------

// The language of the page, in the reader's own variety of it (en-GB rather than en).
export function localeOf() {
  const page = document.documentElement.lang;
  const own = navigator.languages.find((tag) => !page || tag.split("-")[0] === page.split("-")[0]);
  return own ?? page;
}

// `text` with each {name} replaced; where it has plural forms, the one for `values.n`.
export function fill(text, values) {
  const form = typeof text === "string" ? text : (text[pluralOf(values.n)] ?? text.other);
  return form.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

const pluralOf = (n) => rules().select(n);
const rules = once(() => new Intl.PluralRules(localeOf()));
const listing = once(() => new Intl.ListFormat(localeOf(), { type: "unit" }));

function once(make) {
  let made;
  return () => (made ??= make());
}

// --- days -------------------------------------------------------------------------------------------------------

const FORMATS = {
  short: once(() => new Intl.DateTimeFormat(localeOf(), { day: "numeric", month: "short" })),
  long: once(() => new Intl.DateTimeFormat(localeOf(), { day: "numeric", month: "long" })),
  year: once(() => new Intl.DateTimeFormat(localeOf(), { day: "numeric", month: "short", year: "numeric" })),
  relative: once(() => new Intl.RelativeTimeFormat(localeOf(), { numeric: "auto" })),
};

const DAY = 86_400_000; // ms
// A due day is one in everybody's calendar, a due moment falls on the day that it has where the reader is.
const localDay = (iso) => {
  if (iso.length === 10) return new Date(`${iso}T00:00:00`);
  const moment = new Date(iso);
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
};
const daysFrom = (today, iso) => Math.round((localDay(iso) - localDay(today)) / DAY);

// The reader's calendar day as YYYY-MM-DD, which changes at midnight.
export function useToday() {
  const today = shallowRef(isoToday());
  const look = () => (today.value = isoToday());
  const timer = setInterval(look, 60_000);
  onMounted(() => document.addEventListener("visibilitychange", look));
  onBeforeUnmount(() => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  });
  return today;
}

function isoToday() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function dayText(iso, today, style) {
  const distance = daysFrom(today, iso);
  if (Math.abs(distance) <= 1 && style === "short") return capital(FORMATS.relative().format(distance, "day"));
  return FORMATS[iso.slice(0, 4) === today.slice(0, 4) ? style : "year"]().format(localDay(iso));
}

const capital = (word) => word.charAt(0).toLocaleUpperCase(localeOf()) + word.slice(1);
const isOver = (category) => category === "done" || category === "cancelled";

export function dueChip(card, today, category) {
  if (!card.due) return null;
  const distance = daysFrom(today, card.due);
  const tone = isOver(category) || distance > 1 ? "" : distance < 0 ? "tt-due--late" : "tt-due--soon";
  return h("span", { class: ["tt-due", tone] }, [CALENDAR(), dayText(card.due, today, "short")]);
}

// --- icons ------------------------------------------------------------------------------------------------------

function icon(name, shapes) {
  const children = () => shapes.map(([tag, attributes]) => h(tag, attributes));
  const attributes = { class: `tt-svg tt-svg--${name}`, viewBox: "0 0 16 16", "aria-hidden": "true" };
  return () => h("svg", attributes, children());
}

const CALENDAR = icon("day", [
  ["rect", { x: 2.25, y: 3.25, width: 11.5, height: 10.5, rx: 2.25 }],
  ["path", { d: "M2.5 6.75h11M5.25 1.75v2.5M10.75 1.75v2.5" }],
]);
const BUBBLE = icon("comments", [
  ["path", { d: "M3.75 3h8.5q1.5 0 1.5 1.5v6q0 1.5-1.5 1.5H8.5l-3 2.25V12H3.75q-1.5 0-1.5-1.5v-6Q2.25 3 3.75 3z" }],
]);
export const PLUS = icon("plus", [["path", { d: "M8 3.25v9.5M3.25 8h9.5" }]]);
export const CHEVRON = icon("chevron", [["path", { d: "m6 4 4 4-4 4" }]]);

const RING = { cx: 8, cy: 8, r: 6 };
const DISC = ["circle", { ...RING, class: "tt-disc" }];
const mark = (d) => ["path", { d, class: "tt-mark" }];
const STATES = {
  backlog: icon("backlog", [["circle", { ...RING, "stroke-dasharray": "1.7 2.07", "stroke-dashoffset": 0.85 }]]),
  unstarted: icon("unstarted", [["circle", RING]]),
  started: icon("started", [["circle", RING], ["path", { class: "tt-fill", d: "M8 4.5a3.5 3.5 0 0 1 0 7z" }]]),
  done: icon("done", [DISC, mark("m5.4 8.2 1.8 1.8 3.5-3.7")]),
  cancelled: icon("cancelled", [DISC, mark("m6 6 4 4m0-4-4 4")]),
};
export const stateIcon = (category) => (STATES[category] ?? STATES.unstarted)();

const SQUARE = ["rect", { class: "tt-disc", x: 1.5, y: 1.5, width: 13, height: 13, rx: 3.5 }];
const bars = (filled) =>
  [0, 1, 2].map((bar) => {
    const box = { x: 1.75 + 4.75 * bar, y: 9 - 3.25 * bar, width: 3, height: 5 + 3.25 * bar, rx: 1 };
    return ["rect", { ...box, class: bar < filled ? "" : "tt-faint" }];
  });
const PRIORITIES = {
  none: icon("none", [["path", { d: "M2 8h3M6.5 8h3M11 8h3" }]]),
  low: icon("bars", bars(1)),
  medium: icon("bars", bars(2)),
  high: icon("bars", bars(3)),
  urgent: icon("urgent", [SQUARE, mark("M8 4.5v4.25M8 11.4v.1")]),
};
export const priorityIcon = (priority) => (PRIORITIES[priority] ?? PRIORITIES.none)();

// --- people and labels ------------------------------------------------------------------------------------------

const HUES = [12, 38, 92, 150, 186, 215, 262, 318]; // degrees

const looks = new Map(); // by name: a thousand cards have few people

// The same person has the same colour everywhere; ui/presenters/people.py draws them so on the server.
export function lookOf(name) {
  if (!looks.has(name)) looks.set(name, newLook(name));
  return looks.get(name);
}

function newLook(name) {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)) >>> 0;
  const words = name.trim().split(/\s+/);
  const letters = (words.length > 1 ? [words[0], words.at(-1)] : words).map((word) => [...word][0] ?? "");
  return { style: { "--tt-hue": HUES[hash % HUES.length] }, initials: letters.join("").toLocaleUpperCase(localeOf()) };
}

function avatar({ id, name }) {
  const { style, initials } = lookOf(name);
  return h("span", { class: "tt-avatar", style, title: name, key: id }, initials);
}

export function avatars(card, frame, most = 3) {
  const people = known(card.assignee_ids, frame.people);
  if (!people.length) return null;
  const shown = people.length > most ? most - 1 : people.length;
  const rest = people.length - shown;
  const more = rest ? h("span", { class: "tt-avatar tt-avatar--more" }, `+${rest}`) : null;
  return h("span", { class: "tt-avatars" }, [...people.slice(0, shown).map(avatar), more]);
}

export function labelChips(card, frame) {
  return known(card.label_ids, frame.labels).map((label) =>
    h("span", { class: "tt-chip", key: label.id }, [
      h("span", { class: "tt-chip__dot", style: { background: label.color } }),
      h("span", { class: "tt-chip__name", dir: "auto" }, label.name),
    ]),
  );
}

export function commentCount(card) {
  return card.comment_count ? h("span", { class: "tt-comments" }, [BUBBLE(), card.comment_count]) : null;
}

export const idOf = (card, frame) => h("span", { class: "tt-id" }, `${frame.key}-${card.number}`);

// What a column holds; with a limit, how near it is.
export function countOf(count, limit) {
  const tone = !limit || count < limit ? "" : count > limit ? "tt-count--over" : "tt-count--full";
  return h("span", { class: ["tt-count", tone], dir: "ltr" }, limit ? `${count} / ${limit}` : count);
}

const known = (ids, things) => ids.map((id) => things.get(id)).filter(Boolean);

// --- what a screen reader says ------------------------------------------------------------------------------------

export function nameOf(card, { frame, texts, today, category, chosen = false }) {
  const names = (ids, things) => listing().format(known(ids, things).map((thing) => thing.name));
  const parts = [fill(texts.card, { id: `${frame.key}-${card.number}`, title: card.title })];
  if (card.priority !== "none") parts.push(fill(texts.priority, { priority: texts.priorities[card.priority] }));
  if (card.due) parts.push(fill(lateness(card, today, category, texts), { day: dayText(card.due, today, "long") }));
  if (card.label_ids.length) parts.push(fill(texts.labels, { names: names(card.label_ids, frame.labels) }));
  if (card.assignee_ids.length) parts.push(fill(texts.assigned, { names: names(card.assignee_ids, frame.people) }));
  if (card.comment_count) parts.push(fill(texts.comments, { n: card.comment_count }));
  if (chosen) parts.push(t("selected"));
  return parts.join(", ");
}

const lateness = (card, today, category, texts) =>
  !isOver(category) && daysFrom(today, card.due) < 0 ? texts.overdue : texts.due;

// --- the views' common parts ---------------------------------------------------------------------------------------

export function failure(live, texts) {
  return h("div", { class: "tt-failure", role: "alert" }, [
    h("p", { class: "tt-failure__what" }, texts.failed),
    live.reason.value ? h("p", { class: "tt-failure__why" }, live.reason.value) : null,
    h("button", { class: "tt-failure__retry", type: "button", onClick: () => live.load() }, texts.retry),
  ]);
}

export function createButton(column, texts) {
  const name = fill(texts.create, { column: column.name });
  const attributes = { class: "tt-add", type: "button", "aria-label": name, title: name };
  return h("button", { ...attributes, "data-create": column.id }, [PLUS()]);
}

// Draw the first cards first: `limit` grows by `step` with every frame until no list is longer.
export function useFrames(live, limit, step) {
  const grow = () => {
    const longest = Math.max(0, ...[...live.lists.value.values()].map((list) => list.length));
    limit.value = limit.value < longest ? limit.value + step : Infinity;
    if (limit.value < Infinity) requestAnimationFrame(grow);
  };
  watch(live.state, (state) => state === "ready" && requestAnimationFrame(grow));
}
