// What could stand at the cursor of a filter, asked of the server while it is written.
import { shallowRef } from "vue";
import { fetchJson } from "tasktracker-live-project/fetching.js";
import { charactersBefore } from "./terms.js";

const PAUSE = 60; // ms

export function useCompletion(key) {
  const found = shallowRef({ start: 0, end: 0, options: [] });
  const active = shallowRef(-1); // the option that Enter would take
  let [timer, asking, known] = [0, null, null]; // `known`: the text that the options are for

  function ask(text, cursor) {
    clearTimeout(timer);
    timer = setTimeout(() => load(text, cursor), PAUSE);
  }

  async function load(text, cursor) {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams({ text, cursor: charactersBefore(text, cursor), project: key });
    try {
      found.value = await fetchJson(`/api/v1/filter:complete?${query}`, { signal: asking.signal });
      active.value = -1;
      known = text;
    } catch (error) {
      if (error.name !== "AbortError") clear(); // nothing to offer is no reason to disturb who is writing
    }
  }

  // The same option, for a text that has grown since it was offered; nothing if it no longer fits there.
  async function renewed(option, text, cursor) {
    if (text === known) return option;
    clearTimeout(timer);
    await load(text, cursor);
    return found.value.options.find((each) => each.text === option.text);
  }

  function clear() {
    clearTimeout(timer);
    found.value = { start: 0, end: 0, options: [] };
    active.value = -1;
  }

  function move(step) {
    const { length } = found.value.options;
    if (length) active.value = (active.value + step + length + (active.value < 0 && step < 0 ? 1 : 0)) % length;
  }

  return { found, active, ask, renewed, clear, move };
}
