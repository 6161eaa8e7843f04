// What was understood of a line: as chips that can be taken off, and as marks in the line itself.
import { h } from "vue";
import * as parts from "tasktracker-live-project/card_parts.js";
import { indexOf } from "tasktracker-parts/characters.js";
import { icon } from "tasktracker-parts/icons.js";
import { whenText } from "tasktracker-parts/moments.js";

const { language, t } = window.tasktracker;

const symbol = (name) => icon(name, "tt-said__symbol");
const LOOKS = {
  priority: parts.priorityIcon,
  assignee: parts.face,
  column: parts.stateIcon,
  label: parts.dot,
  project: (color) => h("span", { class: "tt-project-dot", style: { "--tt-project": color } }),
  estimate: () => symbol("scale"),
  start: () => symbol("start"),
  due: () => symbol("event"),
  time: () => symbol("schedule"),
  recurrence: () => symbol("repeat"),
};
export const lookOf = ({ kind, look }) => LOOKS[kind](look);

const capital = (words) => words.charAt(0).toLocaleUpperCase(language()) + words.slice(1);
const NAMES = {
  recurrence: ({ name }) => capital(name),
  due: ({ value }) => whenText(value),
  start: ({ value }) => t("Starts {day}", { day: whenText(value) }),
};
export const nameOf = (chip) => NAMES[chip.kind]?.(chip) ?? chip.name;

// `take(chip)` makes its words text again. What is `overruled` does not count: a field beside the line says otherwise.
export function chipOf(chip, { overruled = [], take }) {
  const isOver = overruled.includes(chip.kind);
  const removal = t("Take “{words}” as text", { words: chip.text });
  const onClick = () => take(chip);
  return h("li", { class: ["tt-said", { "tt-said--over": isOver }], key: `${chip.start} ${chip.text}` }, [
    lookOf(chip),
    h("span", { class: "tt-said__name", dir: "auto", title: isOver ? t("What you chose below counts") : undefined }, nameOf(chip)),
    h("button", { class: "tt-square tt-said__remove", type: "button", "aria-label": removal, title: removal, onClick }, "×"),
  ]);
}

// Where each line that was read stands in the text: {line, at}. One that is not there any more is left out.
export function placed(text, lines) {
  let from = 0;
  return lines.flatMap((line) => {
    const at = text.indexOf(line.text, from);
    if (at < 0) return [];
    from = at + line.text.length;
    return [{ line, at }];
  });
}

// The text without a chip of the line at that place: its words, and those that would count instead of them, stand behind
// a backslash, as the domain's `without` does it.
export function without(text, { line, at }, { start, rivals }) {
  const places = [start, ...rivals].map((each) => at + indexOf(line.text, each)).sort((one, other) => other - one);
  return places.reduce((found, place) => `${found.slice(0, place)}\\${found.slice(place)}`, text);
}

// The text in pieces, {text, isMark}: the words of chips that still stand in their place are marks.
export function piecesOf(text, lines) {
  const pieces = [];
  let done = 0;
  for (const { line, at } of placed(text, lines)) {
    for (const { start, end } of line.chips) {
      const [from, to] = [start, end].map((each) => at + indexOf(line.text, each));
      pieces.push({ text: text.slice(done, from) }, { text: text.slice(from, to), isMark: true });
      done = to;
    }
  }
  return [...pieces, { text: text.slice(done) }];
}
