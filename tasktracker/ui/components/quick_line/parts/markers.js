// What a marker at the cursor could name: people, labels, columns, projects and priorities.
import { PRIORITIES, priorityName } from "tasktracker-live-project/priorities.js";

const MOST = 6;

// A blank in a name is written as a dash.
const dashed = (name) => name.trim().replace(/\s+/g, "-");

// `names` are those of the project: {people, labels, columns, projects}. Each offers {text, name, note, kind, look}.
const OFFERS = {
  "@": ({ people }) => people.map(({ handle, name }) => ({ text: `@${handle}`, name, note: handle, kind: "assignee", look: name })),
  "*": ({ labels }) => labels.map(({ name, color }) => ({ text: `*${dashed(name)}`, name, kind: "label", look: color })),
  ">": ({ columns }) => columns.map(({ name, category }) => ({ text: `>${dashed(name)}`, name, kind: "column", look: category })),
  "#": ({ projects }) => projects.map(({ key, name, color }) => ({ text: `#${key}`, name, note: key, kind: "project", look: color })),
  "!": () => PRIORITIES.map((value) => ({ text: `!${value}`, name: priorityName(value), kind: "priority", look: value })),
};

// The marker and its word before the cursor: {start, end, word}; null where there is none, or where text is quoted.
export function markerAt(text, cursor) {
  const line = text.slice(text.lastIndexOf("\n", cursor - 1) + 1, cursor);
  const [word] = /\S*$/.exec(line);
  if (!word || !OFFERS[word[0]] || (line.slice(0, -word.length).split('"').length - 1) % 2) return null;
  const rest = /^\S*/.exec(text.slice(cursor))[0];
  return rest ? null : { start: cursor - word.length, end: cursor, word };
}

// What could stand there, the likeliest first; nothing for a word that is whole already.
export function offersFor({ word }, names) {
  const wanted = word.slice(1).toLocaleLowerCase();
  const rankOf = ({ text, name }) => {
    const own = [text.slice(1), name].map((each) => each.toLocaleLowerCase());
    if (own.some((each) => each.startsWith(wanted))) return 0;
    if (own.some((each) => each.split(/[\s-]+/).some((part) => part.startsWith(wanted)))) return 1;
    return own.some((each) => each.includes(wanted)) ? 2 : 3;
  };
  const ranked = OFFERS[word[0]](names).map((offer) => ({ offer, rank: rankOf(offer) }));
  const fitting = ranked.filter(({ rank }) => rank < 3).sort((one, other) => one.rank - other.rank);
  const isWhole = fitting.some(({ offer }) => offer.text.toLocaleLowerCase() === word.toLocaleLowerCase());
  return isWhole ? [] : fitting.slice(0, MOST).map(({ offer }) => offer);
}
