// The inbox: one row a task, with what happened to it. Python knows the notifications; here they are grouped and walked
// over, and what a person wants with them is emitted as an intent.
import { computed, h, nextTick, onBeforeUnmount, onMounted, shallowRef, watch } from "vue";
import * as cards from "tasktracker-live-project/card_parts.js";
import { icon } from "tasktracker-parts/icons.js";
import { Menu } from "tasktracker-parts/menu.js";
import { ago, exact, until, useMedia, useNow } from "tasktracker-parts/moments.js";
import { taskPreview } from "tasktracker-parts/task_preview.js";
import { grouped, snoozes } from "tasktracker-parts/notices.js";

const { t, tn } = window.tasktracker;
const HAPPENED = 8; // lines of what happened to a task
const SETTLED = 120; // ms on a row before its task is fetched: whoever holds J down wants the last one
const STATES = () => ({ all: t("All"), unread: t("Unread"), snoozed: t("Snoozed") });

export default {
  props: { items: Array, state: String, hasMore: Boolean, projects: Object, preview: Object },
  emits: ["show", "more", "look", "read", "unread", "snooze"],
  setup(props, { emit }) {
    const root = shallowRef();
    const items = shallowRef(props.items); // as drawn: a mark of one's own is drawn before the server has answered
    const current = shallowRef(null); // the reference of the task whose row one is at
    const snoozing = shallowRef(null); // likewise, while its menu is open
    const said = shallowRef("");
    let settling = 0;
    const isWide = useMedia("(min-width: 1100px)");
    const now = useNow();
    const today = cards.useToday();
    const groups = computed(() => grouped(items.value ?? [], props.state));
    const here = computed(() => groups.value.find(({ ref }) => ref === current.value) ?? groups.value[0]);
    const ids = (group) => group.items.map(({ id }) => id);

    watch(
      () => props.items,
      (next, last) => {
        tellOfNews(next, last);
        items.value = next;
      },
    );
    watch(groups, keepPlace);
    watch([() => here.value?.ref, isWide], look, { immediate: true });

    function tellOfNews(next, last) {
      const known = new Set(last?.map(({ id }) => id));
      const fresh = last ? next.filter(({ id, unread }) => unread && !known.has(id)).length : 0;
      if (fresh && props.state !== "snoozed") said.value = tn("{n} new notification", "{n} new notifications", fresh);
    }

    // Where the row that had the focus has gone, the focus goes to the one that took its place.
    function keepPlace(after, before) {
      const index = before.findIndex(({ ref }) => ref === current.value);
      if (index < 0 || after.some(({ ref }) => ref === current.value)) return;
      const had = root.value?.querySelector(".tt-news-list")?.contains(document.activeElement);
      current.value = after[Math.min(index, after.length - 1)]?.ref ?? null;
      if (had) focus(current.value);
    }

    function look() {
      clearTimeout(settling);
      const ref = here.value?.ref;
      if (ref && isWide.value && props.preview?.ref !== ref) settling = setTimeout(() => emit("look", ref), SETTLED);
    }

    async function focus(ref) {
      current.value = ref;
      await nextTick();
      const row = [...(root.value?.querySelectorAll(".tt-news__link") ?? [])].find((each) => each.dataset.ref === ref);
      row?.focus();
      row?.scrollIntoView({ block: "nearest" });
    }

    function mark(group, change) {
      const marked = new Set(ids(group));
      items.value = items.value.map((each) => (marked.has(each.id) ? { ...each, ...change } : each));
    }

    function setUnread(group, unread) {
      mark(group, { unread, snoozed: null });
      said.value = unread ? t("{ref} is unread", { ref: group.ref }) : t("{ref} is read", { ref: group.ref });
      emit(unread ? "unread" : "read", ids(group));
    }

    function snooze(group, moment) {
      mark(group, { snoozed: moment, unread: true });
      said.value = t("{ref} is put off until {moment}", { ref: group.ref, moment: until(moment) });
      emit("snooze", { ids: ids(group), until: moment });
    }

    function open(group) {
      if (group.unread) emit("read", ids(group));
      window.location.assign(`/t/${group.ref}`);
    }

    function walk(step) {
      const index = groups.value.findIndex(({ ref }) => ref === here.value?.ref);
      const next = groups.value[index + step];
      if (next) focus(next.ref);
    }

    const KEYS = {
      ...{ j: () => walk(1), arrowdown: () => walk(1), k: () => walk(-1), arrowup: () => walk(-1) },
      ...{ enter: (group) => open(group), o: (group) => open(group) },
    };

    // What the commands of the page do here: see ui/commands.py.
    const commands = {
      markRead: () => setUnread(here.value, !here.value.unread),
      putOff: () => (snoozing.value = here.value.ref),
      isBeside: () => isWide.value,
      look: () => root.value.querySelector(".tt-inbox__side")?.focus(),
    };
    function onSideKey(event) {
      if (event.key !== "Escape" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      focus(here.value.ref);
    }

    function onKeydown(event) {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      const inside = event.target.closest?.(".tt-news__link");
      const elsewhere = event.target.closest?.("input, textarea, select") || document.querySelector(".q-dialog, .tt-menu");
      const key = event.key.toLowerCase();
      if (!here.value || (!inside && (elsewhere || !["j", "k"].includes(key)))) return;
      if (!KEYS[key]) return;
      event.preventDefault();
      event.stopPropagation();
      if (inside) KEYS[key](here.value);
      else focus(here.value.ref);
    }
    onMounted(() => {
      window.tasktracker.inbox = commands;
      document.addEventListener("keydown", onKeydown);
    });
    onBeforeUnmount(() => {
      delete window.tasktracker.inbox;
      document.removeEventListener("keydown", onKeydown);
    });

    function onClick(event, group) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a tab of its own, as any link
      event.preventDefault();
      if (!isWide.value) return open(group);
      focus(group.ref);
      if (group.unread) setUnread(group, false);
    }

    const action = (name, picture, onClick) =>
      h("button", { class: "tt-square tt-news__action", type: "button", title: name, "aria-label": name, onClick, tabindex: -1 }, [icon(picture, null)]);

    const snoozeMenu = (group) =>
      snoozing.value !== group.ref
        ? null
        : h(Menu, {
            label: t("Put off until"),
            items: snoozes(new Date()).map((each) => ({ ...each, hint: until(each.id) })),
            onChoose: (moment) => ((snoozing.value = null), snooze(group, moment)),
            onClose: () => (snoozing.value = null),
          });

    const nameOf = (group) => {
      const [last] = group.items;
      const what = last.who ? t("{who} {did}", { who: last.who, did: last.text }) : last.text;
      const parts = [`${group.ref} ${group.title}`, group.unread ? t("unread") : "", what, ago(last.at, now.value)];
      return parts.filter(Boolean).join(", ");
    };

    const actor = ({ who }) =>
      who
        ? cards.face(who)
        : icon("notifications", "tt-news__bell");

    const link = (group) => {
      const [last] = group.items;
      const is_here = group.ref === here.value?.ref;
      const attributes = {
        ...{ class: "tt-news__link", href: `/t/${group.ref}`, "data-ref": group.ref, "aria-label": nameOf(group) },
        ...{ tabindex: is_here ? 0 : -1, "aria-current": is_here && isWide.value ? "true" : null },
        ...{ onClick: (event) => onClick(event, group), onFocus: () => (current.value = group.ref) },
      };
      return h("a", attributes, [
        h("span", { class: "tt-news__mark" }),
        actor(last),
        h("span", { class: "tt-news__head" }, [
          h("span", { class: "tt-project-dot", style: { "--tt-project": props.projects[group.key]?.color } }),
          h("span", { class: "tt-id" }, group.ref),
          h("span", { class: "tt-news__title", dir: "auto" }, group.title),
        ]),
        h("time", { class: "tt-news__time", datetime: last.at, title: exact(last.at) }, ago(last.at, now.value)),
        h("span", { class: "tt-news__what" }, [
          last.who ? h("b", last.who) : null,
          last.excerpt ? t("{did}: {excerpt}", { did: last.text, excerpt: last.excerpt }) : last.text,
        ]),
        h("span", { class: "tt-news__more" }, [
          group.items.length > 1 ? h("span", { class: "tt-count" }, t("+{n}", { n: group.items.length - 1 })) : null,
          group.snoozed ? h("span", { class: "tt-news__until" }, t("until {moment}", { moment: until(group.snoozed) })) : null,
        ]),
      ]);
    };

    const row = (group) =>
      h("li", { class: ["tt-news", { "tt-news--unread": group.unread }], key: group.ref }, [
        link(group),
        h("div", { class: "tt-news__actions" }, [
          group.unread
            ? action(t("Mark as read (U)"), "done", () => setUnread(group, false))
            : action(t("Mark as unread (U)"), "mark_email_unread", () => setUnread(group, true)),
          action(t("Put off (H)"), "schedule", () => (snoozing.value = group.ref)),
        ]),
        snoozeMenu(group),
      ]);

    const empty = () => {
      const [title, text] = EMPTY()[props.state];
      return h("div", { class: "tt-empty" }, [
        h("h2", { class: "tt-empty-title" }, title),
        h("p", { class: "tt-empty-text" }, text),
      ]);
    };

    const tab = ([state, name]) =>
      h("button", { class: "tt-segment", type: "button", "aria-pressed": String(state === props.state), onClick: () => emit("show", state) }, name);

    const list = () => [
      h("div", { class: "tt-segments tt-inbox__bar", role: "group", "aria-label": t("Which notifications") }, Object.entries(STATES()).map(tab)),
      groups.value.length ? h("ul", { class: "tt-news-list", "aria-label": t("Notifications") }, groups.value.map(row)) : empty(),
      props.hasMore ? h("button", { class: "tt-text-button tt-inbox__more", type: "button", onClick: () => emit("more") }, t("Show older ones")) : null,
    ];

    const side = () => {
      const ref = here.value?.ref;
      if (!isWide.value || !ref) return null;
      const task = props.preview?.ref === ref ? props.preview : null;
      const news = here.value.items.length > 1 ? happened(here.value, now.value) : null;
      return h("aside", { class: "tt-inbox__side", "aria-label": t("Preview"), tabindex: 0, onKeydown: onSideKey }, [
        taskPreview(task, { today: today.value, now: now.value, news }),
      ]);
    };

    return () =>
      h("div", { class: "tt-inbox", ref: root }, [
        h("div", { class: "tt-inbox__list" }, list()),
        side(),
        h("p", { class: "tt-sr-only", role: "status" }, said.value),
      ]);
  },
};

const happened = (group, now) =>
  h(
    "ul",
    { class: "tt-happened", "aria-label": t("What happened") },
    group.items.slice(0, HAPPENED).map((each) =>
      h("li", { key: each.id }, [
        each.who ? h("b", each.who) : null,
        h("span", each.text),
        h("time", { datetime: each.at, title: exact(each.at) }, ago(each.at, now)),
      ]),
    ),
  );

const EMPTY = () => ({
  all: [t("Nothing has come in yet"), t("When somebody assigns you a task, mentions you, or says something about a task that you watch, it shows here.")],
  unread: [t("You have read everything"), t("What comes in shows here at once. What you have read is below “All”.")],
  snoozed: [t("Nothing is put off"), t("Press H on a notification to put it off until later: it comes back by itself.")],
});
