// A title that is edited in its row: by F2 or a double click. Enter or leaving saves it, Escape takes it back.
import { h, nextTick, shallowRef, watch } from "vue";
import { elementOf } from "./card_focus.js";

const { t } = window.tasktracker;

const DOUBLE = 220; // ms that a click on a title waits for a second one before it opens the task

export function useTitleEdit({ live, view, root, open }) {
  const editing = shallowRef(null); // the number of the task whose title is edited
  let [opening, saved] = [null, null];

  const draftOf = (number) => `${view.key}:${number}:title-in-row`;

  async function begin(number) {
    if (!view.canEdit() || !live.cards.has(number)) return;
    editing.value = number;
    await nextTick();
    const field = elementOf(root.value, number)?.querySelector("input");
    field?.focus();
    field?.select();
  }

  async function end(number, title, { back = true } = {}) {
    if (editing.value !== number) return;
    editing.value = null;
    const text = title?.trim();
    if (text && text !== live.cards.get(number)?.title) {
      saved = { number, text, title };
      view.edit([number], { title: text });
    } else {
      window.tasktrackerForgetDraft?.(draftOf(number));
    }
    await nextTick();
    if (back) elementOf(root.value, number)?.focus();
  }

  // The draft is kept until the project says that the title is what was typed.
  watch(live.lists, () => {
    if (saved && live.cards.get(saved.number)?.title === saved.text)
      window.tasktrackerDraftSaved?.(draftOf(saved.number), saved.title);
  });

  function field(card) {
    const onKeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter") end(card.number, event.target.value);
      else if (event.key === "Escape") end(card.number);
      else return;
      event.preventDefault();
    };
    const onBlur = ({ target }) => end(card.number, target.value, { back: false });
    const attributes = {
      class: "tt-title-field",
      "aria-label": t("Title"),
      maxlength: 300,
      dir: "auto",
      value: card.title,
    };
    return h("input", { ...attributes, "data-draft": draftOf(card.number), onKeydown, onBlur });
  }

  function flush() {
    clearTimeout(opening?.timer);
    if (opening) open(opening.number);
    opening = null;
  }

  // Whether a click was about a title: the second of two edits it, a single one opens the task a moment later.
  function onClick(event) {
    if (event.target.closest(".tt-title-field")) return true;
    const title = event.target.closest("[data-title]");
    const number = Number(title?.closest("[data-number]")?.dataset.number);
    if (opening && opening.number === number) {
      clearTimeout(opening.timer);
      opening = null;
      begin(number);
      return true;
    }
    flush();
    if (!number || !view.canEdit() || !event.detail) return false;
    opening = { number, timer: setTimeout(flush, DOUBLE) };
    return true;
  }

  return { editing, begin, field, onClick };
}
