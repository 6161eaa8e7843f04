// What the buttons do to a text: each takes it with its selection, and gives what to put where, as `put` takes it.

const MARKER = /^(\s*)(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)?/;
const URL_ALONE = /^(?:https?:\/\/|mailto:)\S+$/i;
const WORD = /[\p{L}\p{N}_]/u;

// Put the sign around the selection, or around the word at the cursor; take it away where it is already.
export function wrapped({ value, start, end }, sign) {
  [start, end] = start === end ? wordAt(value, start) : trimmed(value, start, end);
  const [text, long] = [value.slice(start, end), sign.length];
  if (value.slice(start - long, start) === sign && value.slice(end, end + long) === sign) {
    return { from: start - long, to: end + long, text, start: start - long, end: end - long };
  }
  if (text.length > 2 * long && text.startsWith(sign) && text.endsWith(sign)) {
    return { from: start, to: end, text: text.slice(long, -long), start, end: end - 2 * long };
  }
  return { from: start, to: end, text: sign + text + sign, start: start + long, end: end + long };
}

// In the midst of a word an underscore is a letter.
export function italic(edit) {
  const { value, start, end } = edit;
  const isWithin = start !== end && (WORD.test(value[start - 1] ?? "") || WORD.test(value[end] ?? ""));
  return wrapped(edit, isWithin ? "*" : "_");
}

// Code of several lines stands in a block of its own.
export function code(edit) {
  const { value, start, end } = edit;
  const text = value.slice(start, end);
  if (!text.includes("\n")) return wrapped(edit, "`");
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  const [before, after] = [start && value[start - 1] !== "\n" ? "\n" : "", value[end] && value[end] !== "\n" ? "\n" : ""];
  const opening = `${before}${fence}\n`;
  const block = `${opening}${text.replace(/\n$/, "")}\n${fence}${after}`;
  return { from: start, to: end, text: block, start: start + opening.length, end: start + opening.length + text.length };
}

// A link with the selection as its words, or as its address; the cursor is where the other one goes.
export function link({ value, start, end }) {
  const text = value.slice(start, end);
  if (URL_ALONE.test(text)) return { from: start, to: end, text: `[](${addressOf(text)})`, start: start + 1 };
  const made = `[${wordsOf(text)}]()`;
  return { from: start, to: end, text: made, start: start + (text ? made.length - 1 : 1) };
}

// What pasting `pasted` over a selection makes: a link, if it is an address and the selection is none. Null otherwise.
export function pastedLink({ value, start, end }, pasted) {
  const [text, address] = [value.slice(start, end), pasted.trim()];
  if (!text.trim() || text.includes("\n") || !URL_ALONE.test(address) || URL_ALONE.test(text)) return null;
  const made = `[${wordsOf(text)}](${addressOf(address)})`;
  return { from: start, to: end, text: made, start: start + made.length };
}

const wordsOf = (text) => text.replace(/[[\]]/g, "\\$&");
const addressOf = (text) => text.replace(/[()<>\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

// --- whole lines --------------------------------------------------------------------------------------------------

const LISTS = {
  bullets: { of: () => "- ", is: /^\s*[-*+]\s+(?!\[[ xX]\]\s)/ },
  numbers: { of: (index) => `${index + 1}. `, is: /^\s*\d{1,9}[.)]\s/ },
  checklist: { of: () => "- [ ] ", is: /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[[ xX]\]\s/ },
};

// Make the lines a list of that kind, or plain lines if they are one.
export function list(edit, kind) {
  const { of, is } = LISTS[kind];
  return lines(edit, (texts) => {
    const written = texts.filter((text) => text.trim());
    const isOne = written.length > 0 && written.every((text) => is.test(text));
    let index = 0;
    const marked = (text) => text.replace(MARKER, (_, indent) => indent + (isOne ? "" : of(index++)));
    return texts.map((text) => (text.trim() || texts.length === 1 ? marked(text) : text));
  });
}

export const quote = (edit) =>
  lines(edit, (texts) => {
    const isOne = texts.every((text) => /^>/.test(text));
    return texts.map((text) => (isOne ? text.replace(/^> ?/, "") : `> ${text}`));
  });

// A heading, a smaller one, and a plain line again.
export const heading = (edit) =>
  lines(edit, (texts) => {
    const level = /^(#{1,6})\s/.exec(texts[0])?.[1].length ?? 0;
    const sign = level === 0 ? "## " : level < 3 ? "### " : "";
    return texts.map((text) => (text.trim() || texts.length === 1 ? sign + text.replace(/^#{1,6}\s+/, "") : text));
  });

function lines({ value, start, end }, change) {
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const lastAt = end > start && value[end - 1] === "\n" ? end - 1 : end;
  const to = (value.indexOf("\n", lastAt) + 1 || value.length + 1) - 1;
  const text = change(value.slice(from, to).split("\n")).join("\n");
  if (start !== end) return { from, to, text, start: from, end: from + text.length };
  return { from, to, text, start: Math.max(from, start + text.length - (to - from)) };
}

function wordAt(value, at) {
  let [start, end] = [at, at];
  if (!WORD.test(value[at - 1] ?? "") || !WORD.test(value[at] ?? "")) return [at, at];
  while (WORD.test(value[start - 1] ?? "")) start -= 1;
  while (WORD.test(value[end] ?? "")) end += 1;
  return [start, end];
}

function trimmed(value, start, end) {
  const text = value.slice(start, end);
  if (!text.trim()) return [start, end];
  return [start + text.length - text.trimStart().length, end - (text.length - text.trimEnd().length)];
}
