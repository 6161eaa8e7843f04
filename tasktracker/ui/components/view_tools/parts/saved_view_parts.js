// A saved view in the menu, and the form in which a new one gets its name.
import { h, nextTick, shallowRef } from "vue";
import { STAR } from "tasktracker-live-project/star.js";
import { BIN, PENCIL } from "./icons.js";

const { t } = window.tasktracker;

export function viewRow(each, { doing, edit, remove, star, mine, isHere }) {
  const what = doing.value?.id === each.id ? doing.value.what : null;
  const item = (inside) => h("li", { class: "tt-views__item", key: each.id }, inside);
  const keep = () => (doing.value = null);
  if (what === "rename") return item([h(nameField, { each, edit, keep })]);
  if (what === "delete") {
    return item([
      h("span", { class: "tt-views__name", dir: "auto" }, t("Delete “{name}”?", { name: each.name })),
      h("button", { class: "tt-text-button tt-text-danger", type: "button", onClick: () => remove(each) }, t("Delete")),
      h("button", { class: "tt-text-button", type: "button", onClick: keep }, t("Keep")),
    ]);
  }
  const tool = (name, icon, does) =>
    h("button", { class: "tt-square tt-mini", type: "button", "aria-label": name, title: name, onClick: does }, [icon()]);
  const begin = (deed) => () => (doing.value = { id: each.id, what: deed });
  const link = { class: "tt-views__link", href: `/views/${each.id}`, "aria-current": isHere ? "page" : undefined };
  return item([
    h("a", link, [
      h("span", { class: "tt-views__name", dir: "auto" }, each.name),
      h("span", { class: "tt-views__query", dir: "auto" }, each.query),
    ]),
    tool(
      each.is_starred
        ? t("Take “{name}” out of the sidebar", { name: each.name })
        : t("Put “{name}” into the sidebar", { name: each.name }),
      () => STAR(each.is_starred),
      () => star(each),
    ),
    tool(t("Rename “{name}”", { name: each.name }), PENCIL, begin("rename")),
    tool(t("Delete “{name}”", { name: each.name }), BIN, begin("delete")),
    mine || !each.is_shared ? null : h("span", { class: "tt-sr-only" }, t("by somebody else")),
  ]);
}

const nameField = {
  props: ["each", "edit", "keep"],
  setup({ each, edit, keep }) {
    const save = async (event) => {
      event.preventDefault();
      const field = event.target.elements.name;
      const typed = field.value;
      const name = typed.trim();
      if (!name || !(await edit(each, { name }))) return;
      window.tasktrackerDraftSaved?.(field.dataset.draft, typed);
      keep();
    };
    const onKeydown = (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      keep();
    };
    const ready = (field) => field && nextTick(() => document.activeElement !== field && field.focus());
    return () =>
      h("form", { class: "tt-views__form", onSubmit: save, onKeydown }, [
        h("input", {
          class: "tt-panel__field",
          name: "name",
          value: each.name,
          maxlength: 100,
          "aria-label": t("Name of the view"),
          "data-draft": `view:${each.id}:name`,
          ref: ready,
        }),
        h("button", { class: "tt-text-button", type: "submit" }, t("Rename")),
      ]);
  },
};

export const saveForm = {
  props: ["save", "busy"],
  setup(props) {
    const [isShared, isEverywhere] = [shallowRef(false), shallowRef(false)];
    const check = (state, words) =>
      h("label", { class: "tt-panel__check" }, [
        h("input", {
          type: "checkbox",
          checked: state.value,
          onChange: ({ target }) => (state.value = target.checked),
        }),
        words,
      ]);
    const submit = async (event) => {
      event.preventDefault();
      const field = event.target.elements.name;
      const typed = field.value;
      if (
        props.busy ||
        !typed.trim() ||
        !(await props.save(typed.trim(), isShared.value, isEverywhere.value))
      )
        return;
      window.tasktrackerDraftSent?.(field.dataset.draft, typed);
    };
    return () =>
      h("form", { class: "tt-views__new", onSubmit: submit }, [
        h("h2", { class: "tt-panel__heading" }, t("Save what is shown now")),
        h("div", { class: "tt-views__form" }, [
          h("input", {
            class: "tt-panel__field",
            name: "name",
            maxlength: 100,
            placeholder: t("Name"),
            "aria-label": t("Name of the new view"),
            "data-draft": "view:new:name",
          }),
          h("button", { class: "tt-button tt-button-primary", type: "submit", "aria-disabled": props.busy }, t("Save")),
        ]),
        check(isShared, isEverywhere.value ? t("Share with the workspace") : t("Share with everybody in the project")),
        check(isEverywhere, t("Show tasks of all projects, as a table")),
      ]);
  },
};
