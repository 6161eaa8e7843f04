// The saved views that somebody has starred, in the sidebar. `tt-views` on the window says that they may have changed.
import { h, onBeforeUnmount, onMounted, shallowRef } from "vue";
import { fetchJson } from "tasktracker-live-project/fetching.js";
import { STAR } from "tasktracker-live-project/star.js";

const { t } = window.tasktracker;

export default {
  props: { views: Array, here: String },
  setup(props) {
    const views = shallowRef(props.views);
    async function load() {
      const all = await fetchJson("/api/v1/views").catch(() => null);
      if (all) views.value = all.filter((each) => each.is_starred);
    }
    onMounted(() => window.addEventListener("tt-views", load));
    onBeforeUnmount(() => window.removeEventListener("tt-views", load));

    const link = ({ id, name }) => {
      const attributes = {
        class: "tt-sidebar-link",
        href: `/views/${id}`,
        "aria-current": id === props.here ? "page" : undefined,
      };
      return h("a", { ...attributes, key: id }, [STAR(), h("span", { class: "tt-sidebar-name", dir: "auto" }, name)]);
    };
    return () =>
      views.value.length
        ? h("div", { class: "tt-starred" }, [
            h("h2", { class: "tt-sidebar-heading" }, t("Views")),
            ...views.value.map(link),
          ])
        : null;
  },
};
