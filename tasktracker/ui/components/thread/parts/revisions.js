// What a comment said before, fetched when somebody asks for it.
import { h, onMounted, shallowRef } from "vue";
import { fetchJson, reasonOf } from "tasktracker-live-project/fetching.js";

const { t, moment } = window.tasktracker;

export const Revisions = {
  props: { address: String },
  setup(props) {
    const [texts, problem] = [shallowRef(null), shallowRef("")];

    onMounted(async () => {
      try {
        const events = await fetchJson(`${props.address}?limit=50`);
        const all = events.flatMap(({ at, revision, changes }) =>
          changes.filter(({ field, new: text }) => field === "body" && text).map(({ new: text }) => ({ at, revision, text })),
        );
        texts.value = all.slice(1); // the newest one is the comment
      } catch (error) {
        problem.value = reasonOf(error);
      }
    });

    const revision = ({ at, revision: id, text }) =>
      h("li", { class: "tt-revision", key: id }, [h("time", { datetime: at }, moment(at)), h("p", { class: "tt-revision__text", dir: "auto" }, text)]);
    return () =>
      h("section", { class: "tt-revisions", "aria-label": t("Earlier texts of this comment"), "aria-busy": !texts.value && !problem.value }, [
        problem.value ? h("p", { class: "tt-problem", role: "alert" }, problem.value) : null,
        texts.value ? h("ol", { class: "tt-revisions__list" }, texts.value.map(revision)) : null,
      ]);
  },
};
