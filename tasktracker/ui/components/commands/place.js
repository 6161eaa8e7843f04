// Where somebody is when they call a command: the view on the page, the tasks that are meant, the dialog that is open.
const { t, tn } = window.tasktracker;

const DIALOGS = ".q-dialog, dialog[open]";
const TASK = ".tt-dialog-task"; // the dialog of an open task, the only one in which commands work
const TASK_PAGE = ".tt-task-page";
const LAST_PROJECT = "tasktracker:project";

const ROW = "[data-number], [data-ref]"; // what draws a task in a list, and takes the focus

// {view, numbers, task, dialog, isTask, key}: `numbers` are those of the selection, `task` is the reference of the one
// that has the focus in a list, `key` is that of the project at hand.
export function placeNow(here) {
  const view = window.tasktracker.view ?? null;
  const dialog = [...document.querySelectorAll(DIALOGS)].at(-1) ?? null;
  const isTask = Boolean(dialog ? dialog.querySelector(TASK) : document.querySelector(TASK_PAGE));
  return { view, numbers: view?.selection() ?? [], task: taskAt(document.activeElement), dialog, isTask, key: projectAt(here) };
}

// The reference of the task that an element of a list draws.
export function taskAt(element) {
  if (!element?.matches?.(ROW)) return null;
  return element.dataset.ref ?? window.tasktracker.view?.refOf(Number(element.dataset.number)) ?? null;
}

function projectAt(here) {
  try {
    if (here) localStorage.setItem(LAST_PROJECT, here);
    return here || localStorage.getItem(LAST_PROJECT);
  } catch {
    return here;
  }
}

const isShown = (element) => element.checkVisibility({ visibilityProperty: true });

// What a command presses. In a dialog it is in there, and outside it would be out of reach.
export function buttonOf(command, place) {
  const within = place.dialog ?? document;
  return [...within.querySelectorAll(`[data-command="${CSS.escape(command.what)}"]`)].find(isShown) ?? null;
}

export const addressOf = (command, place) => command.what.replace("{key}", place.key ?? "");

const mayUndo = () => Boolean(document.querySelector("[data-undoes]"));

// Whether a command works at that place.
export function works(command, place) {
  const { does, where, what } = command;
  if (document.querySelector(".q-menu") || (place.dialog && !place.isTask)) return false;
  if (where === "view" && !place.view) return false;
  if (where === "task" && !place.isTask) return false;
  if (where === "list" && !(place.task && window.tasktracker.peek)) return false;
  if (where === "inbox" && !(place.task && window.tasktracker.inbox)) return false;
  if (where === "selection" && !(place.view && place.numbers.length)) return false;
  if (command.changes && place.view && !place.view.canEdit()) return false;
  if (does === "press") return Boolean(buttonOf(command, place));
  if (does === "go") return Boolean(place.key) || !what.includes("{key}");
  return does !== "view" && (!["undo", "redo"].includes(what) || mayUndo());
}

// What the selection is called: a task's reference, or how many they are.
export function subjectOf({ view, numbers }) {
  if (numbers.length === 1) return `${view.key}-${numbers[0]}`;
  return tn("{n} task", "{n} tasks", numbers.length);
}

// The same with its title, for the eye.
export function subjectShown(place) {
  const card = place.numbers.length === 1 ? place.view.live.cards.get(place.numbers[0]) : null;
  return card ? `${subjectOf(place)} ${card.title}` : subjectOf(place);
}

// What is done at once, without a further question.
export const CALLS = {
  "nothing-selected": () => tell(t("No task is selected. Go to one with J or K, or select several with X.")),
  peek: ({ task }) => (window.tasktracker.inbox?.isBeside() ? window.tasktracker.inbox.look() : window.tasktracker.peek.toggle(task)),
  "mark-read": () => window.tasktracker.inbox.markRead(),
  "put-off": () => window.tasktracker.inbox.putOff(),
  undo: () => window.tasktracker.undo(),
  redo: () => window.tasktracker.redo(),
  "assign-to-me": ({ view, numbers }, me) =>
    view.edit(numbers, ({ assignee_ids: ids }) => (ids.includes(me) ? null : { assignee_ids: [...ids, me] })),
  archive: ({ view, numbers }) => view.act(numbers, "archive"),
  trash: ({ view, numbers }) => view.act(numbers, "trash"),
  "copy-link": ({ view, numbers }) => {
    const links = numbers.map((number) => `${location.origin}${window.path_prefix ?? ""}/t/${view.key}-${number}`);
    window.tasktracker.copy(links.join("\n"), tn("Link copied", "{n} links copied", links.length));
  },
};

export function press(element) {
  if (element.matches("input, textarea, select, [contenteditable]")) element.focus();
  else element.click();
}

export const go = (address) => window.location.assign((window.path_prefix ?? "") + address);

// Show a task: on its own project's view over it, else where it is.
export function openTask(ref, place) {
  const [, key, number] = ref.match(/^(.+)-(\d+)$/);
  if (place.view?.key === key) place.view.open(Number(number));
  else go(`/t/${ref}`);
}

// A short message at the edge of the page.
function tell(message) {
  window.Quasar.Notify.create({ message, position: "bottom", classes: "tt-toast tt-toast-info", timeout: 3500 });
}
