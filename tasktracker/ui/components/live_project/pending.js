// Changes that this tab has asked for, drawn before the server has answered.
import { shallowRef, watch } from "vue";
import { afterAnswer } from "./sending.js";

const ANSWER_WITHIN = 4_000; // ms with a connection: what nobody has granted by then is drawn as it is in truth

// `cards()` gives the live cards as they are to be drawn; `ask(number, fields)` draws and emits a change.
export function usePending(live, view) {
  const asked = shallowRef(new Map()); // number -> {fields, version}

  function forget(number, change) {
    if (asked.value.get(number) !== change) return;
    const next = new Map(asked.value);
    next.delete(number);
    asked.value = next;
  }

  function ask(number, fields) {
    const change = { fields, version: live.cards.get(number).version };
    asked.value = new Map(asked.value).set(number, change);
    view.edit([number], fields);
    afterAnswer(() => forget(number, change), ANSWER_WITHIN);
  }

  watch(live.lists, () => {
    for (const [number, change] of asked.value) {
      if (!(live.cards.get(number)?.version <= change.version)) forget(number, change);
    }
  });

  const drawn = (card) => ({ ...card, ...asked.value.get(card.number)?.fields });
  const cards = () => [...live.lists.value.values()].flat().map((card) => (asked.value.has(card.number) ? drawn(card) : card));
  return { cards, ask };
}
