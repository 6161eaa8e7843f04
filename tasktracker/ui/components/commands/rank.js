// Options in the order in which they fit what was typed, with the places of the letters that fit.
import { match } from "./match.js";

const ELSEWHERE = 4; // what a match of the other words counts less than one of the name

// Each option has a `name`, and may have `words` that find it too. Without a query, all of them as they are.
export function ranked(options, query) {
  if (!query.trim()) return options;
  return options
    .map((option) => ({ ...option, ...found(option, query) }))
    .filter(({ score }) => score !== undefined)
    .sort((one, other) => other.score - one.score);
}

function found({ name, words }, query) {
  const own = match(query, name);
  const other = words && match(query, `${words} ${name}`);
  if (own && !(other?.score - ELSEWHERE > own.score)) return own;
  return other ? { score: other.score - ELSEWHERE, at: [] } : {};
}
