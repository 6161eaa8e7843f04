// The palette's second step: the values that a field can have, for all tasks of the selection.
import { dot, face, priorityIcon, stateIcon } from "tasktracker-live-project/card_parts.js";
import { PRIORITIES, priorityName } from "tasktracker-live-project/priorities.js";
import { subjectOf, subjectShown } from "./place.js";
import { ranked } from "./rank.js";
import { dueLevel, estimateLevel } from "./typed.js";

const { t } = window.tasktracker;

// The level for a command; `context` is {me, changed()}.
export const valuesOf = (command, place, context) => LEVELS[command.what](place, context);

const LEVELS = {
  "set-state": stateLevel,
  "set-priority": priorityLevel,
  "assign": peopleLevel,
  "set-labels": labelLevel,
  "set-due": dueLevel,
  "set-estimate": estimateLevel,
};

const cardsOf = ({ view, numbers }) => numbers.map((number) => view.live.cards.get(number)).filter(Boolean);

function stateLevel(place) {
  const { columns } = place.view.live.frame.value;
  return pickOne(place, {
    title: t("Set state of {tasks}", { tasks: subjectOf(place) }),
    placeholder: t("Set state…"),
    field: "column_id",
    options: columns.map(({ id, name, category }) => ({ id, name, icon: () => stateIcon(category) })),
  });
}

function priorityLevel(place) {
  const keys = ["none", ...PRIORITIES.filter((each) => each !== "none")]; // by their keys: 0, 1 …
  return pickOne(place, {
    title: t("Set priority of {tasks}", { tasks: subjectOf(place) }),
    placeholder: t("Set priority…"),
    field: "priority",
    options: keys.map((id, index) => ({ id, name: priorityName(id), keys: String(index), icon: () => priorityIcon(id) })),
  });
}

function peopleLevel(place, { me }) {
  const people = [...place.view.live.frame.value.people.values()];
  const first = people.filter(({ id }) => id === me);
  return pickMany(place, {
    title: t("Assign {tasks}", { tasks: subjectOf(place) }),
    placeholder: t("Assign to…"),
    field: "assignee_ids",
    none: { name: t("Nobody"), icon: "person_off" },
    options: [...first, ...people.filter(({ id }) => id !== me)].map(({ id, name, handle }) => ({
      ...{ id, name, icon: () => face(name) },
      note: id === me ? t("you") : (handle ?? ""),
    })),
  });
}

function labelLevel(place) {
  const labels = [...place.view.live.frame.value.labels.values()];
  return pickMany(place, {
    title: t("Set labels of {tasks}", { tasks: subjectOf(place) }),
    placeholder: t("Set labels…"),
    field: "label_ids",
    none: { name: t("No label"), icon: "label_off" },
    empty: t("This project has no labels yet."),
    options: labels.map(({ id, name, color }) => ({ id, name, icon: () => dot(color) })),
  });
}


// One value takes the place of another.
function pickOne(place, { title, placeholder, field, options }) {
  const cards = cardsOf(place);
  const isNow = (id) => cards.length > 0 && cards.every((card) => card[field] === id);
  return {
    ...{ title, placeholder, subject: subjectShown(place) },
    groups: (query) => [{ id: "values", items: ranked(options, query).map(checkedIf(isNow)) }],
    hotkey: (key) => options.find(({ keys }) => keys === key),
    choose({ id }) {
      place.view.edit(place.numbers, (card) => (card[field] === id ? null : { [field]: id }));
      return "close";
    },
  };
}

const checkedIf = (isNow) => (option) => ({ ...option, checked: isNow(option.id) || undefined });

// Values are added and taken away, each task keeping its others. What is chosen with `more` waits for the last one.
function pickMany(place, { title, placeholder, field, none, options, empty }) {
  const cards = cardsOf(place);
  const wanted = new Map();
  const state = (id) => {
    if (wanted.has(id)) return wanted.get(id);
    const having = cards.filter((card) => card[field].includes(id)).length;
    return having === cards.length ? having > 0 : having ? "mixed" : false;
  };
  const changed = (card) => {
    const ids = new Set(card[field]);
    for (const [id, isOn] of wanted) isOn ? ids.add(id) : ids.delete(id);
    return same([...ids], card[field]) ? null : { [field]: [...ids] };
  };
  const isUnset = cards.every((card) => !card[field].length);
  const all = [...(options.length && !isUnset ? [{ ...none, id: "none" }] : []), ...options];
  return {
    ...{ title, placeholder, isMany: true, subject: subjectShown(place), empty: () => empty },
    groups: (query) => [{ id: "values", items: ranked(all, query).map((each) => withState(each, state)) }],
    choose({ id }, more) {
      if (id === "none") place.view.edit(place.numbers, (card) => (card[field].length ? { [field]: [] } : null));
      if (id === "none") return "close";
      if (more || !wanted.has(id)) wanted.set(id, state(id) !== true);
      if (more) return "stay";
      place.view.edit(place.numbers, changed);
      return "close";
    },
  };
}

const withState = (option, state) => (option.id === "none" ? option : { ...option, checked: state(option.id) });
const same = (one, other) => one.length === other.length && one.every((id) => other.includes(id));
