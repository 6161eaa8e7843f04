// What a view says while there is nothing to draw: what would stand there, and how to begin.
import { h } from "vue";

const { t } = window.tasktracker;

// With `over`, it stands before what the view draws anyway. The button is the page's own: a command presses it, too.
export function lesson({ title, text, mayCreate = false, over = false }) {
  const begin = () => document.querySelector('[data-command="new-task"]')?.click();
  return h("div", { class: ["tt-lesson", { "tt-lesson--over": over }], key: "lesson" }, [
    h("p", { class: "tt-lesson__title" }, title),
    h("p", { class: "tt-lesson__text" }, text),
    mayCreate
      ? h("button", { class: "tt-button tt-button-primary", type: "button", onClick: begin }, t("New task"))
      : null,
  ]);
}

// Of a project without a single task.
export const firstTask = (mayCreate, over = false) =>
  lesson({
    title: t("No tasks yet"),
    text: mayCreate
      ? t("Write down what needs to be done, and move it along as it gets on. Whoever has this page open sees it at once.")
      : t("What others write down here shows at once, without a reload."),
    mayCreate,
    over,
  });
