// What a card and a row are made of: icons, people, labels, days. Every function returns a Vue node and holds no state.
import { h, onBeforeUnmount, shallowRef } from "vue";
import { onSeenAgain } from "tasktracker-parts/hooks.js";
import { drawing } from "tasktracker-parts/icons.js";

const { t, tn, told, ...reader } = window.tasktracker; // days and lists as the reader writes them: static/formats.js

// --- days -------------------------------------------------------------------------------------------------------

// The reader's calendar day as YYYY-MM-DD, which changes at midnight.
export function useToday() {
  const today = shallowRef(reader.today());
  const look = () => (today.value = reader.today());
  const timer = setInterval(look, 60_000);
  onSeenAgain(look);
  onBeforeUnmount(() => clearInterval(timer));
  return today;
}

const isOver = (category) => category === "done" || category === "cancelled";

export function dueChip(card, today, category) {
  if (!card.due) return null;
  const distance = reader.daysUntil(card.due, today);
  const tone = isOver(category) || distance > 1 ? "" : distance < 0 ? "tt-due--late" : "tt-due--soon";
  return h("span", { class: ["tt-due", tone] }, [CALENDAR(), reader.relativeDay(card.due, today)]);
}

// --- icons ------------------------------------------------------------------------------------------------------

const CALENDAR = drawing("day", [
  ["rect", { x: 2.25, y: 3.25, width: 11.5, height: 10.5, rx: 2.25 }],
  ["path", { d: "M2.5 6.75h11M5.25 1.75v2.5M10.75 1.75v2.5" }],
]);
const BUBBLE = drawing("comments", [
  ["path", { d: "M3.75 3h8.5q1.5 0 1.5 1.5v6q0 1.5-1.5 1.5H8.5l-3 2.25V12H3.75q-1.5 0-1.5-1.5v-6Q2.25 3 3.75 3z" }],
]);
export const PLUS = drawing("plus", [["path", { d: "M8 3.25v9.5M3.25 8h9.5" }]]);
export const COLLAPSE = drawing("plus", [["path", { d: "M7 3v10M13 8H9.5m1.5-1.5L9.5 8 11 9.5M3 3v10" }]]);
export const EXPAND = drawing("plus", [["path", { d: "M3 3v10M13 3v10M6 8h4m-1.5-1.5L10 8 8.5 9.5" }]]);
export const CHEVRON = drawing("chevron", [["path", { d: "m6 4 4 4-4 4" }]]);

const RING = { cx: 8, cy: 8, r: 6 };
const DISC = ["circle", { ...RING, class: "tt-disc" }];
const mark = (d) => ["path", { d, class: "tt-mark" }];
const STATES = {
  backlog: drawing("backlog", [["circle", { ...RING, "stroke-dasharray": "1.7 2.07", "stroke-dashoffset": 0.85 }]]),
  unstarted: drawing("unstarted", [["circle", RING]]),
  started: drawing("started", [
    ["circle", RING],
    ["path", { class: "tt-fill", d: "M8 4.5a3.5 3.5 0 0 1 0 7z" }],
  ]),
  done: drawing("done", [DISC, mark("m5.4 8.2 1.8 1.8 3.5-3.7")]),
  cancelled: drawing("cancelled", [DISC, mark("m6 6 4 4m0-4-4 4")]),
};
export const stateIcon = (category) => (STATES[category] ?? STATES.unstarted)();

const SQUARE = ["rect", { class: "tt-disc", x: 1.5, y: 1.5, width: 13, height: 13, rx: 3.5 }];
const bars = (filled) =>
  [0, 1, 2].map((bar) => {
    const box = { x: 1.75 + 4.75 * bar, y: 9 - 3.25 * bar, width: 3, height: 5 + 3.25 * bar, rx: 1 };
    return ["rect", { ...box, class: bar < filled ? "" : "tt-faint" }];
  });
const PRIORITIES = {
  none: drawing("none", [["path", { d: "M2 8h3M6.5 8h3M11 8h3" }]]),
  low: drawing("bars", bars(1)),
  medium: drawing("bars", bars(2)),
  high: drawing("bars", bars(3)),
  urgent: drawing("urgent", [SQUARE, mark("M8 4.5v4.25M8 11.4v.1")]),
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
  const initials = letters.join("").toLocaleUpperCase(reader.language());
  return { style: { "--tt-hue": HUES[hash % HUES.length] }, initials };
}

// Somebody whose name stands beside it.
export function face(name) {
  const { style, initials } = lookOf(name);
  return h("span", { class: "tt-avatar", style, "aria-hidden": "true" }, initials);
}

// Somebody who is told by it alone.
export function avatar({ id, name }) {
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

// Who else has the task open.
const presentAt = (card, { people }, present) => known(present?.[card.number] ?? [], people);

export function presence(card, frame, present) {
  const people = presentAt(card, frame, present);
  return people.length ? h("span", { class: "tt-here" }, people.slice(0, 3).map(avatar)) : null;
}

export const dot = (color) => h("span", { class: "tt-chip__dot", style: { background: color } });

export function labelChips(card, frame) {
  return known(card.label_ids, frame.labels).map((label) =>
    h("span", { class: "tt-chip", key: label.id }, [
      dot(label.color),
      h("span", { class: "tt-chip__name", dir: "auto" }, label.name),
    ]),
  );
}

export function commentCount(card) {
  return card.comment_count ? h("span", { class: "tt-comments" }, [BUBBLE(), card.comment_count]) : null;
}

export const idOf = (card, frame) => h("span", { class: "tt-id" }, `${frame.key}-${card.number}`);

// What a column holds, and how many of it are drawn if a filter leaves some out; with a limit, how near it is.
export function countOf(count, limit, shown = count) {
  const tone = !limit || count < limit ? "" : count > limit ? "tt-count--over" : "tt-count--full";
  const [all, some] = [count, shown].map((each) => reader.number(each));
  const words = limit ? `${all} / ${reader.number(limit)}` : all;
  return h(
    "span",
    { class: ["tt-count", tone], dir: "auto" },
    shown === count ? words : t("{n} of {all}", { n: some, all: words }),
  );
}

export const known = (ids, things) => ids.map((id) => things.get(id)).filter(Boolean);

// --- what a screen reader says ------------------------------------------------------------------------------------

export function nameOf(card, { frame, today, category, present, chosen = false }) {
  const names = (ids, things) => reader.list(known(ids, things).map((thing) => thing.name));
  const here = presentAt(card, frame, present);
  const parts = [`${frame.key}-${card.number} ${card.title}`];
  if (PRIORITY_WORDS[card.priority]) parts.push(PRIORITY_WORDS[card.priority]());
  if (card.due) parts.push(lateness(card, today, category));
  if (card.label_ids.length) parts.push(t("labels {names}", { names: names(card.label_ids, frame.labels) }));
  if (card.assignee_ids.length) parts.push(t("assigned to {names}", { names: names(card.assignee_ids, frame.people) }));
  if (card.comment_count) parts.push(tn("{n} comment", "{n} comments", card.comment_count));
  if (here.length) parts.push(t("open at {names}", { names: reader.list(here.map(({ name }) => name)) }));
  if (chosen) parts.push(t("selected"));
  return parts.join(t(", "));
}

const PRIORITY_WORDS = {
  low: () => t("priority low"),
  medium: () => t("priority medium"),
  high: () => t("priority high"),
  urgent: () => t("priority urgent"),
};

function lateness(card, today, category) {
  const day = reader.day(card.due, "long", today);
  const isLate = !isOver(category) && reader.daysUntil(card.due, today) < 0;
  return isLate ? t("overdue since {day}", { day }) : t("due {day}", { day });
}

// --- the views' common parts ---------------------------------------------------------------------------------------

export function failure(live) {
  return h("div", { class: "tt-failure", role: "alert" }, [
    h("p", { class: "tt-failure__what" }, t("The tasks could not be loaded.")),
    live.reason.value ? h("p", { class: "tt-failure__why" }, told(live.reason.value)) : null,
    h("button", { class: "tt-failure__retry", type: "button", onClick: () => live.load() }, t("Try again")),
  ]);
}

export function createButton(column) {
  const name = t("New task in {column}", { column: column.name });
  const attributes = { class: "tt-square tt-add", type: "button", "aria-label": name, title: name };
  return h("button", { ...attributes, "data-create": column.id }, [PLUS()]);
}
