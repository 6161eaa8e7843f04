// A value that is written: a field that looks like text until it has the focus. Saved by Enter and when the focus leaves.
import { h, shallowRef } from "vue";

const { t } = window.tasktracker;
const READ = {
  number: (text) => (Number.isFinite(Number(text.replace(",", "."))) ? Number(text.replace(",", ".")) : text),
  parent: (text) => text.toUpperCase(),
};
const shownAs = (value) => (value === null || value === undefined ? "" : String(value));

export const Typed = {
  props: {
    ...{ id: String, labelId: String, kind: String, value: [String, Number], placeholder: String, draft: String },
    ...{ version: Number, canEdit: Boolean, problemId: String, offered: Array, limit: Number },
  },
  emits: ["enter", "giveUp"],
  setup(props, { emit }) {
    const text = shallowRef(null); // what is being typed; null while nothing is
    let begun = null; // the version that was shown when it began

    function enter() {
      if (text.value === null) return;
      const [typed, based] = [text.value.trim(), begun];
      [text.value, begun] = [null, null];
      emit("enter", typed ? (READ[props.kind]?.(typed) ?? typed) : null, based);
    }
    function onKeydown(event) {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        enter();
      } else if (event.key === "Escape" && (text.value !== null || props.problemId)) {
        event.stopPropagation();
        [text.value, begun] = [null, null];
        emit("giveUp");
      }
    }
    const field = () =>
      h("input", {
        ...{ class: "tt-property-field", id: props.id, "aria-labelledby": props.labelId, type: "text", autocomplete: "off" },
        ...{ value: text.value ?? shownAs(props.value), placeholder: props.placeholder, readonly: !props.canEdit },
        ...{ inputmode: props.kind === "number" ? "decimal" : props.kind === "url" ? "url" : undefined, dir: "auto" },
        ...{ "aria-invalid": props.problemId ? "true" : undefined, "aria-describedby": props.problemId, maxlength: props.limit },
        ...{ "data-draft": props.draft, "data-draft-base": begun ?? props.version, list: props.offered && `${props.id}-offered` },
        onDraftrebased: ({ detail }) => (begun = detail),
        onInput: ({ target }) => {
          begun ??= props.version;
          text.value = target.value;
        },
        onBlur: enter,
        onKeydown,
      });
    const isAddress = () => props.kind === "url" && /^https?:\/\//i.test(props.value ?? "");
    return () => [
      field(),
      isAddress()
        ? h("a", { class: "tt-property-open", href: props.value, target: "_blank", rel: "noopener noreferrer nofollow", "aria-label": t("Open {address}", { address: props.value }) }, "↗")
        : null,
      props.offered ? h("datalist", { id: `${props.id}-offered` }, props.offered.map(({ value, name }) => h("option", { value, key: value }, name))) : null,
    ];
  },
};
