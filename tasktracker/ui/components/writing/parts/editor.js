// Where Markdown is written: a bar of buttons above a text field, completion in it, and what it is going to look like.
// The field is whatever textarea is in the slot.
import { h, nextTick, onBeforeUnmount, onMounted, shallowRef } from "vue";
import { fetchJson, reasonOf } from "tasktracker-live-project/fetching.js";
import { isMac, strokeOf, written } from "tasktracker-commands/keys.js";
import { CleanHtml } from "tasktracker-parts/clean_html.js";
import { walk } from "tasktracker-parts/hooks.js";
import { icon } from "tasktracker-parts/icons.js";
import { useCompletion } from "./completion.js";
import * as edits from "./edits.js";
import { put } from "./field.js";
import { indented, nextItem } from "./lists.js";

const { t } = window.tasktracker;

// What the buttons do, with their keys: those of ui/commands.py.
const BUTTONS = [
  { id: "heading", icon: "title", name: () => t("Heading"), keys: "mod+shift+1", does: edits.heading },
  { id: "bold", icon: "format_bold", name: () => t("Bold"), keys: "mod+b", does: (edit) => edits.wrapped(edit, "**") },
  { id: "italic", icon: "format_italic", name: () => t("Italic"), keys: "mod+i", does: edits.italic },
  { id: "code", icon: "code", name: () => t("Code"), keys: "mod+e", does: edits.code },
  { id: "link", icon: "link", name: () => t("Link"), keys: "mod+shift+l", does: edits.link },
  { id: "quote", icon: "format_quote", name: () => t("Quote"), keys: "mod+shift+.", does: edits.quote },
  { id: "bullets", icon: "format_list_bulleted", name: () => t("Bullet list"), keys: "mod+shift+8", does: (edit) => edits.list(edit, "bullets") },
  { id: "numbers", icon: "format_list_numbered", name: () => t("Numbered list"), keys: "mod+shift+7", does: (edit) => edits.list(edit, "numbers") },
  { id: "checklist", icon: "checklist", name: () => t("Checklist"), keys: "mod+shift+9", does: (edit) => edits.list(edit, "checklist") },
];
const SIGNS = { Digit1: "1", Digit7: "7", Digit8: "8", Digit9: "9", Period: "." }; // whatever Shift makes of them

const keyed = ({ name, keys }) => t("{name} ({keys})", { name: name(), keys: written(keys)[0].join(isMac ? "" : "+") });

function buttonFor(event) {
  const stroke = strokeOf(event);
  const sign = event.shiftKey && stroke?.startsWith("mod+") && SIGNS[event.code];
  const keys = sign ? `mod+shift+${sign}` : stroke;
  return BUTTONS.find((button) => button.keys === keys);
}

export const MarkdownEditor = {
  props: { projectKey: String },
  setup(props, { slots }) {
    const [root, shown, at] = [shallowRef(), shallowRef(null), shallowRef(0)]; // `shown` is the preview
    const field = () => root.value?.querySelector("textarea");
    const completion = useCompletion(field, props.projectKey);
    const edit = () => ({ value: field().value, start: field().selectionStart, end: field().selectionEnd });
    const isField = ({ target }) => target.tagName === "TEXTAREA";

    function apply(made) {
      if (made) put(field(), made);
      return Boolean(made);
    }

    // --- keys -----------------------------------------------------------------------------------------------------

    function handled(event) {
      if (completion.pressed(event)) return true;
      const button = buttonFor(event);
      if (button) return apply(button.does(edit()));
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      if (event.key === "Enter" && !event.shiftKey) return apply(nextItem(edit()));
      return event.key === "Tab" && apply(indented(edit(), event.shiftKey ? -1 : 1));
    }

    // Before whoever else listens to the field: Escape shuts the list, not the dialog.
    function onKeydownCapture(event) {
      if (!isField(event) || event.isComposing || event.keyCode === 229 || !handled(event)) return;
      event.preventDefault();
      event.stopPropagation();
    }

    function onPaste(event) {
      if (!isField(event) || event.clipboardData.files.length) return;
      if (apply(edits.pastedLink(edit(), event.clipboardData.getData("text/plain")))) event.preventDefault();
    }

    // --- preview --------------------------------------------------------------------------------------------------

    let watching = 0; // only while a preview is shown

    async function preview() {
      const text = field().value;
      watching ||= setInterval(keepUp, 250);
      shown.value = { text, html: shown.value?.html ?? "", problem: "" };
      const answer = await fetchJson("/api/v1/markdown", { method: "POST", body: { text } }).catch((error) => ({ error }));
      if (shown.value?.text !== text) return;
      const problem = answer.error ? reasonOf(answer.error) : "";
      shown.value = { text, html: answer.html ?? "", problem };
    }

    function hide() {
      clearInterval(watching);
      [watching, shown.value] = [0, null];
    }
    async function write() {
      hide();
      await nextTick();
      field().focus();
    }

    // A text that has been sent meanwhile leaves the field without a word.
    function keepUp() {
      if (!field() || field().value === shown.value.text) return;
      if (field().value) preview();
      else hide();
    }
    onMounted(() => {
      const element = field();
      element?.setAttribute("aria-autocomplete", "list");
      element?.setAttribute("aria-haspopup", "listbox");
    });
    onBeforeUnmount(() => clearInterval(watching));

    // --- drawing --------------------------------------------------------------------------------------------------

    const buttons = () => [...root.value.querySelectorAll(".tt-writing__bar button:not(:disabled)")];

    // One stop for Tab; arrow keys walk.
    function onBarKeydown(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      walk(buttons(), document.documentElement.dir === "rtl" ? -step : step);
      event.preventDefault();
    }
    const onBarFocus = ({ target }) => (at.value = Number(target.dataset.index));
    const stay = (event) => event.preventDefault(); // the selection is what the button is for

    const tabindex = (index) => (index === (shown.value ? BUTTONS.length : at.value) ? 0 : -1);
    const button = (each, index) =>
      h("button", {
        ...{ type: "button", class: "tt-square tt-writing__button", "aria-label": each.name(), title: keyed(each), key: each.id },
        ...{ tabindex: tabindex(index), "data-index": index, disabled: Boolean(shown.value) },
        ...{ onMousedown: stay, onClick: () => apply(each.does(edit())) },
      }, [icon(each.icon)]);
    const toggle = () =>
      h("button", {
        ...{ type: "button", class: "tt-square tt-writing__preview-button", "aria-pressed": Boolean(shown.value), key: "preview" },
        ...{ tabindex: tabindex(BUTTONS.length), "data-index": BUTTONS.length, onClick: () => (shown.value ? write() : preview()) },
        ...{ "aria-label": t("Preview"), title: t("Preview") },
      }, [icon("visibility"), h("span", t("Preview"))]);

    const previewed = () => {
      const { html, problem, text } = shown.value;
      const words = problem || (text.trim() ? "" : t("Nothing is written yet."));
      return h("div", { class: "tt-writing__preview", role: "region", "aria-label": t("Preview"), tabindex: 0, key: "preview" }, [
        words ? h("p", { class: problem ? "tt-problem" : "tt-quiet", role: "status" }, words) : h(CleanHtml, { html }),
      ]);
    };

    return () =>
      h("div", { class: "tt-writing", ref: root, onKeydownCapture, onPaste, onInput: (event) => isField(event) && completion.look(), onFocusout: (event) => isField(event) && completion.close() }, [
        h("div", { class: "tt-writing__text", hidden: Boolean(shown.value), key: "text" }, slots.default?.()),
        shown.value ? previewed() : null,
        // Above the field for the eye, behind it for the keyboard: Tab leads from a title into the text.
        h("div", { class: "tt-writing__bar", role: "toolbar", "aria-label": t("Formatting"), onKeydown: onBarKeydown, onFocusin: onBarFocus }, [
          ...BUTTONS.map(button),
          toggle(),
        ]),
        ...completion.draw(),
      ]);
  },
};
