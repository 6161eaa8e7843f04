// Comments and events of one task, oldest first.
import { h } from "vue";
import { face } from "tasktracker-live-project/card_parts.js";
import { useNow } from "tasktracker-parts/moments.js";
import { Comment } from "tasktracker-thread/comment.js";

const { ago, moment } = window.tasktracker;
const PASSED_ON = { edit: "onEdit", delete: "onDelete", tick: "onTick", react: "onReact" };

export default {
  props: { items: { type: Array, default: () => [] }, draftPrefix: String, canComment: Boolean },
  emits: Object.keys(PASSED_ON),
  setup(props, { emit }) {
    const now = useNow();
    const listeners = Object.fromEntries(
      Object.entries(PASSED_ON).map(([event, listener]) => [listener, (intent) => emit(event, intent)]),
    );
    const deed = ({ author, at, text }) =>
      h("p", { class: "tt-event-text" }, [
        h("b", { dir: "auto" }, author),
        ` ${text} `,
        h("time", { datetime: at, title: moment(at) }, ago(at, now.value)),
      ]);
    const comment = (item) =>
      h(Comment, { item, taskRef: props.draftPrefix, canComment: props.canComment, now: now.value, ...listeners });
    const entry = (item) =>
      h("li", { key: item.id, class: item.text ? "tt-event" : "tt-comment" }, [
        face(item.author),
        item.text ? deed(item) : comment(item),
      ]);
    return () => h("ol", { class: "tt-thread" }, props.items.map(entry));
  },
};
