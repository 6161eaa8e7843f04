// What could stand at the cursor of a filter, asked of the server while it is written.
import { shallowRef } from "vue";
import { fetchJson } from "tasktracker-live-project/fetching.js";
import { charactersBefore } from "./characters.js";

const PAUSE = 60; // ms
const NOTHING = { start: 0, end: 0, options: [] };

export function useCompletion(key) {
  const found = shallowRef(NOTHING);
  const active = shallowRef(-1); // the option that Enter would take
  let [timer, asking] = [0, null];
  let [asked, known] = [null, null]; // what options are wanted for, and what those that are shown are for
  let isMoved = false; // the mark, while newer options are awaited

  function ask(text, cursor) {
    clearTimeout(timer);
    [asked, isMoved] = [spotOf(text, cursor), false];
    timer = setTimeout(() => load(text, cursor), PAUSE);
  }

  async function load(text, cursor) {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams({ text, cursor: charactersBefore(text, cursor), project: key });
    try {
      take(await fetchJson(`/api/v1/filter:complete?${query}`, { signal: asking.signal }));
      known = spotOf(text, cursor);
    } catch (error) {
      if (error.name !== "AbortError") clear(); // nothing to offer is no reason to disturb who is writing
    }
  }

  // The option that somebody has marked stays so in a list that was renewed meanwhile, if it is still there. Who went
  // down faster than the list came, is at its first option then.
  function take(next) {
    const { start, end, options } = found.value;
    const marked = options[active.value];
    const index = next.options.findIndex((each) => each.text === marked?.text && each.kind === marked.kind);
    active.value = index < 0 && isMoved && next.options.length ? 0 : index;
    const isSame = JSON.stringify(next.options) === JSON.stringify(options);
    if (!isSame || next.start !== start || next.end !== end) {
      found.value = { ...next, options: isSame ? options : next.options };
    }
  }

  // The same option, for a text that has grown since it was offered; nothing if it no longer fits there.
  async function renewed(option, text, cursor) {
    if (spotOf(text, cursor) === known) return option;
    clearTimeout(timer);
    await load(text, cursor);
    return found.value.options.find((each) => each.text === option.text);
  }

  function clear() {
    clearTimeout(timer);
    asking?.abort();
    [asked, known] = [null, null];
    found.value = NOTHING;
    active.value = -1;
  }

  function move(step) {
    const { length } = found.value.options;
    isMoved = asked !== known;
    if (length) active.value = (active.value + step + length + (active.value < 0 && step < 0 ? 1 : 0)) % length;
  }

  return { found, active, ask, renewed, clear, move };
}

const spotOf = (text, cursor) => `${cursor} ${text}`;
