// What the server understands of a text that is being typed. Answers may come late, or never: only the one to the last
// question counts, and nothing waits for it.
import { onBeforeUnmount, shallowRef } from "vue";

const PAUSE = 150; // ms after the last key

export const NOTHING = { lines: [], problem: "" };

// `ask(turn, text)` puts the question; the answer comes by `answered(turn, reading)`.
export function useReading(ask) {
  const reading = shallowRef(NOTHING);
  let [turn, timer] = [0, 0];

  function read(text, pause = PAUSE) {
    clearTimeout(timer);
    turn += 1;
    if (!text.trim()) reading.value = NOTHING;
    const mine = turn;
    timer = setTimeout(() => ask(mine, text), pause);
  }

  function answered(to, found) {
    if (to === turn) reading.value = found;
  }

  onBeforeUnmount(() => clearTimeout(timer));
  return { reading, read, answered };
}
