// What can be completed at the cursor, and what with: `@` people who see the project, `#` or `WEB-` tasks.
import { fetchJson } from "tasktracker-live-project/fetching.js";
import { face, stateIcon } from "tasktracker-live-project/card_parts.js";
import { match } from "tasktracker-commands/match.js";
import { isInFence, lineAt } from "./lists.js";

const PERSON = /(?<![\w@/.+-])@([\p{L}\p{N}._-]{0,40})$/u; // as domain/mentions.py reads one
const TASK = /(?<![\w&/#])#(?!\s)([^\n#]{0,60})$/;
const REFERENCE = /(?<![\w/.@=&?+-])([A-Z][A-Z0-9]{1,9})-(\d{0,9})$/; // as domain/linking.py reads one
const MANY = 8;
const ACCEPT = "fields=ref,title,state";

// `{kind, from, to, query, key}` of what is being named at the cursor; null where nothing is, and in code.
export function namedAt({ value, selectionStart: at, selectionEnd: end }) {
  if (at !== end) return null;
  const line = lineAt(value, at);
  const before = value.slice(line.from, at);
  const found =
    named("person", PERSON.exec(before)) ?? named("reference", REFERENCE.exec(before)) ?? named("task", TASK.exec(before));
  const isCode = found && ((before.split("`").length - 1) % 2 === 1 || isInFence(value, line.from));
  return found && !isCode ? { ...found, from: line.from + found.at, to: at } : null;
}

function named(kind, found) {
  if (!found) return null;
  const [all, first, digits] = found;
  const isReference = kind === "reference";
  return { kind, at: found.index, query: isReference ? digits : first, key: isReference ? first : null, said: all };
}

// --- people -------------------------------------------------------------------------------------------------------

// Those of the view on the page are live; a page without one asks once.
let asked = null;
async function people() {
  const live = window.tasktracker.view?.live.frame.value?.people;
  if (live) return [...live.values()];
  asked ??= fetchJson("/api/v1/people").catch(() => (asked = null) ?? []);
  return asked;
}

async function peopleFor({ query }) {
  const scored = (await people()).map((person) => {
    const scores = [match(query, person.name), match(query, person.handle)].filter(Boolean).map(({ score }) => score);
    return { person, score: scores.length ? Math.max(...scores) : null };
  });
  const fitting = scored.filter(({ score }) => score !== null).sort((one, other) => other.score - one.score);
  return fitting.slice(0, MANY).map(({ person: { id, name, handle } }) => ({
    ...{ id, text: `@${handle}`, name, note: `@${handle}`, isOver: false },
    icon: () => face(name),
    fits: ({ query: later }) => Boolean(match(later, name) ?? match(later, handle)),
  }));
}

// --- tasks --------------------------------------------------------------------------------------------------------

const offerOf = ({ ref, title, state }) => ({
  ...{ id: ref, text: ref, name: title, note: ref, isOver: ["done", "cancelled"].includes(state) },
  icon: () => stateIcon(state),
  fits: ({ kind, query, key }) => (kind === "reference" ? ref.startsWith(`${key}-${query}`) : hasWords(`${ref} ${title}`, query)),
});

const hasWords = (text, query) => {
  const words = text.toLocaleLowerCase();
  return query.toLocaleLowerCase().split(/\s+/).every((word) => words.includes(word));
};

// Those of the view on the page whose number begins so: at once.
function numbered(key, digits) {
  const { view } = window.tasktracker;
  if (!digits || view?.key !== key) return [];
  const cards = [...view.live.cards.values()].filter(({ number }) => String(number).startsWith(digits));
  cards.sort((one, other) => one.number - other.number); // the one that was typed comes first
  const states = new Map(view.live.frame.value.columns.map(({ id, category }) => [id, category]));
  return cards.slice(0, MANY).map((card) => offerOf({ ref: `${key}-${card.number}`, title: card.title, state: states.get(card.column_id) }));
}

const keys = new Map(); // of projects, whether there is one

async function found(key, query, signal) {
  const project = key ? `&project=${key}` : "";
  if (query) return fetchJson(`/api/v1/search?limit=${MANY}&q=${encodeURIComponent(query)}${project}`, { signal });
  return fetchJson(`/api/v1/projects/${key}/tasks?sort=-updated&limit=${MANY}&${ACCEPT}`, { signal });
}

async function tasksFor({ kind, query, key }, here, signal) {
  if (kind === "task") return (await found(query.trim() ? null : here, query.trim(), signal)).map(offerOf);
  if (keys.get(key) === false) return [];
  const known = numbered(key, query);
  try {
    const more = await found(key, query && `${key}-${query}`, signal);
    keys.set(key, true);
    const fitting = more.map(offerOf).filter((offer) => offer.fits({ kind, query, key }));
    return [...known, ...fitting.filter(({ id }) => !known.some((each) => each.id === id))];
  } catch (error) {
    if (error.status === 404) keys.set(key, false); // UTF-8 is no task
    return known;
  }
}

// What could be meant, the best first; `here` is the key of the project at hand. Nothing to offer is no reason to
// disturb who is writing.
export async function offersFor(wanted, here, signal) {
  try {
    return await (wanted.kind === "person" ? peopleFor(wanted) : tasksFor(wanted, here, signal));
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return [];
  }
}
