// What was taken off the board: select, bring back, remove for good. Python asks before anything is removed.
import { computed, h, nextTick, onBeforeUnmount, onMounted, shallowRef, watch } from "vue";
import * as cards from "tasktracker-live-project/card_parts.js";
import { ago, exact, useNow } from "tasktracker-parts/moments.js";

const { t, tc, tn } = window.tasktracker;
const SETTLED = 200; // ms after the last letter
const SOON = 7; // days left that are worth a warning
const WALKS = { j: 1, arrowdown: 1, k: -1, arrowup: -1 };
const TABS = () => ({ trash: t("Trash"), archive: tc("place", "Archive") });

export default {
  props: {
    ...{ items: Array, search: String, hasMore: Boolean },
    ...{ projectKey: String, place: String, canRestore: Boolean, canPurge: Boolean },
  },
  emits: ["search", "bring", "purge", "more"],
  setup(props, { emit }) {
    const root = shallowRef();
    const chosen = shallowRef(new Set());
    const said = shallowRef("");
    const now = useNow();
    const items = computed(() => props.items ?? []);
    const numbers = computed(() => items.value.map(({ number }) => number).filter((number) => chosen.value.has(number)));
    const isTrash = props.place === "trash";
    const back = isTrash ? t("Restore") : t("Put back on the board");

    watch(items, (next, last) => {
      const gone = last.filter(({ number }) => !next.some((each) => each.number === number));
      if (gone.length) said.value = tn("{n} task has left the list", "{n} tasks have left the list", gone.length);
      keepFocus(gone, last, next);
    });

    // The row that was acted on takes its buttons along: the focus goes to the one that took its place.
    function keepFocus(gone, last, next) {
      const lost = gone.find(({ number }) => number === acting);
      if (!lost) return;
      acting = 0;
      const index = Math.min(last.indexOf(lost), next.length - 1);
      nextTick(() => {
        if (document.activeElement !== document.body) return; // they have gone elsewhere
        (linkOf(next[index]?.number) ?? root.value?.querySelector("input[type=search]"))?.focus();
      });
    }

    let acting = 0; // the number of the task whose button was pressed last
    function act(event, ...which) {
      acting = which[0];
      emit(event, which);
    }

    function toggle(number) {
      const next = new Set(chosen.value);
      if (!next.delete(number)) next.add(number);
      chosen.value = next;
    }
    const toggleAll = () => (chosen.value = new Set(numbers.value.length < items.value.length ? items.value.map(({ number }) => number) : []));
    const linkOf = (number) => root.value?.querySelector(`[data-number="${number}"] .tt-away__link`);

    let settling = 0;
    function onSearch(event) {
      const { value } = event.target;
      clearTimeout(settling);
      settling = setTimeout(() => emit("search", value), SETTLED);
    }

    function onKeydown(event) {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      if (event.target.closest?.("input:not([type=checkbox]), textarea, select") || document.querySelector(".q-dialog")) return;
      const key = event.key.toLowerCase();
      const row = event.target.closest?.("[data-number]");
      const index = row ? items.value.findIndex(({ number }) => number === Number(row.dataset.number)) : -1;
      if (WALKS[key] && (row || key.length === 1)) linkOf(items.value[row ? index + WALKS[key] : 0]?.number)?.focus();
      else if (key === "x" && row && props.canRestore) toggle(Number(row.dataset.number));
      else return;
      event.preventDefault();
    }
    onMounted(() => document.addEventListener("keydown", onKeydown));
    onBeforeUnmount(() => {
      clearTimeout(settling);
      document.removeEventListener("keydown", onKeydown);
    });

    const button = (name, classes, onClick, label) =>
      h("button", { class: `tt-text-button ${classes}`, type: "button", onClick, "aria-label": label }, name);

    const left = (days) => {
      const text = days === null ? "" : days ? tn("{n} day left", "{n} days left", days) : t("Goes today");
      return h("span", { class: ["tt-away__left", { "tt-away__left--soon": days !== null && days < SOON }] }, text);
    };

    const row = (item) =>
      h("li", { class: ["tt-away__row", { "tt-away__row--chosen": chosen.value.has(item.number) }], key: item.number, "data-number": item.number }, [
        props.canRestore
          ? h("input", { class: "tt-away__box", type: "checkbox", checked: chosen.value.has(item.number), onChange: () => toggle(item.number), "aria-label": t("Select {task}", { task: item.ref }) })
          : null,
        cards.stateIcon(item.state),
        h("span", { class: "tt-id" }, item.ref),
        h("a", { class: "tt-away__link", href: `/t/${item.ref}`, dir: "auto" }, item.title),
        h("span", { class: "tt-away__who" }, [
          h("span", { class: "tt-away__name" }, item.who),
          h("time", { datetime: item.at, title: exact(item.at) }, ago(item.at, now.value)),
        ]),
        isTrash ? left(item.days) : null,
        h("span", { class: "tt-away__acts" }, [
          props.canRestore ? button(back, "", () => act("bring", item.number), t("{act}: {task}", { act: back, task: item.ref })) : null,
          isTrash && props.canPurge ? button(t("Delete for good"), "tt-text-danger", () => act("purge", item.number), t("{act}: {task}", { act: t("Delete for good"), task: item.ref })) : null,
        ]),
      ]);

    const tab = ([place, name]) =>
      h("a", { class: "tt-segment", href: `/${props.projectKey}/${place}`, "aria-current": place === props.place ? "page" : null }, name);

    const bar = () =>
      h("div", { class: "tt-away__bar" }, [
        h("nav", { class: "tt-segments", "aria-label": t("Off the board") }, Object.entries(TABS()).map(tab)),
        h("input", { class: "tt-away__search", type: "search", placeholder: isTrash ? t("Search in the trash") : t("Search in the archive"), "aria-label": isTrash ? t("Search in the trash") : t("Search in the archive"), onInput: onSearch, maxlength: 200 }),
      ]);

    const many = () => {
      const n = numbers.value.length;
      if (!props.canRestore || !items.value.length) return null;
      return h("div", { class: "tt-away__many" }, [
        h("input", { class: "tt-away__box", type: "checkbox", checked: n === items.value.length, indeterminate: n > 0 && n < items.value.length, onChange: toggleAll, "aria-label": t("Select all that are shown") }),
        h("span", { class: "tt-quiet" }, n ? tn("{n} selected", "{n} selected", n) : tn("{n} task", "{n} tasks", items.value.length)),
        n ? button(back, "", () => act("bring", ...numbers.value)) : null,
        n && isTrash && props.canPurge ? button(t("Delete for good"), "tt-text-danger", () => act("purge", ...numbers.value)) : null,
      ]);
    };

    const empty = () => {
      const [title, text] = props.search
        ? [t("Nothing of that name"), t("No title here has “{text}” in it.", { text: props.search })]
        : EMPTY()[props.place];
      return h("div", { class: "tt-empty" }, [h("h2", { class: "tt-empty-title" }, title), h("p", { class: "tt-empty-text" }, text)]);
    };

    return () =>
      h("div", { class: "tt-away", ref: root }, [
        bar(),
        many(),
        items.value.length ? h("ul", { class: "tt-away__list", "aria-label": TABS()[props.place] }, items.value.map(row)) : empty(),
        props.hasMore ? h("button", { class: "tt-text-button tt-inbox__more", type: "button", onClick: () => emit("more") }, t("Show older ones")) : null,
        h("p", { class: "tt-sr-only", role: "status" }, said.value),
      ]);
  },
};

const EMPTY = () => ({
  trash: [t("The trash is empty"), t("What is thrown away waits here for 30 days, and can be restored with everything that belongs to it.")],
  archive: [t("The archive is empty"), t("Archive what is done and should not be in the way. It stays here, is found by the search, and can be put back.")],
});
