// A task as it was: the slider over its life, and below it what the task said then, with a way to take it back.
import { CleanHtml } from "tasktracker-parts/clean_html.js";
import { h } from "vue";
import { TimeSlider } from "tasktracker-parts/time_slider.js";

const { t } = window.tasktracker;

export default {
  props: { step: Object, picture: Object, taskRef: String, canEdit: Boolean },
  emits: ["go", "leave", "restore"],
  setup(props, { emit }) {
    const restore = (field, label) =>
      props.canEdit &&
      h(
        "button",
        {
          ...{ type: "button", class: "tt-text-button", onClick: () => emit("restore", { field }) },
          "aria-label": t("Restore {field}", { field: label }),
        },
        t("Restore"),
      );
    const text = (field, label, content) => {
      const isChanged = props.picture.changed.includes(field);
      return h("div", { class: ["tt-then", { "tt-then--changed": isChanged }] }, [
        content,
        isChanged && restore(field, label),
      ]);
    };
    const row = ({ name, label, then, now, changed }) =>
      h("div", { class: ["tt-then__row", { "tt-then--changed": changed }], key: name }, [
        h("dt", label),
        h("dd", [
          h("span", { class: "tt-then__value", dir: "auto" }, then),
          changed && h("span", { class: "tt-then__now" }, [t("now {value}", { value: now })]),
          changed && restore(name, label),
        ]),
      ]);
    const empty = () => h("p", { class: "tt-quiet" }, t("No description yet."));
    return () => {
      const { title, html, fields } = props.picture;
      return h("section", { class: "tt-past", "aria-label": t("{task} as it was", { task: props.taskRef }) }, [
        h(TimeSlider, {
          step: props.step,
          name: t("Moment in the life of {task}", { task: props.taskRef }),
          onGo: (where) => emit("go", where),
          onLeave: () => emit("leave"),
        }),
        h("div", { class: "tt-past__task" }, [
          h("div", { class: "tt-past__main" }, [
            text("title", t("Title"), h("h2", { class: "tt-past__title", dir: "auto" }, title)),
            text("description", t("Description"), html ? h(CleanHtml, { html }) : empty()),
          ]),
          h("dl", { class: "tt-past__fields" }, fields.map(row)),
        ]),
      ]);
    };
  },
};
