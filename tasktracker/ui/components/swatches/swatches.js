// A colour out of a few, as a row of dots. Arrows go from one to the next, and Space or Enter chooses.
import { h } from "vue";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export default {
  props: { colors: Array, chosen: String, shut: Boolean },
  emits: ["choose"],
  methods: {
    step(event) {
      const along = getComputedStyle(this.$el).direction === "rtl" && /Left|Right/.test(event.key) ? -1 : 1;
      const dots = [...this.$el.children];
      const at = dots.indexOf(event.target) + (STEPS[event.key] ?? 0) * along;
      if (!STEPS[event.key]) return;
      event.preventDefault();
      dots[(at + dots.length) % dots.length].focus();
    },
  },
  render() {
    const first = this.colors.some(({ value }) => value === this.chosen) ? this.chosen : this.colors[0]?.value;
    const dot = ({ value, name }) =>
      h("button", {
        ...{ type: "button", role: "radio", class: "tt-swatch", key: value, title: name, "aria-label": name },
        "aria-checked": String(value === this.chosen),
        tabindex: value === first ? 0 : -1,
        disabled: this.shut,
        style: { "--tt-project": value },
        onClick: () => this.$emit("choose", value),
      });
    return h("div", { role: "radiogroup", class: "tt-swatches", onKeydown: this.step }, this.colors.map(dot));
  },
};
