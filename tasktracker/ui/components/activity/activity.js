// What was done in a project, or in several: one entry a command, by days, newest first. Python knows the words; here they are drawn.
import { computed, h, shallowRef, watch } from "vue";
import * as cards from "tasktracker-live-project/card_parts.js";
import { exact } from "tasktracker-parts/moments.js";

const { day, dayOf, relativeDay, t, time, tn } = window.tasktracker;
const idOf = ({ project, command }) => `${project ?? ""} ${command}`;
const names = (projects) => Object.entries(projects).map(([key, { name }]) => [key, name]);
const SHOWN = 5; // tasks that are named in one line
const KINDS = () => ({
  ...{ "": t("Everything"), tasks: t("Tasks"), comments: t("Comments"), files: t("Files"), project: t("The project itself") },
});

export default {
  props: { items: Array, people: Object, projects: Object, by: String, kind: String, project: String, hasMore: Boolean },
  emits: ["narrow", "more"],
  setup(props, { emit }) {
    const said = shallowRef("");
    const today = cards.useToday();
    const days = computed(() => {
      const found = new Map();
      for (const item of props.items ?? []) {
        const iso = dayOf(item.at);
        found.set(iso, [...(found.get(iso) ?? []), item]);
      }
      return [...found];
    });
    watch(
      () => props.items,
      (next, last) => {
        if (!last?.length || !next.length || idOf(next[0]) === idOf(last[0]) || next[0].at < last[0].at) return;
        said.value = t("{who} {did}", { who: next[0].who, did: next[0].deeds[0].text });
      },
    );

    const undo = (item) => window.emitEvent("tt-undo", { command: item.command, project: item.project });

    const taskLink = ([ref, title]) =>
      h("a", { class: "tt-deed__task", href: `/t/${ref}`, key: ref }, [
        h("span", { class: "tt-id" }, ref),
        h("span", { class: "tt-deed__title", dir: "auto" }, title ?? t("a task that is gone")),
      ]);

    const placeOf = (key) =>
      h("a", { class: "tt-deed__place", href: `/${key}/activity` }, [
        h("span", { class: "tt-project-dot", style: { "--tt-project": props.projects[key]?.color }, "aria-hidden": "true" }),
        h("span", { dir: "auto" }, props.projects[key]?.name ?? key),
      ]);

    const deed = ({ text, tasks }, index) =>
      h("div", { class: "tt-deed__line", key: index }, [
        index ? h("p", { class: "tt-deed__text" }, text) : null,
        tasks.slice(0, SHOWN).map(taskLink),
        tasks.length > SHOWN ? h("span", { class: "tt-quiet" }, tn("and {n} more", "and {n} more", tasks.length - SHOWN)) : null,
      ]);

    const entry = (item) => {
      const [first] = item.deeds;
      return h("li", { class: ["tt-deed", { "tt-deed--undone": item.undone }], key: idOf(item) }, [
        cards.face(item.who),
        h("div", { class: "tt-deed__body" }, [
          h("p", { class: "tt-deed__text" }, [
            h("b", item.who),
            h("span", { class: "tt-deed__what", dir: "auto" }, first.text),
            item.how ? h("span", { class: "tt-deed__how" }, item.how) : null,
            item.undone ? h("span", { class: "tt-deed__how" }, t("Undone")) : null,
            item.project ? placeOf(item.project) : null,
            h("time", { datetime: item.at, title: exact(item.at) }, time(item.at)),
          ]),
          item.deeds.map(deed),
          item.more ? h("p", { class: "tt-quiet" }, tn("and {n} change more", "and {n} changes more", item.more)) : null,
        ]),
        item.mayUndo
          ? h("button", { class: "tt-text-button tt-deed__undo", type: "button", onClick: () => undo(item), "aria-label": t("Undo: {who} {did}", { who: item.who, did: first.text }) }, t("Undo"))
          : null,
      ]);
    };

    const section = ([iso, items]) => {
      const near = relativeDay(iso, today.value);
      const full = day(iso, "long", today.value);
      return h("section", { class: "tt-activity__day", key: iso }, [
        h("h3", { class: "tt-activity__date" }, [near, near === day(iso, "short", today.value) ? null : h("span", full)]),
        h("ol", { class: "tt-activity__list" }, items.map(entry)),
      ]);
    };

    const select = (label, name, options) => {
      const onChange = (event) => emit("narrow", { by: props.by, kind: props.kind, project: props.project ?? "", [name]: event.target.value });
      const choices = options.map(([value, text]) => h("option", { value, selected: value === props[name] }, text));
      return h("select", { class: "tt-activity__select", "aria-label": label, value: props[name], onChange }, choices);
    };

    const lesson = () =>
      props.projects
        ? t("Whatever anybody changes in a project that you see is told here at once, and can be undone from here.")
        : t("Whatever anybody changes in this project is told here at once, and can be undone from here.");

    const bar = () =>
      h("div", { class: "tt-activity__bar" }, [
        h("h2", { class: "tt-activity__title" }, props.projects ? t("In all projects") : t("Activity")),
        props.projects ? select(t("Project"), "project", [["", t("All projects")], ...names(props.projects)]) : null,
        select(t("Who"), "by", [["", t("Everybody")], ...Object.entries(props.people)]),
        select(t("What"), "kind", Object.entries(KINDS())),
      ]);

    const empty = () => {
      const isNarrow = props.by || props.kind || props.project;
      return h("div", { class: "tt-empty" }, [
        h("h2", { class: "tt-empty-title" }, isNarrow ? t("Nothing of that kind") : t("Nothing has happened yet")),
        h("p", { class: "tt-empty-text" }, lesson()),
      ]);
    };

    return () =>
      h("div", { class: "tt-activity" }, [
        bar(),
        days.value.length ? days.value.map(section) : empty(),
        props.hasMore ? h("button", { class: "tt-text-button tt-inbox__more", type: "button", onClick: () => emit("more") }, t("Show older ones")) : null,
        h("p", { class: "tt-sr-only", role: "status" }, said.value),
      ]);
  },
};
