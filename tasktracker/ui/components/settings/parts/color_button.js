// A dot in a colour that opens a palette to choose another one from.
import { walk } from "tasktracker-parts/hooks.js";

const { t } = window.tasktracker;

export const ColorButton = {
  props: { color: String, palette: { type: Array, default: () => [] }, name: String },
  emits: ["choose"],
  data: () => ({ isOpen: false }),
  template: `
    <span class="tt-color" ref="root" @keydown.esc.stop.prevent="close">
      <button type="button" class="tt-color-dot" ref="dot" :aria-label="name" :aria-expanded="isOpen" aria-haspopup="true"
        :title="name" :style="{ '--tt-project': color }" @click="toggle"></button>
      <span v-if="isOpen" class="tt-palette" role="radiogroup" :aria-label="name" @keydown="move">
        <button v-for="[hex, word] in palette" :key="hex" type="button" role="radio" class="tt-color-dot"
          :aria-checked="hex === color" :aria-label="word" :title="word" :tabindex="hex === reachable ? 0 : -1"
          :style="{ '--tt-project': hex }" @click="choose(hex)"></button>
      </span>
    </span>`,
  computed: {
    reachable() {
      return (this.palette.find(([hex]) => hex === this.color) || this.palette[0])[0];
    },
  },
  methods: {
    t,
    toggle() {
      this.isOpen = !this.isOpen;
      if (this.isOpen) this.$nextTick(() => this.$refs.root.querySelector("[role=radio][tabindex='0']").focus());
    },
    close() {
      if (!this.isOpen) return;
      this.isOpen = false;
      this.$refs.dot.focus();
    },
    choose(hex) {
      this.close();
      if (hex !== this.color) this.$emit("choose", hex);
    },
    move(event) {
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      const step = steps[event.key];
      if (!step) return;
      event.preventDefault();
      const dots = [...this.$refs.root.querySelectorAll("[role=radio]")];
      const sign = document.dir === "rtl" && event.key.length > 9 ? -1 : 1; // ArrowLeft and ArrowRight follow the eye
      walk(dots, step * sign);
    },
    outside(event) {
      if (!this.$refs.root?.contains(event.target)) this.isOpen = false;
    },
  },
  mounted() {
    document.addEventListener("pointerdown", this.outside);
    this.$refs.root.addEventListener("focusout", (event) => event.relatedTarget && this.outside({ target: event.relatedTarget }));
  },
  unmounted() {
    document.removeEventListener("pointerdown", this.outside);
  },
};
