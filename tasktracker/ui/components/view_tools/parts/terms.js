// The words of a filter, as far as a browser has to know them. What they mean is for the server.
const TERM = /(?:"(?:[^"\\]|\\.)*"|[^\s"])+/g;

export const termsOf = (text) => text.match(TERM) ?? [];
export const hasTerm = (text, term) => termsOf(text).includes(term);

// The filter with that term beside what it says, or without it if it is there.
export function toggledTerm(text, term) {
  const terms = termsOf(text);
  if (terms.includes(term)) return terms.filter((each) => each !== term).join(" ");
  const said = terms.some((each) => each.toUpperCase() === "OR") ? `(${text.trim()})` : text.trim();
  return [said, term].filter(Boolean).join(" ");
}
