// The palette's first step: commands, projects and tasks; or, as a search, tasks above all.
import { ranked } from "./rank.js";
import { projectItems, referenceIn, referenceItem, taskItem, TaskSearch } from "./find.js";
import { subjectShown, works } from "./place.js";
import { valuesOf } from "./values.js";

const { t } = window.tasktracker;

const RECENT = "tasktracker:recent";
const REMEMBERED = 12; // commands
const SHOWN = 3; // of them
const PROJECTS = 5;
const DEEP = 5; // values that are found before their command is chosen

// --- what was used last -------------------------------------------------------------------------------------------

export function recent() {
  try {
    return JSON.parse(localStorage.getItem(RECENT)) ?? [];
  } catch {
    return [];
  }
}

export function remember({ id }) {
  try {
    localStorage.setItem(RECENT, JSON.stringify([id, ...recent().filter((each) => each !== id)].slice(0, REMEMBERED)));
  } catch {
    // A browser that keeps nothing begins anew each time.
  }
}

// --- commands -----------------------------------------------------------------------------------------------------

const itemOf = (command) => ({
  ...{ id: command.id, command, name: command.name, words: command.words, icon: command.icon },
  keys: command.keys?.[0],
});

// `context` is {commands, groups, projects, me, changed(), run(command, place)}: what there is, and what it is called.
export function commandLevel(place, context) {
  const search = new TaskSearch(context.changed);
  const usable = context.commands.filter((command) => command.id !== "palette" && works(command, place)).map(itemOf);
  const subject = place.numbers.length ? subjectShown(place) : "";

  function atFirst() {
    const last = recent().map((id) => usable.find((item) => item.id === id)).filter(Boolean).slice(0, SHOWN);
    const rest = usable.filter((item) => !last.includes(item));
    const groups = ["change", "task", "general", "go"].map((id) => ({
      ...{ id, name: context.groups[id] },
      items: rest.filter(({ command }) => command.group === id),
    }));
    return [{ id: "recent", name: t("Recent"), items: last }, ...groups, ...projects("")];
  }

  const projects = (query) => [
    { id: "projects", name: t("Projects"), items: projectItems(context.projects, query, PROJECTS) },
  ];

  // Values of the selection's fields by their own names: “urgent” is quicker than “priority”, then “urgent”.
  function values(query) {
    const choices = usable.filter(({ command }) => command.does === "choose" && !command.what.match(/due|estimate/));
    const items = choices.flatMap((item) => {
      const level = valuesOf(item.command, place, context);
      const fitting = level.groups(query)[0].items.filter((each) => each.id !== "none");
      return fitting.map((each) => ({ ...each, id: `${item.id}:${each.id}`, note: item.name, keys: "", level, value: each }));
    });
    return items.sort((one, other) => other.score - one.score).slice(0, DEEP);
  }

  function matching(query) {
    const ref = referenceIn(query, place.key);
    const fitting = ranked(usable, query).map((item) => ({ ...item, note: noteOf(item.command, context) }));
    const deep = subject && query.trim().length > 1 ? values(query) : [];
    const tasks = search.hits.filter((hit) => hit.ref !== ref || !ref).map(taskItem);
    const named = search.hits.filter((hit) => hit.ref === ref).map(taskItem);
    return [
      { id: "reference", name: "", items: ref ? (named.length ? named : [referenceItem(ref)]) : [] },
      { id: "commands", name: t("Commands"), items: [...fitting, ...deep].sort((one, other) => other.score - one.score) },
      ...projects(query),
      { id: "tasks", name: t("Tasks"), items: tasks },
    ];
  }

  return {
    ...{ title: t("Commands"), placeholder: t("Type a command or search…"), subject },
    groups: (query) => (query.trim() ? matching(query) : atFirst()),
    look: (query) => search.look(query),
    leave: () => search.stop(),
    isBusy: () => search.isBusy,
    empty: () => (search.isBusy ? t("Searching…") : search.failed || t("Nothing fits.")),
    choose: (item) => context.pick(item, place),
  };
}

const noteOf = (command, { groups }) => (command.group === "go" ? groups.go : "");

// --- search -------------------------------------------------------------------------------------------------------

export function searchLevel(place, context) {
  const search = new TaskSearch(context.changed);
  const everything = (query) => ({
    ...{ id: "all", name: t("All results for “{query}”", { query: query.trim() }), icon: "manage_search" },
    address: `/search?q=${encodeURIComponent(query.trim())}`,
  });
  return {
    ...{ title: t("Search"), placeholder: t("Search tasks…"), icon: "search" },
    groups(query) {
      if (!query.trim()) return [];
      const ref = referenceIn(query, place.key);
      const isFound = search.hits.some((hit) => hit.ref === ref);
      return [
        { id: "reference", items: ref && !isFound ? [referenceItem(ref)] : [] },
        { id: "tasks", name: t("Tasks"), items: search.hits.map(taskItem) },
        { id: "projects", name: t("Projects"), items: projectItems(context.projects, query, PROJECTS) },
        { id: "more", items: [everything(query)] },
      ];
    },
    look: (query) => search.look(query),
    leave: () => search.stop(),
    isBusy: () => search.isBusy,
    empty: () => t("Words of titles, descriptions and comments, “in quotes” or -without one; or a task such as WEB-12."),
    choose: (item) => context.pick(item, place),
  };
}
