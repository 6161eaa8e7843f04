// How tasks are parted: the groups of a list, the lanes of a board. A task stands in one group: with several people or
// labels in that of the first by name.
import { avatar, dot, known, priorityIcon, stateIcon } from "./card_parts.js";
import { PRIORITIES, priorityName } from "./priorities.js";

const { daysUntil, t } = window.tasktracker;

export const NONE = "none";
const DUE = ["overdue", "today", "week", "later", NONE];

// {of(card), sorted(ids), fieldsFor(card, id)}: the group of a card, the groups {id, name, icon} of those ids in their
// order, and what a card is given to come into a group, null if it is there. `by` may be null: everything is one group.
export function groupingBy(by, live, today = "") {
  const frame = live.frame.value;
  return frame && MAKERS[by ?? "nothing"]?.({ frame, cards: live.cards, today });
}

// `fields` of a card to come into another group.
const grouping = (of, sorted, fields = () => null) => ({
  of,
  sorted,
  fieldsFor: (card, id) => (of(card) === id ? null : fields(card, id)),
});

const MAKERS = {
  nothing: () =>
    grouping(
      () => "all",
      () => [{ id: "all", name: t("All tasks") }],
    ),
  column: ({ frame }) =>
    grouping(
      (card) => card.column_id,
      () => frame.columns.map((column) => ({ ...column, column, icon: () => stateIcon(column.category) })),
      (_, id) => ({ column_id: id }),
    ),
  priority: () =>
    grouping(
      (card) => card.priority,
      (ids) =>
        PRIORITIES.filter((each) => ids.has(each)).map((id) => ({
          id,
          name: priorityName(id),
          icon: () => priorityIcon(id),
        })),
      (_, id) => ({ priority: id }),
    ),
  assignee: ({ frame }) => ofSeveral("assignee_ids", frame.people, t("No assignee"), (person) => avatar(person)),
  label: ({ frame }) => ofSeveral("label_ids", frame.labels, t("No label"), (label) => dot(label.color)),
  parent: ({ frame, cards }) =>
    grouping(
      (card) => String(card.parent ?? NONE),
      (ids) =>
        [...ids]
          .sort((one, other) => (one === NONE) - (other === NONE) || one - other)
          .map((id) => ({ id, name: id === NONE ? t("No parent") : parentName(id, frame, cards) })),
      (_, id) => ({ parent: id === NONE ? null : `${frame.key}-${id}` }),
    ),
  due: ({ today }) =>
    grouping(
      (card) => dueGroup(card, today),
      (ids) => DUE.filter((each) => ids.has(each)).map((id) => ({ id, name: dueName(id) })),
    ),
};

function ofSeveral(field, things, none, icon) {
  const of = (card) => {
    const names = known(card[field], things).sort(byName);
    return names[0]?.id ?? NONE;
  };
  const sorted = (ids) => [
    ...[...things.values()]
      .sort(byName)
      .filter(({ id }) => ids.has(id))
      .map((each) => ({ ...each, icon: () => icon(each) })),
    ...(ids.has(NONE) ? [{ id: NONE, name: none }] : []),
  ];
  const fields = (card, id) => {
    const others = card[field].filter((each) => each !== of(card) && each !== id);
    return { [field]: id === NONE ? [] : [id, ...others] };
  };
  return grouping(of, sorted, fields);
}

const byName = (one, other) => one.name.localeCompare(other.name);
const parentName = (id, frame, cards) => `${frame.key}-${id} ${cards.get(Number(id))?.title ?? ""}`.trim();

function dueGroup(card, today) {
  if (!card.due) return NONE;
  const days = daysUntil(card.due, today);
  return days < 0 ? "overdue" : days === 0 ? "today" : days < 7 ? "week" : "later";
}

const dueName = (id) =>
  ({
    overdue: () => t("Past due"),
    today: () => t("Today"),
    week: () => t("In the next 7 days"),
    later: () => t("Later"),
    none: () => t("No due date"),
  })[id]();

// --- orders -----------------------------------------------------------------------------------------------------

const COMPARE = {
  number: (one, other) => one.number - other.number,
  title: (one, other) => one.title.localeCompare(other.title),
  priority: (one, other) => PRIORITIES.indexOf(other.priority) - PRIORITIES.indexOf(one.priority),
};

// The cards in the order of the API's word for it: `-priority` is the highest first. Without a due date is last.
export function sortedBy(cards, sort) {
  const name = sort.replace("-", "");
  if (name === "position") return cards;
  const sign = sort.startsWith("-") ? -1 : 1;
  if (name === "due") return [...cards].sort((one, other) => byDue(one, other, sign));
  return [...cards].sort((one, other) => sign * COMPARE[name](one, other) || one.number - other.number);
}

function byDue(one, other, sign) {
  if (!one.due || !other.due) return Boolean(other.due) - Boolean(one.due) || one.number - other.number;
  return sign * (one.due < other.due ? -1 : Number(one.due > other.due)) || one.number - other.number;
}
