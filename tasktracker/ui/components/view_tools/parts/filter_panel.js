// What hangs below the line of the filter: what is wrong with it, the usual filters, and what could be written next.
import { h } from "vue";
import { hasTerm, toggledTerm } from "./terms.js";

const { t, told } = window.tasktracker;

const QUICK = [
  ["assignee:me", () => t("Mine")],
  ["is:open", () => t("Not done")],
  ["is:overdue", () => t("Overdue")],
  ["due:this-week", () => t("Due this week")],
  ["assignee:none", () => t("No assignee")],
];
const BEGUN = [
  ["label:", () => t("Label…")],
  ["assignee:", () => t("Person…")],
];
const KINDS = {
  field: () => t("field"),
  keyword: () => t("word between two filters"),
  word: () => "",
  person: () => t("person"),
  label: () => t("label"),
  column: () => t("column"),
  project: () => t("project"),
  date: () => t("date"),
};

export function panelOf({ text, problem, completion, isOpen, take, takeSuggestion, put, apply }) {
  const options = isOpen ? completion.found.value.options : [];
  return h("div", { class: "tt-filter__panel" }, [
    problem ? problemOf(problem, takeSuggestion) : null,
    isOpen ? quickOf(text, put, apply) : null,
    optionsOf(options, completion.active.value, take),
    isOpen && !text
      ? h(
          "p",
          { class: "tt-filter__hint" },
          t("Words side by side must all hold. OR between two, - before one: either, and not."),
        )
      : null,
  ]);
}

function problemOf({ detail, suggestion }, takeSuggestion) {
  const use = { class: "tt-filter__suggestion", type: "button", onClick: takeSuggestion };
  return h("div", { class: "tt-filter__problem" }, [
    h("p", { id: "tt-filter-problem", role: "alert" }, told(detail)),
    suggestion ? h("button", use, t("Use “{suggestion}”", { suggestion })) : null,
  ]);
}

function quickOf(text, put, apply) {
  const toggle = ([term, name]) => {
    const onClick = () => {
      put(toggledTerm(text, term));
      apply();
    };
    return h(
      "button",
      { class: "tt-quick", type: "button", "aria-pressed": hasTerm(text, term), key: term, onClick },
      name(),
    );
  };
  const begin = ([term, name]) =>
    h("button", { class: "tt-quick", type: "button", key: term, onClick: () => put(toggledTerm(text, term)) }, name());
  return h("div", { class: "tt-filter__quick", role: "group", "aria-label": t("Usual filters") }, [
    ...QUICK.map(toggle),
    ...BEGUN.map(begin),
  ]);
}

function optionsOf(options, active, take) {
  const optionOf = (option, index) => {
    const state = {
      role: "option",
      id: `tt-filter-option-${index}`,
      "aria-selected": index === active,
      key: option.text,
    };
    const classes = ["tt-menu__option", { "tt-menu__option--active": index === active }];
    const onMousedown = (event) => event.preventDefault(); // the focus stays in the line
    return h("li", { class: classes, ...state, onMousedown, onClick: () => take(option) }, [
      h("span", { class: "tt-menu__name", dir: "auto" }, option.label),
      h("span", { class: "tt-menu__kind" }, KINDS[option.kind]?.() ?? ""),
    ]);
  };
  const list = {
    class: "tt-filter__options",
    role: "listbox",
    id: "tt-filter-options",
    "aria-label": t("What could stand here"),
  };
  return h("ul", { ...list, hidden: !options.length, ref: keepActiveInSight }, options.map(optionOf));
}

const keepActiveInSight = (list) =>
  list?.querySelector(".tt-menu__option--active")?.scrollIntoView({ block: "nearest" });
