// At the end of the row of views: the filter of the reports.
import { h } from "vue";
import { pageQuestion } from "tasktracker-reports/question.js";
import { FilterBar } from "tasktracker-view-tools/filter_bar.js";

export default {
  props: { projectKey: String },
  setup: ({ projectKey }) => () =>
    h("div", { class: "tt-tools" }, [h(FilterBar, { projectKey, filter: pageQuestion(projectKey) })]),
};
