// Two people have changed the same: what it was, what one has made of it oneself, and what the other has. Texts stand side
// by side with what differs marked, and can be put together in a field below.
import { computed, h, nextTick, ref, shallowReactive, shallowRef, watch } from "vue";

const { t } = window.tasktracker;
const TAGS = { same: "span", new: "ins", gone: "del" };

export default {
  props: { told: String, choices: { type: Array, default: () => [] }, draft: String },
  emits: ["keep", "take", "merge"],
  setup(props, { emit, expose }) {
    const together = shallowReactive({}); // by field: {text, offered}, what is to take the place of both, and was at first
    const [root, waits] = [shallowRef(), ref(false)]; // `waits` until the server has answered
    const isOpen = computed(() => props.choices.length > 0);
    const draftOf = ({ field }) => `${props.draft}:${field}`;
    const forget = (choice) => window.tasktrackerForgetDraft(draftOf(choice));

    // What somebody has made of it stays as long as it is made of the same.
    function offer({ field, merged }) {
      if (together[field]?.offered !== merged) together[field] = { text: merged, offered: merged };
    }

    watch(
      () => props.choices,
      async (choices) => {
        if (!choices.length) Object.keys(together).forEach((field) => delete together[field]);
        choices.filter((choice) => "merged" in choice).forEach(offer);
        await nextTick();
        root.value?.scrollIntoView({ block: "nearest" });
      },
      { immediate: true },
    );

    function decide(how) {
      if (waits.value) return;
      waits.value = true;
      if (how !== "merge") props.choices.forEach(forget);
      emit(how, how === "merge" ? bothValues() : undefined);
    }
    expose({ settle: () => (waits.value = false) });
    const bothValues = () =>
      Object.fromEntries(props.choices.filter(canBoth).map((each) => [each.field, "merged" in each ? together[each.field].text : each.both]));
    const canBoth = (choice) => "merged" in choice || "both" in choice;

    const pane = (name, content, kind) =>
      h("div", { class: ["tt-conflict-side", `tt-conflict-side--${kind}`], key: kind }, [
        h("h4", { class: "tt-field-label" }, name),
        h("div", { class: "tt-conflict-content", dir: "auto", tabindex: 0, role: "group", "aria-label": name }, content),
      ]);
    const marked = (pieces) => {
      if (!pieces.length) return h("span", { class: "tt-quiet" }, t("(empty)"));
      return pieces.map(({ kind, text }, index) => h(TAGS[kind], { key: index }, text));
    };
    const field = (choice) => {
      const name = t("{field}, both together", { field: choice.name });
      const attributes = {
        ...{ class: "tt-input tt-conflict-merged", "aria-label": name, dir: "auto", rows: choice.long ? 6 : 2 },
        ...{ value: together[choice.field]?.text, "data-draft": draftOf(choice), readonly: waits.value },
        onInput: ({ target }) => (together[choice.field] = { text: target.value, offered: choice.merged }),
      };
      return h("div", { class: "tt-conflict-side" }, [
        h("h4", { class: "tt-field-label" }, t("Both together")),
        h("textarea", attributes),
        choice.clean ? null : h("p", { class: "tt-quiet" }, t("Both have changed the same lines: yours come first, theirs after them.")),
      ]);
    };
    const texts = (choice) => [
      h("div", { class: "tt-conflict-sides" }, [
        pane(t("Yours"), marked(choice.pieces.yours), "yours"),
        pane(t("Theirs"), marked(choice.pieces.theirs), "theirs"),
      ]),
      field(choice),
    ];
    const values = ({ words }) => {
      const rows = [["base", t("Before")], ["yours", t("Yours")], ["theirs", t("Theirs")], ["both", t("Both together")]];
      return h(
        "dl",
        { class: "tt-conflict-values" },
        rows.filter(([side]) => side in words).map(([side, name]) =>
          h("div", { class: "tt-conflict-value", key: side }, [h("dt", name), h("dd", { dir: "auto" }, words[side] || t("None"))]),
        ),
      );
    };
    const choice = (each) =>
      h("section", { class: "tt-conflict-field", key: each.field, "aria-label": each.name }, [
        h("h3", { class: "tt-conflict-name", dir: "auto" }, each.name),
        "merged" in each ? texts(each) : values(each),
      ]);
    const button = (how, name, kind) =>
      h("button", { class: ["tt-button", `tt-button-${kind}`], type: "button", "aria-disabled": waits.value, onClick: () => decide(how) }, name);

    return () => {
      const told = h("p", { class: "tt-conflict-text", role: "alert" }, isOpen.value ? props.told : "");
      if (!isOpen.value) return h("div", [told]);
      return h("div", { class: "tt-conflict", ref: root, role: "group", "aria-label": t("Two changes of the same") }, [
        told,
        h("div", { class: "tt-conflict-fields" }, props.choices.map(choice)),
        h("div", { class: "tt-conflict-actions" }, [
          button("keep", t("Keep mine"), "plain"),
          button("take", t("Take theirs"), "plain"),
          props.choices.some(canBoth) ? button("merge", t("Save both"), "primary") : null,
        ]),
      ]);
    };
  },
};
