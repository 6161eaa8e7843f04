// The theme of this browser: that of the system, light or dark.
const { t } = window.tasktracker;

export default {
  props: { label: String },
  data: () => ({ chosen: window.tasktrackerTheme() }),
  template: `
    <fieldset class="tt-segments tt-segments--sunken">
      <legend class="tt-sr-only">{{ label }}</legend>
      <label v-for="[theme, word] in themes" :key="theme">
        <input type="radio" name="tt-theme" :value="theme" v-model="chosen" @change="choose">
        <span class="tt-segment">{{ word }}</span>
      </label>
    </fieldset>`,
  computed: {
    themes: () => [
      ["system", t("System")],
      ["light", t("Light")],
      ["dark", t("Dark")],
    ],
  },
  methods: {
    choose() {
      window.tasktrackerSetTheme(this.chosen);
    },
    follow() {
      this.chosen = window.tasktrackerTheme();
    },
  },
  mounted() {
    document.addEventListener("tasktracker:theme", this.follow);
  },
  unmounted() {
    document.removeEventListener("tasktracker:theme", this.follow);
  },
};
