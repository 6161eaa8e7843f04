// Putting rows in order: with the pointer by their handles, or with the arrow keys on them. A row moves as it is
// dragged; what is wanted is told once, when it is let go. Escape puts it back.
const { t } = window.tasktracker;

export const reorder = {
  data: () => ({ order: [], dragged: null, said: "" }),
  methods: {
    grab(id, event) {
      if (event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.focus();
      this.dragged = { id, before: [...this.order] };
      const stop = (isKept) => {
        document.removeEventListener("pointermove", follow);
        document.removeEventListener("pointerup", drop);
        document.removeEventListener("pointercancel", cancel);
        document.removeEventListener("keydown", escape, true);
        const { before } = this.dragged;
        this.dragged = null;
        if (!isKept) this.order = before;
        else if (before.join() !== this.order.join()) this.tellPlace(id);
      };
      const follow = ({ clientY }) => this.follow(id, clientY);
      const drop = () => stop(true);
      const cancel = () => stop(false);
      const escape = (pressed) => {
        if (pressed.key !== "Escape") return;
        pressed.stopPropagation();
        stop(false);
      };
      document.addEventListener("pointermove", follow);
      document.addEventListener("pointerup", drop);
      document.addEventListener("pointercancel", cancel);
      document.addEventListener("keydown", escape, true);
    },
    follow(id, y) {
      const others = [...this.$el.querySelectorAll("[data-row]")].filter((row) => row.dataset.row !== id);
      const above = others.filter((row) => {
        const { top, height } = row.getBoundingClientRect();
        return top + height / 2 < y;
      });
      this.place(id, above.length);
    },
    place(id, index) {
      const others = this.order.filter((each) => each !== id);
      this.order = [...others.slice(0, index), id, ...others.slice(index)];
    },
    step(id, by) {
      const index = this.order.indexOf(id) + by;
      if (index < 0 || index >= this.order.length) return;
      this.place(id, index);
      this.tellPlace(id);
      this.$nextTick(() => this.$el.querySelector(`[data-row="${CSS.escape(id)}"] .tt-item-handle`)?.focus());
    },
    tellPlace(id) {
      const index = this.order.indexOf(id);
      this.said = t("{name} is number {place} of {count} now.", {
        name: this.byId[id].name,
        place: index + 1,
        count: this.order.length,
      });
      this.$emit("move", { id, after: index ? this.order[index - 1] : null });
    },
  },
};
