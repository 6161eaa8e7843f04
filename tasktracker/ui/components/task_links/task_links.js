// The tasks that a task hangs together with: what it consists of, and how it stands to others.
import { h, nextTick, ref, shallowRef } from "vue";
import * as parts from "tasktracker-live-project/card_parts.js";

const { t, tn } = window.tasktracker;
const KINDS = {
  blocks: () => t("Blocks"),
  blocked_by: () => t("Blocked by"),
  duplicates: () => t("Duplicates"),
  duplicated_by: () => t("Duplicated by"),
  relates_to: () => t("Related to"),
};
const OFFERED = 40; // tasks that are offered while somebody types which one is meant

export default {
  props: {
    ...{ number: Number, projectKey: String, done: Number, total: Number, canEdit: Boolean },
    subtasks: { type: Array, default: () => [] },
    relations: { type: Array, default: () => [] },
  },
  emits: ["add", "describe", "relate", "unrelate"],
  setup(props, { emit }) {
    const [title, other, kind] = [ref(""), ref(""), ref("blocked_by")];
    const [isRelating, field] = [ref(false), shallowRef()];

    const nameOf = (card) => `${props.projectKey}-${card.number} ${card.title}`;
    // The tasks of the project whose name has what was typed in it.
    function fitting() {
      const cards = [...(window.tasktracker.view?.live.cards.values() ?? [])];
      const words = other.value.trim().toLocaleLowerCase();
      return cards.filter((card) => card.number !== props.number && nameOf(card).toLocaleLowerCase().includes(words));
    }

    function add(event) {
      event.preventDefault();
      if (!title.value.trim()) return;
      emit("add", title.value);
      title.value = "";
    }
    function relate(event) {
      event.preventDefault();
      const [wanted] = other.value.trim().split(/\s/);
      if (!wanted) return;
      const [card, ...more] = fitting();
      const named = card && !more.length ? `${props.projectKey}-${card.number}` : wanted; // words that fit one task only
      emit("relate", { kind: kind.value, ref: /^\d+$/.test(wanted) ? `${props.projectKey}-${wanted}` : named });
      other.value = "";
      isRelating.value = false;
    }
    async function begin() {
      isRelating.value = true;
      await nextTick();
      field.value?.focus();
    }
    const stop = (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      isRelating.value = false;
    };

    const row = (task, remove) =>
      h("li", { class: "tt-linked", key: (task.kind ?? "") + task.ref }, [
        h("a", { class: "tt-linked__link", href: `/t/${task.ref}` }, [
          parts.stateIcon(task.state),
          h("span", { class: "tt-id" }, task.ref),
          h("span", { class: ["tt-linked__title", { "tt-linked__title--over": ["done", "cancelled"].includes(task.state) }], dir: "auto" }, task.title),
        ]),
        remove,
      ]);
    const removal = (task) => {
      const name = t("Take back: {kind} {task}", { kind: KINDS[task.kind](), task: task.ref });
      const onClick = () => emit("unrelate", { kind: task.kind, ref: task.ref });
      return h("button", { class: "tt-file__remove", type: "button", "aria-label": name, title: name, onClick }, "×");
    };
    const section = (name, count, button, content) =>
      h("section", { class: "tt-links", "aria-label": name, key: name }, [
        h("div", { class: "tt-section-head" }, [h("h2", { class: "tt-section-title" }, [name, count]), button]),
        ...content,
      ]);

    const progress = () => {
      if (!props.total) return null;
      const words = tn("{done} of {n} done", "{done} of {n} done", props.total, { done: props.done });
      return h("span", { class: "tt-links__progress" }, [
        h("progress", { class: "tt-links__bar", value: props.done, max: props.total, "aria-label": words }),
        h("span", { "aria-hidden": "true" }, `${props.done}/${props.total}`),
      ]);
    };
    const describing = () => {
      const name = t("New subtask with all its fields");
      const attributes = { class: "tt-square tt-add", type: "button", "aria-label": name, title: name, "data-command": "new-subtask" };
      return props.canEdit ? h("button", { ...attributes, onClick: () => emit("describe") }, [parts.PLUS()]) : null;
    };
    const subtasks = () =>
      section(t("Subtasks"), progress(), describing(), [
        h("ul", { class: "tt-files__list" }, props.subtasks.map((task) => row(task, null))),
        props.canEdit
          ? h("form", { class: "tt-links__form", onSubmit: add }, [
              h("input", {
                ...{ class: "tt-links__field", placeholder: t("Add a subtask…"), "aria-label": t("New subtask"), maxlength: 300 },
                ...{ value: title.value, "data-draft": `${props.projectKey}-${props.number}:subtask` },
                onInput: ({ target }) => (title.value = target.value),
              }),
            ])
          : null,
      ]);

    const offered = () => fitting().slice(0, OFFERED).map((card) => h("option", { value: nameOf(card), key: card.number }));
    const form = () =>
      h("form", { class: "tt-links__form", onSubmit: relate, onKeydown: stop, key: "form" }, [
        h(
          "select",
          { class: "tt-input tt-links__kind", "aria-label": t("Kind of relation"), value: kind.value, onChange: ({ target }) => (kind.value = target.value) },
          Object.entries(KINDS).map(([value, name]) => h("option", { value, key: value }, name())),
        ),
        h("input", {
          ...{ class: "tt-input tt-links__other", ref: field, list: "tt-links-offered", value: other.value, required: true },
          ...{ placeholder: t("WEB-12, or words of its title"), "aria-label": t("The other task") },
          onInput: ({ target }) => (other.value = target.value),
        }),
        h("datalist", { id: "tt-links-offered" }, offered()),
        h("button", { class: "tt-button tt-button-primary", type: "submit" }, t("Relate")),
      ]);
    const relations = () => {
      const groups = Object.keys(KINDS).map((each) => [each, props.relations.filter((task) => task.kind === each)]);
      const lists = groups.filter(([, tasks]) => tasks.length).map(([each, tasks]) => [
        h("h3", { class: "tt-links__kind-name", key: `h${each}` }, KINDS[each]()),
        h("ul", { class: "tt-files__list", key: each }, tasks.map((task) => row(task, props.canEdit ? removal(task) : null))),
      ]);
      const button = props.canEdit && !isRelating.value ? h("button", { class: "tt-text-button", type: "button", onClick: begin }, t("Relate…")) : null;
      return section(t("Relations"), null, button, [...lists.flat(), isRelating.value ? form() : null]);
    };
    return () =>
      h("div", { class: "tt-task-links" }, [
        props.subtasks.length || props.canEdit ? subtasks() : null,
        props.relations.length || props.canEdit ? relations() : null,
      ]);
  },
};
