// What a view says when its filter lets nothing through.
import { h } from "vue";

const { t, tn } = window.tasktracker;

// `all`: how many tasks there are without the filter, or null.
export function nothingFits(filter, all = null) {
  const why =
    all === null ? "" : tn("The one task here is not like that.", "None of the {n} tasks here is like that.", all);
  return h("div", { class: "tt-unfit", key: "unfit" }, [
    h("p", { class: "tt-unfit__what" }, t("Nothing fits this filter")),
    h("p", { class: "tt-unfit__why" }, [
      why,
      " ",
      t("All of its words must hold at once: take one out, or write OR between two of them."),
    ]),
    h("code", { class: "tt-unfit__text", dir: "auto" }, filter.text.value),
    h("button", { class: "tt-button", type: "button", onClick: () => filter.apply("") }, t("Clear the filter")),
  ]);
}
