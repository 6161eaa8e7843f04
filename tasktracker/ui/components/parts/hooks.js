// What components do for as long as they are on a page, and with the keys that lead through their buttons.
import { onBeforeUnmount, onMounted } from "vue";

// Call `look` whenever the connection is back.
export function onConnectedAgain(look) {
  onMounted(async () => {
    await Promise.resolve(); // the page opens its socket right after its components are mounted
    window.socket?.io.on("reconnect", look);
  });
  onBeforeUnmount(() => window.socket?.io.off("reconnect", look));
}

// Call `look` whenever the page comes to be seen, or is not seen any more.
export function onSeenAgain(look) {
  onMounted(() => document.addEventListener("visibilitychange", look));
  onBeforeUnmount(() => document.removeEventListener("visibilitychange", look));
}

// Call `leave(target)` whenever somebody presses anything that is not in the element of `root`.
export function onPressedElsewhere(root, leave) {
  const look = ({ target }) => root.value && !root.value.contains(target) && leave(target);
  onMounted(() => document.addEventListener("pointerdown", look, true));
  onBeforeUnmount(() => document.removeEventListener("pointerdown", look, true));
}

// The focus goes so many buttons on, from the last one to the first.
export function walk(buttons, step) {
  const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
  next?.focus();
}
