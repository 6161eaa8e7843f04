// Which groups are shut, and a choice, kept in the browser where it lets us.
import { shallowRef } from "vue";

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}

export function useCollapsed(key) {
  const ids = shallowRef(new Set(read(key, [])));
  function toggle(id) {
    const next = new Set(ids.value);
    if (!next.delete(id)) next.add(id);
    ids.value = next;
    write(key, [...next]);
  }
  return { ids, toggle };
}

// One of `choices`, the first unless another was chosen before.
export function useChoice(key, choices) {
  const known = read(key, choices[0]);
  const chosen = shallowRef(choices.includes(known) ? known : choices[0]);
  function choose(value) {
    chosen.value = value;
    write(key, value);
  }
  return { chosen, choose };
}
