// At the end of the row of views: the filter, the saved views, and how the tasks are displayed.
import { h } from "vue";
import { CHOICES, pageDisplay } from "tasktracker-live-project/display.js";
import { pageFilter } from "tasktracker-live-project/task_filter.js";
import { DisplayMenu } from "tasktracker-view-tools/display_menu.js";
import { FilterBar } from "tasktracker-view-tools/filter_bar.js";
import { SavedViews } from "tasktracker-view-tools/saved_views.js";

export default {
  props: { projectKey: String, view: String, accountId: String },
  setup(props) {
    const { projectKey, view, accountId } = props;
    const [filter, display] = [pageFilter(`/api/v1/projects/${projectKey}/board`), pageDisplay(projectKey, view)];
    return () =>
      h("div", { class: "tt-tools" }, [
        h(FilterBar, { projectKey, filter }),
        h(SavedViews, { projectKey, view, accountId, filter, display }),
        CHOICES[view] ? h(DisplayMenu, { projectKey, view, display }) : null,
      ]);
  },
};
