// The views that are saved for this project: opened, saved, renamed and deleted.
import { computed, h, shallowRef } from "vue";
import { fetchJson, reasonOf } from "tasktracker-live-project/fetching.js";
import { BOOKMARK } from "./icons.js";
import { usePopover } from "./popover.js";
import { saveForm, viewRow } from "./saved_view_parts.js";

const { t } = window.tasktracker;

export const SavedViews = {
  props: ["projectKey", "view", "accountId", "filter", "display"],
  setup({ projectKey, view, accountId, filter, display }) {
    const [views, problem, busy] = [shallowRef(null), shallowRef(""), shallowRef(false)];
    const doing = shallowRef(null); // what is being done to one of them: {id, what: "rename" | "delete"}
    const popover = usePopover({ opened: load });
    const present = () => ({ query: filter.text.value, layout: { view, ...display.layout.value } });
    const here = computed(() => views.value?.find(({ id }) => id === display.saved.value) ?? null);
    const isChanged = computed(() => {
      if (!here.value) return false;
      const { query, layout } = present();
      return (
        here.value.query !== query ||
        Object.entries(layout).some(([name, value]) => String(here.value.layout[name]) !== String(value))
      );
    });

    const tell = (error) => (problem.value = reasonOf(error));

    async function load() {
      doing.value = null;
      problem.value = "";
      try {
        const all = await fetchJson("/api/v1/views");
        views.value = all.filter(({ project }) => project === projectKey || project === null);
      } catch (error) {
        tell(error);
      }
    }
    if (display.saved.value) load();

    // Do something at the server, and say why if it will not. The sidebar hears of it: see starred_views.js.
    async function attempt(deed) {
      busy.value = true;
      problem.value = "";
      try {
        await deed();
        window.dispatchEvent(new Event("tt-views"));
        return true;
      } catch (error) {
        tell(error);
        return false;
      } finally {
        busy.value = false;
      }
    }

    async function save(name, isShared, isEverywhere) {
      const body = { name, project: isEverywhere ? null : projectKey, is_shared: isShared, ...present() };
      let made;
      const isDone = await attempt(async () => {
        made = await fetchJson("/api/v1/views", { method: "POST", body });
        await load();
      });
      if (isDone && !isEverywhere) display.becomes(made.id);
      return isDone;
    }

    const edit = (each, fields) =>
      attempt(async () => {
        await fetchJson(`/api/v1/views/${each.id}`, { method: "PATCH", body: { ...fields, version: each.version } });
        await load();
      });

    const star = (each) =>
      attempt(async () => {
        await fetchJson(`/api/v1/views/${each.id}/star`, { method: each.is_starred ? "DELETE" : "PUT" });
        await load();
      });

    const remove = (each) =>
      attempt(async () => {
        await fetchJson(`/api/v1/views/${each.id}`, { method: "DELETE" });
        if (each.id === display.saved.value) display.becomes(null);
        await load();
      });

    const group = (name, found) =>
      found.length
        ? h("section", { class: "tt-views__group", key: name }, [
            h("h2", { class: "tt-panel__heading" }, name),
            h(
              "ul",
              { class: "tt-views__list", role: "list" },
              found.map((each) =>
                viewRow(each, {
                  doing,
                  edit,
                  remove,
                  star,
                  mine: each.owner_id === accountId,
                  isHere: each.id === display.saved.value,
                }),
              ),
            ),
          ])
        : null;

    const panel = () => {
      const ofProject = (isShared) => (each) => each.project !== null && each.is_shared === isShared;
      const [own, shared, everywhere] = [ofProject(false), ofProject(true), ({ project }) => project === null].map(
        (isIn) => (views.value ?? []).filter(isIn),
      );
      const isEmpty = views.value && !views.value.length;
      const saveHere = () => edit(here.value, present());
      return [
        isEmpty
          ? h(
              "p",
              { class: "tt-panel__hint" },
              t("A view is a filter and a layout under a name. Filter this page, and save it here."),
            )
          : null,
        group(t("Only yours"), own),
        group(t("Shared with the project"), shared),
        group(t("Of all projects"), everywhere),
        isChanged.value
          ? h(
              "button",
              { class: "tt-button tt-views__save", type: "button", onClick: saveHere },
              t("Save the changes to “{name}”", { name: here.value.name }),
            )
          : null,
        h(saveForm, { save, busy: busy.value }),
        h("p", { class: "tt-panel__problem", role: "alert" }, problem.value),
      ];
    };

    return () => {
      const name = here.value?.name ?? t("Views");
      const label = here.value ? t("Saved views: {name}", { name }) : t("Saved views");
      return popover.draw({
        icon: BOOKMARK,
        name: isChanged.value ? `${name} •` : name,
        label,
        isOn: Boolean(here.value),
        panel,
      });
    };
  },
};
