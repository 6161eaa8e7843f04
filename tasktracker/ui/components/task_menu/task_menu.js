// What else can be done with a task: a button with a menu below it.
import { h, ref } from "vue";
import { drawing } from "tasktracker-parts/icons.js";
import { Menu } from "tasktracker-parts/menu.js";

const { t } = window.tasktracker;
const DOTS = drawing("more", [3, 8, 13].map((cx) => ["circle", { cx, cy: 8, r: 1.4 }]));

export default {
  props: { items: { type: Array, default: () => [] }, link: String },
  emits: ["choose"],
  setup(props, { emit }) {
    const isOpen = ref(false);
    function choose(id) {
      isOpen.value = false;
      if (id !== "copy-link") return emit("choose", id);
      window.tasktracker.copy(`${location.origin}${window.path_prefix ?? ""}${props.link}`, t("Link copied"));
    }
    const toggle = ({ currentTarget }) => {
      currentTarget.focus(); // the menu gives it back; not every browser focuses what is clicked
      isOpen.value = !isOpen.value;
    };
    const onPointerdown = (event) => isOpen.value && event.stopPropagation();
    return () => {
      const name = t("More");
      const button = { class: "tt-icon-link tt-task-menu__button", type: "button", "aria-label": name, title: name };
      return h("div", { class: "tt-task-menu" }, [
        h("button", { ...button, "aria-haspopup": "menu", "aria-expanded": isOpen.value, onPointerdown, onClick: toggle }, [
          DOTS(),
        ]),
        isOpen.value ? h(Menu, { label: name, items: props.items, onChoose: choose, onClose: () => (isOpen.value = false) }) : null,
      ]);
    };
  },
};
