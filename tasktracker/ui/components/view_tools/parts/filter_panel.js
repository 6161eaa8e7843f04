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
export function panelOf({ text, problem, line, takeSuggestion, apply }) {
  const isOpen = line.isOpen.value;
  const hint = t("Words side by side must all hold. OR between two, - before one: either, and not.");
  return h("div", { class: "tt-filter__panel" }, [
    problem ? problemOf(problem, takeSuggestion) : null,
    isOpen ? quickOf(text, line.put, apply) : null,
    line.drawOptions("tt-filter__options"),
    isOpen && !text ? h("p", { class: "tt-filter__hint" }, hint) : null,
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
