// One comment: what it says, who said it, how others answered; its author edits and deletes it.
import { h, nextTick, ref, shallowRef } from "vue";
import { CleanHtml } from "tasktracker-parts/clean_html.js";
import { afterAnswer } from "tasktracker-live-project/sending.js";
import { MarkdownEditor } from "tasktracker-writing/editor.js";
import { ReactionPicker, reactions } from "./reactions.js";
import { Revisions } from "./revisions.js";

const { t, ago, moment } = window.tasktracker;
const PATIENCE = 4_000; // ms with a connection that the server has to save a text

export const Comment = {
  props: { item: Object, taskRef: String, canComment: Boolean, now: Number },
  emits: ["edit", "delete", "tick", "react"],
  setup(props, { emit }) {
    const [text, mode, root] = [ref(""), shallowRef(""), shallowRef()]; // mode: "", editing, asking or revisions
    const isSaving = shallowRef(false);
    let saves = 0;
    const draft = () => `${props.taskRef}:comment:${props.item.id}`;
    const say = (event, more) => emit(event, { id: props.item.id, ...more });

    async function edit() {
      text.value = props.item.body;
      mode.value = "editing";
      await nextTick();
      root.value.querySelector("textarea")?.focus();
    }
    // The focus goes back to the button that it came from.
    async function shut() {
      mode.value = "";
      await nextTick();
      root.value?.querySelector(".tt-comment-edit-button")?.focus();
    }
    function cancel() {
      window.tasktrackerPutAside(draft());
      shut();
    }
    function save() {
      if (!text.value.trim()) return;
      say("edit", { body: text.value });
      isSaving.value = true;
      const mine = (saves += 1);
      afterAnswer(() => mine === saves && (isSaving.value = false), PATIENCE);
      shut();
    }
    function onKeydown(event) {
      if (event.isComposing) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
      else if (event.key === "Escape") cancel();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    const words = (name, onClick, more = {}) => h("button", { type: "button", class: "tt-text-button", onClick, key: name, ...more }, name);
    const toggle = (wanted) => () => (mode.value = mode.value === wanted ? "" : wanted);

    const own = () => {
      if (mode.value === "asking") {
        return [words(t("Delete for good"), () => say("delete"), { class: "tt-text-button tt-text-danger" }), words(t("Keep"), toggle(""))];
      }
      // A draft opens the field again, except one that is on its way to the server: unless that refused it.
      const opens = { class: "tt-text-button tt-comment-edit-button", "data-draft-opens": isSaving.value ? undefined : draft() };
      return [words(t("Edit"), edit, opens), words(t("Delete"), toggle("asking"))];
    };
    const actions = () => {
      if (!props.canComment || mode.value === "editing") return null;
      const onReact = (reaction) => say("react", reaction);
      return h("span", { class: "tt-comment-actions" }, [
        h(ReactionPicker, { given: props.item.reactions, onReact }),
        ...(props.item.own ? own() : []),
      ]);
    };
    const head = ({ author, at, edited }) =>
      h("div", { class: "tt-comment-head" }, [
        h("b", { dir: "auto" }, author),
        h("time", { datetime: at, title: moment(at) }, ago(at, props.now)),
        edited
          ? words(t("edited"), toggle("revisions"), { class: "tt-text-button tt-comment-edited", "aria-expanded": mode.value === "revisions", title: t("What it said before") })
          : null,
        actions(),
      ]);

    const form = () =>
      h("form", { onSubmit: (event) => event.preventDefault() || save(), key: "form" }, [
        h(MarkdownEditor, { projectKey: props.taskRef.split("-")[0] }, () =>
          h("textarea", {
            ...{ class: "tt-input tt-comment-edit", "aria-label": t("Edit your comment"), rows: 4, value: text.value },
            ...{ "data-draft": draft(), onKeydown, onInput: ({ target }) => (text.value = target.value) },
          }),
        ),
        h("div", { class: "tt-comment-foot" }, [
          h("button", { type: "button", class: "tt-button tt-button-quiet", onClick: cancel }, t("Cancel")),
          h("button", { type: "submit", class: "tt-button tt-button-primary" }, t("Save")),
        ]),
      ]);
    const body = ({ html, own: isOwn }) =>
      h(CleanHtml, { html, canTick: isOwn && props.canComment, onTick: (tick) => say("tick", tick), key: "text" });

    return () => {
      const { item } = props;
      const address = `/api/v1/tasks/${props.taskRef}/comments/${item.id}/history`;
      return h("div", { class: "tt-comment-body", ref: root }, [
        head(item),
        mode.value === "editing" ? form() : body(item),
        mode.value === "revisions" ? h(Revisions, { address, key: `revisions${item.body}` }) : null,
        reactions(item.reactions, { canReact: props.canComment, react: (emoji, wanted) => say("react", { emoji, wanted }) }),
      ]);
    };
  },
};
