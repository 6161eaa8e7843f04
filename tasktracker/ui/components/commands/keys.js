// Keystrokes: which command one means, and how its keys are written. Keys never leave the browser, and mean nothing
// while somebody is typing.
const { t } = window.tasktracker;

const THEN_WITHIN = 1_000; // ms between the keys of a sequence
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock", "Dead", "Process"]);
const NO_TEXT = new Set(["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"]);

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

// `g`, `shift+d`, `mod+k`, `?`, `space`; null for what is no command's: another modifier, or a letter being composed.
export function strokeOf(event) {
  const { key, isComposing, keyCode, ctrlKey, metaKey, altKey } = event;
  if (isComposing || keyCode === 229 || MODIFIERS.has(key)) return null;
  if (altKey || (isMac ? ctrlKey : metaKey)) return null;
  const mod = isMac ? metaKey : ctrlKey;
  const name = key === " " ? "space" : latin(event).toLowerCase();
  const isShifted = event.shiftKey && (name.length > 1 || /[a-z]/.test(name)); // of a sign, Shift is a part
  return [mod && "mod", isShifted && "shift", name].filter(Boolean).join("+");
}

// Where the layout has other letters, the key stands for the one in its place on a Latin keyboard.
function latin({ key, code }) {
  return key.length === 1 && key > "~" && /^Key[A-Z]$/.test(code) ? code.at(-1) : key;
}

export function isTyping(element) {
  if (!element?.tagName) return false;
  if (element.tagName === "INPUT") return !NO_TEXT.has(element.type);
  return element.isContentEditable || ["TEXTAREA", "SELECT"].includes(element.tagName);
}

// `find(keys)` gives the command that the keys mean here and now, `begins(stroke)` tells whether a sequence begins so,
// `run(command)` carries one out. Returns how to stop.
export function listenToKeys({ find, begins, run }) {
  let before = ""; // the first key of a sequence
  let timer = 0;

  const wait = (stroke) => {
    before = stroke;
    clearTimeout(timer);
    timer = setTimeout(() => (before = ""), THEN_WITHIN);
  };

  const take = (event, keys) => {
    const command = find(keys);
    if (!command || (isTyping(event.composedPath()[0]) && !command.whileTyping)) return false;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) run(command);
    return true;
  };

  // The second key of a sequence comes here before a view can take it for a key of its own.
  const onSecond = (event) => {
    const stroke = before && strokeOf(event);
    if (!stroke) return;
    const keys = `${before} ${stroke}`;
    before = "";
    take(event, keys);
  };

  const onKey = (event) => {
    const stroke = event.defaultPrevented ? null : strokeOf(event);
    if (!stroke || take(event, stroke)) return;
    if (!event.repeat && !isTyping(event.composedPath()[0]) && begins(stroke)) wait(stroke);
  };

  document.addEventListener("keydown", onSecond, true);
  document.addEventListener("keydown", onKey);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("keydown", onSecond, true);
    document.removeEventListener("keydown", onKey);
  };
}

// --- how keys are written -----------------------------------------------------------------------------------------

const NAMES = {
  mod: () => (isMac ? "⌘" : t("Ctrl")),
  shift: () => (isMac ? "⇧" : t("Shift")),
  space: () => t("Space"),
  enter: () => t("Enter"),
  escape: () => t("Esc"),
  arrowup: () => "↑",
  arrowdown: () => "↓",
};

const nameOf = (key) => NAMES[key]?.() ?? key.toUpperCase();

// `g b` as [["G"], ["B"]], `mod+k` as [["Ctrl", "K"]].
export const written = (keys) => keys.split(" ").map((stroke) => stroke.split("+").map(nameOf));
