// My work: what is one's own to do in all projects, from the API, in groups. A hint from Python says when to look again.
import { computed, h, nextTick, onBeforeUnmount, onMounted, shallowRef } from "vue";
import * as cards from "tasktracker-live-project/card_parts.js";
import { bone, boneRow } from "tasktracker-live-project/skeletons.js";
import { useChoice, useCollapsed } from "tasktracker-parts/groups.js";
import { onConnectedAgain, onSeenAgain } from "tasktracker-parts/hooks.js";
import { fetchMyTasks, groupsOf } from "tasktracker-parts/my_tasks.js";

const { t, tn } = window.tasktracker;
const GATHER = 300; // ms: hints that come together are looked into together
const NONE = new Map();
const WALKS = { j: 1, arrowdown: 1, k: -1, arrowup: -1 };
const GROUPINGS = () => ({ due: t("Due"), project: t("Project"), priority: t("Priority") });

export default {
  props: { projects: Object },
  setup(props, { expose }) {
    const root = shallowRef();
    const found = shallowRef(null); // what fetchMyTasks gave last
    const state = shallowRef("loading"); // then "ready" or "failed"
    const reason = shallowRef("");
    const current = shallowRef(null);
    const said = shallowRef("");
    const today = cards.useToday();
    const { chosen: by, choose } = useChoice("tasktracker:my-work:by", Object.keys(GROUPINGS()));
    const collapsed = useCollapsed("tasktracker:my-work:shut");
    const groups = computed(() => (found.value ? groupsOf(found.value, by.value, { today: today.value, projects: props.projects }) : []));
    const shown = computed(() => groups.value.filter(({ id }) => !collapsed.ids.value.has(id)).flatMap(({ tasks }) => tasks));
    const stop = computed(() => (shown.value.find(({ ref }) => ref === current.value) ?? shown.value[0])?.ref);

    let turn = 0;
    async function load() {
      const mine = ++turn;
      if (!found.value) state.value = "loading";
      try {
        const next = await fetchMyTasks();
        if (mine === turn) take(next);
      } catch (error) {
        if (mine !== turn || found.value) return; // what is drawn stays, and the next hint tries again
        reason.value = error.message;
        state.value = "failed";
      }
    }

    function take(next) {
      const known = found.value && new Set(found.value.assigned.map(({ ref }) => ref));
      const fresh = known ? next.assigned.filter(({ ref }) => !known.has(ref)).length : 0;
      if (fresh) said.value = tn("{n} more task is yours", "{n} more tasks are yours", fresh);
      const index = shown.value.findIndex(({ ref }) => ref === current.value);
      const had = root.value?.contains(document.activeElement) && document.activeElement.matches(".tt-row");
      found.value = next;
      state.value = "ready";
      if (had) keepPlace(index);
    }

    // The focus stays on its task wherever that goes, and on its place if the task has gone.
    function keepPlace(index) {
      const task = shown.value.find(({ ref }) => ref === current.value) ?? shown.value[Math.min(index, shown.value.length - 1)];
      if (task) focus(task.ref);
    }

    let later = 0;
    function hint({ key, numbers, mine }) {
      const tasks = found.value ? [...found.value.assigned, ...found.value.mentioned] : [];
      const shows = tasks.some(({ project, number }) => project === key && numbers.includes(number));
      if (!shows && !mine) return;
      clearTimeout(later);
      later = setTimeout(load, GATHER);
    }
    const onVisible = () => document.visibilityState === "visible" && load();
    expose({ hint, reload: load });
    onMounted(() => {
      load();
      document.addEventListener("keydown", onKeydown);
    });
    onSeenAgain(onVisible);
    onConnectedAgain(load);
    onBeforeUnmount(() => {
      clearTimeout(later);
      document.removeEventListener("keydown", onKeydown);
    });

    async function focus(ref) {
      current.value = ref;
      await nextTick();
      root.value?.querySelector(`[data-ref="${ref}"]`)?.focus();
    }

    function onKeydown(event) {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      const key = event.key.toLowerCase();
      const inside = event.target.closest?.(".tt-row");
      const elsewhere = event.target.closest?.("input, textarea, select") || document.querySelector(".q-dialog");
      if (elsewhere || (!inside && !["j", "k"].includes(key))) return;
      const index = shown.value.findIndex(({ ref }) => ref === stop.value);
      const next = { home: 0, end: shown.value.length - 1 }[key] ?? (WALKS[key] && index + (inside ? WALKS[key] : 0));
      if (shown.value[next]) focus(shown.value[next].ref);
      else if (inside && key === "o") inside.click();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    const row = (task) => {
      const frame = { key: task.project, labels: NONE, people: NONE };
      const card = { ...task, label_ids: [], assignee_ids: [] };
      const project = props.projects[task.project];
      const attributes = {
        ...{ class: "tt-row tt-work__row", href: `/${task.project}/board?task=${task.number}`, "data-ref": task.ref },
        ...{ tabindex: task.ref === stop.value ? 0 : -1, onFocus: () => (current.value = task.ref) },
        "aria-label": cards.nameOf(card, { frame, today: today.value, category: task.state }),
      };
      return h("li", { class: "tt-list__item", key: task.ref }, [
        h("a", attributes, [
          h("span", { class: "tt-row__priority" }, [cards.priorityIcon(task.priority)]),
          cards.idOf(task, frame),
          h("span", { class: "tt-row__state" }, [cards.stateIcon(task.state)]),
          h("span", { class: "tt-row__title", dir: "auto" }, task.title),
          h("span", { class: "tt-row__talk" }, [cards.commentCount(task)]),
          h("span", { class: "tt-row__due" }, [cards.dueChip(task, today.value, task.state)]),
          h("span", { class: "tt-work__project", title: project?.name }, [
            h("span", { class: "tt-project-dot", style: { "--tt-project": project?.color } }),
            h("span", { class: "tt-work__name" }, project?.name ?? task.project),
          ]),
        ]),
      ]);
    };

    const group = ({ id, name, hint: about, tasks, late, color, priority }) => {
      const isShut = collapsed.ids.value.has(id);
      const label = t("{group}, {tasks}", { group: name, tasks: tn("{n} task", "{n} tasks", tasks.length) });
      const state = { "aria-expanded": String(!isShut), "aria-label": label, title: about, onClick: () => collapsed.toggle(id) };
      return h("section", { class: ["tt-group", { "tt-group--collapsed": isShut }], key: id }, [
        h("div", { class: "tt-group__head" }, [
          h("h2", { class: "tt-group__name" }, [
            h("button", { class: "tt-flat tt-fold", type: "button", ...state }, [
              cards.CHEVRON(),
              color ? h("span", { class: "tt-project-dot", style: { "--tt-project": color } }) : null,
              priority ? cards.priorityIcon(priority) : null,
              h("span", { class: ["tt-group__title", { "tt-work__late": late }] }, name),
              cards.countOf(tasks.length),
            ]),
          ]),
        ]),
        h("ul", { class: "tt-group__rows", "aria-label": name, hidden: isShut }, isShut ? [] : tasks.map(row)),
      ]);
    };

    const choice = ([value, name]) =>
      h("button", { class: "tt-segment", type: "button", "aria-pressed": String(value === by.value), onClick: () => choose(value) }, name);

    const bar = () =>
      h("div", { class: "tt-work__bar" }, [
        h("span", { class: "tt-quiet", id: "tt-work-by" }, t("Group by")),
        h("div", { class: "tt-segments", role: "group", "aria-labelledby": "tt-work-by" }, Object.entries(GROUPINGS()).map(choice)),
      ]);

    const empty = () =>
      h("div", { class: "tt-empty" }, [
        h("h2", { class: "tt-empty-title" }, t("Nothing is yours to do")),
        h("p", { class: "tt-empty-text" }, t("Tasks that are assigned to you in any project come together here, by when they are due. Open a task and choose yourself among its assignees, and it is here.")),
        h("a", { class: "tt-button tt-button-primary", href: "/" }, t("Choose a project")),
      ]);

    const content = () => {
      if (state.value === "failed") return cards.failure({ reason, load });
      if (state.value === "loading") return skeleton();
      if (!groups.value.length) return empty();
      const more = found.value.more ? h("p", { class: "tt-quiet tt-work__more" }, t("There is more. Finish something first.")) : null;
      return [bar(), h("div", { class: "tt-list__groups" }, groups.value.map(group)), more];
    };

    return () =>
      h("div", { class: "tt-list tt-work", ref: root, "aria-busy": String(state.value === "loading") }, [
        content(),
        h("p", { class: "tt-sr-only", role: "status" }, state.value === "loading" ? t("Loading your work") : said.value),
      ]);
  },
};

const skeleton = () =>
  h("div", { class: "tt-list__groups tt-skeleton", "aria-hidden": "true" }, [
    h("div", { class: "tt-group__head" }, [bone("120px")]),
    ...[38, 55, 47, 62, 41].map(boneRow),
  ]);
