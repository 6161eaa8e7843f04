// How often a task comes back: a usual rhythm, or a rule in the words of RFC 5545.
import { h, ref } from "vue";

const { t } = window.tasktracker;
const RHYTHMS = [
  ["FREQ=DAILY", () => t("Every day")],
  ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", () => t("Every weekday")],
  ["FREQ=WEEKLY", () => t("Every week")],
  ["FREQ=WEEKLY;INTERVAL=2", () => t("Every 2 weeks")],
  ["FREQ=MONTHLY", () => t("Every month")],
  ["FREQ=MONTHLY;INTERVAL=3", () => t("Every 3 months")],
  ["FREQ=YEARLY", () => t("Every year")],
];
const OWN = "own";
const nameOf = (rule) => RHYTHMS.find(([each]) => each === rule)?.[1]();

// `words` tell the recurrence that is saved, in full; of another one its usual name or its rule are told.
export const repeatText = (value, saved, words) => {
  if (!value) return "";
  if (JSON.stringify(value) === JSON.stringify(saved)) return words;
  return nameOf(value.rule) ?? value.rule;
};

export const Repeat = {
  props: { name: String, value: Object, draft: String, version: Number },
  emits: ["update", "done", "begun"],
  setup(props, { emit }) {
    const { rule: before = "", from: anchor = "due" } = props.value ?? {};
    const [kind, rule, from] = [ref(!before || nameOf(before) ? before : OWN), ref(before), ref(anchor)];
    const tell = () => {
      const text = kind.value === OWN ? rule.value.trim() : kind.value;
      emit("update", text ? { rule: text, from: from.value } : null);
    };
    const put = (value, to) => {
      value.value = to;
      tell();
    };
    const onKeydown = (event) => {
      if (event.key !== "Enter" || event.target.tagName === "BUTTON") return;
      event.preventDefault();
      emit("done");
    };
    const choose = ({ target }) => {
      if (target.value === OWN && kind.value !== OWN) rule.value ||= kind.value || "FREQ=WEEKLY;BYDAY=MO";
      put(kind, target.value);
    };
    const option = (value, name) => h("option", { value, key: value, selected: value === kind.value }, name);
    const anchorChoice = (value, name) =>
      h("label", { class: "tt-repeat__from" }, [
        h("input", { type: "radio", name: "tt-repeat-from", value, checked: from.value === value, onChange: () => put(from, value) }),
        name,
      ]);
    const ownRule = () =>
      h("input", {
        ...{ class: "tt-input tt-repeat__rule", "aria-label": t("Rule"), value: rule.value, spellcheck: false, dir: "ltr" },
        ...{ placeholder: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "data-draft": props.draft, "data-draft-base": props.version },
        onDraftrebased: ({ detail }) => emit("begun", detail),
        onInput: ({ target }) => put(rule, target.value),
      });
    // A rule that was being written when the page went away.
    if (window.tasktracker.hasDraft(props.draft)) kind.value = OWN;
    return () =>
      h("div", { class: "tt-repeat", onKeydown }, [
        h("select", { class: "tt-input", "aria-label": t("How often"), "data-first": "", onChange: choose }, [
          option("", t("Never")),
          ...RHYTHMS.map(([value, name]) => option(value, name())),
          option(OWN, t("By a rule (RRULE)")),
        ]),
        kind.value === OWN ? ownRule() : null,
        kind.value
          ? h("fieldset", { class: "tt-repeat__anchor" }, [
              h("legend", { class: "tt-repeat__legend" }, t("Counted")),
              anchorChoice("due", t("From the due date")),
              anchorChoice("completion", t("From completion")),
            ])
          : null,
        h("div", { class: "tt-panel-foot" }, [
          h("span"),
          h("button", { class: "tt-button tt-button-primary", type: "button", onClick: () => emit("done") }, t("Save")),
        ]),
      ]);
  },
};
