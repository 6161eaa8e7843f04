// A text field under somebody's hands: its text is changed as typing changes it, so that the browser can undo it, and
// whoever listens to the field hears of it.

import { nextTick } from "vue";

// Put `text` in the place of what stands between `from` and `to`, and select what is between `start` and `end` then.
export function put(field, { from, to, text, start, end = start }) {
  field.focus();
  field.setSelectionRange(from, to);
  const isDone = text
    ? document.execCommand("insertText", false, text)
    : from === to || document.execCommand("delete");
  if (!isDone) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(start, end);
  const made = field.value;
  // Quasar's fields put the cursor, a moment after each input, where it was during it.
  nextTick(() => field.value === made && field.setSelectionRange(start, end));
}

const LAID_OUT = [
  ...["boxSizing", "inlineSize", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "direction", "unicodeBidi", "textAlign"],
  ...["borderTopWidth", "borderRightWidth", "borderBottomWidth", "borderLeftWidth", "textIndent", "tabSize"],
  ...["fontFamily", "fontSize", "fontStyle", "fontWeight", "letterSpacing", "lineHeight", "wordSpacing"],
];

// Where in the window the character at `at` stands: `{left, top, bottom}` in pixels. Browsers tell it of no field, so
// a copy is laid out the same way.
export function placeOf(field, at) {
  const copy = document.createElement("div");
  const style = getComputedStyle(field);
  for (const name of LAID_OUT) copy.style[name] = style[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", borderStyle: "solid" });
  copy.style.overflowWrap = "break-word";
  const mark = document.createElement("span");
  mark.textContent = field.value.slice(at, at + 1).trim() || ".";
  copy.append(field.value.slice(0, at), mark, field.value.slice(at + 1));
  document.body.append(copy);
  const [box, own, there] = [field.getBoundingClientRect(), copy.getBoundingClientRect(), mark.getBoundingClientRect()];
  copy.remove();
  const top = box.top + there.top - own.top - field.scrollTop;
  return { left: box.left + there.left - own.left - field.scrollLeft, top, bottom: top + there.height };
}
