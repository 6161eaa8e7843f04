// All tasks that a search finds, as many at a time as people ask for. The address says what is looked for, so that it
// can be kept and sent.
import { computed, h, onBeforeUnmount, onMounted, shallowRef } from "vue";
import { marked } from "tasktracker-commands/find.js";
import { stateIcon } from "tasktracker-live-project/card_parts.js";
import { fetchPart, reasonOf } from "tasktracker-live-project/fetching.js";
import { bone } from "tasktracker-live-project/skeletons.js";

const { t, tn, day } = window.tasktracker;

const PAUSE = 200; // ms without a keystroke before the server is asked
const MANY = 50; // results at a time

export default {
  props: { projects: Array },
  setup(props) {
    const asked = new URLSearchParams(location.search);
    const [query, project] = [shallowRef(asked.get("q") ?? ""), shallowRef(asked.get("project") ?? "")];
    const [hits, next, failed, state] = [shallowRef([]), shallowRef(null), shallowRef(""), shallowRef("idle")];
    const field = shallowRef();
    let timer = 0;
    let call = null;

    const wanted = () => new URLSearchParams({ q: query.value.trim(), ...(project.value && { project: project.value }) });

    function search() {
      clearTimeout(timer);
      call?.abort();
      history.replaceState(history.state, "", query.value.trim() ? `?${wanted()}` : location.pathname);
      [hits.value, next.value, failed.value] = [[], null, ""];
      state.value = query.value.trim() ? "loading" : "idle";
      if (query.value.trim()) load(`/api/v1/search?${wanted()}&limit=${MANY}`);
    }

    async function load(address) {
      const own = (call = new AbortController());
      try {
        const found = await fetchPart(address, own.signal);
        hits.value = [...hits.value, ...found.items];
        next.value = found.next;
        state.value = "ready";
      } catch (error) {
        if (error.name === "AbortError") return;
        failed.value = reasonOf(error);
        state.value = "failed";
      }
    }

    function onInput(event) {
      query.value = event.target.value;
      clearTimeout(timer);
      timer = setTimeout(search, PAUSE);
    }

    function onProject(event) {
      project.value = event.target.value;
      search();
    }

    function onSubmit(event) {
      event.preventDefault();
      search();
    }

    onMounted(() => {
      search();
      field.value.focus();
    });
    onBeforeUnmount(() => {
      clearTimeout(timer);
      call?.abort();
    });

    const said = computed(() => {
      if (state.value === "loading") return t("Searching…");
      if (state.value === "failed") return failed.value;
      if (state.value === "idle") return "";
      const n = hits.value.length;
      if (next.value) return tn("The first {n} task", "The first {n} tasks", n);
      return n ? tn("{n} task", "{n} tasks", n) : t("No task has these words.");
    });

    const form = () =>
      h("form", { class: "tt-search__form", role: "search", onSubmit }, [
        h("input", {
          ...{ class: "tt-input", type: "search", ref: field, value: query.value, maxlength: 200, autocomplete: "off", onInput },
          ...{ "aria-label": t("Search tasks"), placeholder: t("Search tasks…") },
        }),
        h("select", { class: "tt-input tt-search__project", "aria-label": t("Project"), value: project.value, onChange: onProject }, [
          h("option", { value: "" }, t("All projects")),
          ...props.projects.map(({ key, name }) => h("option", { value: key, key }, name)),
        ]),
      ]);

    const hit = (each) =>
      h("li", { class: "tt-hit", key: each.ref }, [
        h("a", { class: "tt-hit__link", href: `${window.path_prefix ?? ""}/t/${each.ref}` }, [
          stateIcon(each.state),
          h("span", { class: "tt-hit__ref" }, each.ref),
          h("span", { class: "tt-hit__title", dir: "auto" }, marked(each.title_html)),
          h("span", { class: "tt-hit__where" }, [each.archived ? `${t("archived")} · ` : "", WHERE[each.where]?.()]),
          h("time", { class: "tt-hit__day", datetime: each.updated_at }, day(each.updated_at)),
          each.snippet_html ? h("span", { class: "tt-hit__snippet", dir: "auto" }, marked(each.snippet_html)) : null,
        ]),
      ]);

    const more = () =>
      h("button", { class: "tt-button tt-search__more", type: "button", onClick: () => load(next.value) }, t("Show more"));

    return () =>
      h("div", { class: "tt-search" }, [
        form(),
        h("p", { class: "tt-search__said", role: "status" }, said.value),
        hits.value.length ? h("ol", { class: "tt-search__hits", "aria-label": t("Results") }, hits.value.map(hit)) : null,
        state.value === "loading" && !hits.value.length ? skeleton() : null,
        next.value ? more() : null,
        state.value === "idle" || (state.value === "ready" && !hits.value.length) ? lesson() : null,
      ]);
  },
};

const BONES = [52, 38, 61, 45, 33]; // percent: the titles' widths
const boneHit = (percent) =>
  h("div", { class: "tt-hit tt-hit--bone", key: percent }, [bone(`${percent}%`)]);
const skeleton = () => h("div", { class: "tt-skeleton", "aria-hidden": "true", key: "skeleton" }, BONES.map(boneHit));

const WHERE = {
  description: () => t("in the description"),
  comment: () => t("in a comment"),
  similar: () => t("spelled almost so"),
};

const LESSONS = [
  [() => t("login page"), () => t("tasks with both words, in a title, a description or a comment")],
  [() => t('"login page"'), () => t("the words one after the other")],
  [() => t("login or password"), () => t("at least one of them")],
  [() => t("login -css"), () => t("the first without the second")],
  [() => t("WEB-12"), () => t("that task")],
];

const lesson = () =>
  h("dl", { class: "tt-search__lesson" }, LESSONS.flatMap(([words, meaning]) => [h("dt", words()), h("dd", meaning())]));
