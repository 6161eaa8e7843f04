// A filter in a form: completed at the cursor, and what is wrong with it marked at the word.
import { computed, h, onBeforeUnmount, onMounted, shallowRef, watch } from "vue";
import { useFilterLine } from "tasktracker-parts/filter_line.js";

const { t, told } = window.tasktracker;
const CHECK = 400; // ms after the last key

export const FilterField = {
  props: { modelValue: String, projectKey: String, name: String, draft: String, id: String, readonly: Boolean },
  emits: ["update:modelValue"],
  setup(props, { emit }) {
    const [root, problem] = [shallowRef(), shallowRef(null)];
    let checking = 0;

    function write(text) {
      problem.value = null;
      emit("update:modelValue", text);
    }
    const { projectKey, id } = props;
    const line = useFilterLine({ projectKey, id, write });

    async function check() {
      const text = props.modelValue.trim();
      if (!text) return void (problem.value = null);
      const query = new URLSearchParams({ filter: text, limit: 1, fields: "ref" });
      const answer = await fetch(`/api/v1/projects/${projectKey}/tasks?${query}`).catch(() => null);
      if (!answer || text !== props.modelValue.trim()) return;
      problem.value = answer.status === 422 ? await answer.json() : null;
    }
    watch(
      () => props.modelValue,
      () => {
        clearTimeout(checking);
        checking = setTimeout(check, CHECK);
      },
    );
    onMounted(() => props.modelValue && check());
    onBeforeUnmount(() => clearTimeout(checking));

    const shown = computed(() => (line.isListed.value ? null : problem.value)); // the options lie where it is told
    const mirror = () => {
      const { position, length } = shown.value ?? {};
      if (position == null) return null;
      return line.drawWrong(props.modelValue, line.wrongIn(props.modelValue, position, position + length));
    };
    const onFocusout = ({ relatedTarget }) => root.value.contains(relatedTarget) || line.leave();
    return () => {
      const own = { class: "tt-input", value: props.modelValue, placeholder: t("Every task"), "aria-label": props.name };
      return h("div", { class: "tt-filterfield", ref: root, onFocusout }, [
        mirror(),
        line.drawField({ ...own, "data-draft": props.draft, readonly: props.readonly }, problem.value),
        line.drawOptions("tt-filterfield-options"),
        shown.value ? h("p", { class: "tt-problem", id: `${id}-problem`, role: "alert" }, told(shown.value.detail)) : null,
      ]);
    };
  },
};
