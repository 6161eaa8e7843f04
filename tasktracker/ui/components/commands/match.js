// How well typed letters fit a name: they have to stand in it in their order. Where words begin counts most, then
// letters that follow one another; a letter in the midst of a word counts little.
const WORD = 6; // a letter that begins a word
const FIRST = 3; // and the name, on top
const RUN = 4; // a letter right behind the one before it
const STRAY = -1; // any other
const LOST = -3; // the first one, if it is such
const GOOD = 1; // what a letter has to count on average
const LONG = 0.01; // what each letter of the name takes off: of equals, the shorter one

const folded = new Map(); // names are few, and asked for with every letter that is typed

// Letters without case and accents, one for each character.
export function fold(text) {
  if (!folded.has(text)) folded.set(text, [...text].map((each) => [...each.normalize("NFD").toLocaleLowerCase()][0]));
  return folded.get(text);
}

// {score, at} with the places of the letters in `name`, or null if they do not fit.
export function match(query, name) {
  const letters = fold(query).filter((letter) => letter.trim());
  if (!letters.length) return { score: 0, at: [] };
  if (!isWithin(letters, fold(name))) return null;
  const rows = letters.reduce((known, letter, index) => [...known, row(letter, index, fold(name), known.at(-1))], []);
  const end = rows.at(-1).reduce((best, cell, at) => (cell && !(rows.at(-1)[best]?.score >= cell.score) ? at : best), -1);
  if (end < 0) return null;
  const { score } = rows.at(-1)[end];
  return score < letters.length * GOOD ? null : { score: score - LONG * name.length, at: traced(rows, end) };
}

function isWithin(letters, name) {
  let next = 0;
  for (const letter of name) if (letter === letters[next]) next += 1;
  return next === letters.length;
}

// For each place of the name: the best score with this letter there, and where the one before it stands then.
function row(letter, index, name, above) {
  let jump = null; // the best place at a distance for the letter before
  return name.map((each, at) => {
    if (above?.[at - 2] && !(jump?.score >= above[at - 2].score)) jump = { score: above[at - 2].score, from: at - 2 };
    if (each !== letter) return null;
    const begins = at === 0 || !/[\p{L}\p{N}]/u.test(name[at - 1]);
    const own = begins ? WORD + (at ? 0 : FIRST) : index ? STRAY : LOST;
    if (!index) return { score: own, from: -1 };
    const next = above[at - 1] && { score: above[at - 1].score + Math.max(RUN, own), from: at - 1 };
    const far = jump && { score: jump.score + own, from: jump.from };
    return next && !(far?.score > next.score) ? next : far;
  });
}

function traced(rows, end) {
  const at = [];
  for (let index = rows.length - 1, place = end; index >= 0; place = rows[index--][place].from) at.unshift(place);
  return at;
}

// The name in pieces: [text, whether it is marked].
export function pieces(name, at) {
  const marked = new Set(at);
  const found = [];
  [...name].forEach((letter, place) => {
    if (found.length && found.at(-1)[1] === marked.has(place)) found.at(-1)[0] += letter;
    else found.push([letter, marked.has(place)]);
  });
  return found;
}
