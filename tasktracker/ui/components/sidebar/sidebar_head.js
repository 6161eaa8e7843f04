// The workspace, and the way to the palette for those who do not know its keys.
import { h } from "vue";
import { isMac, written } from "tasktracker-commands/keys.js";
import { icon } from "tasktracker-parts/icons.js";

const { t } = window.tasktracker;

export default {
  props: { workspace: String },
  render() {
    return h("div", { class: "tt-sidebar-head" }, [
      h("a", { class: "tt-workspace", href: "/" }, [
        h("div", { class: "tt-logo tt-logo-small", "aria-hidden": "true" }),
        h("span", { class: "tt-workspace-name", dir: "auto" }, this.workspace),
      ]),
      h("button", { type: "button", class: "tt-sidebar-search", "data-command": "palette" }, [
        icon("search"),
        h("span", { class: "tt-sidebar-name" }, t("Search")),
        h("kbd", { class: "tt-sidebar-keys", "aria-hidden": "true" }, written("mod+k")[0].join(isMac ? "" : " ")),
      ]),
    ]);
  },
};
