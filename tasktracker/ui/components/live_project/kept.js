// What the browser keeps of how somebody likes a page.
import { shallowRef } from "vue";

export function readKept(name, usual) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? usual;
  } catch {
    return usual;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}

// Which groups, columns or lanes are shut: a ref of a set, `ids`, and `toggle(id)`.
export function useShut(name) {
  const ids = shallowRef(new Set(readKept(name, [])));
  function toggle(id) {
    const next = new Set(ids.value);
    if (!next.delete(id)) next.add(id);
    ids.value = next;
    keep(name, [...next]);
  }
  return { ids, toggle };
}
