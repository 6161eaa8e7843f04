// A filter while it is written: completed at the cursor, and what is wrong with it marked at the word.
const { t } = window.tasktracker;
const CHECK = 400; // ms after the last key

// Places in a filter are counted in characters, as the server does; JavaScript counts in UTF-16 units.
const units = (text, characters) => [...text].slice(0, characters).join("").length;
const characters = (text, unitsBefore) => [...text.slice(0, unitsBefore)].length;

export const FilterField = {
  props: { modelValue: String, projectKey: String, name: String, draft: String, id: String },
  emits: ["update:modelValue"],
  data: () => ({ problem: null, options: [], span: [0, 0], active: -1, isOpen: false }),
  template: `
    <div class="tt-filterfield" @focusout="left">
      <div class="tt-filterfield-line">
        <div class="tt-filterfield-mirror" aria-hidden="true" ref="mirror"><template v-if="wrong && !shows">{{ wrong[0] }}<u>{{ wrong[1] }}</u>{{ wrong[2] }}</template></div>
        <input class="tt-input" ref="field" type="text" :value="modelValue" :aria-label="name" :placeholder="t('Every task')"
          role="combobox" aria-autocomplete="list" :aria-expanded="shows" :aria-controls="id + '-options'" dir="auto"
          :aria-activedescendant="active >= 0 ? id + '-' + active : null" :aria-invalid="Boolean(problem)"
          :aria-describedby="problem ? id + '-problem' : null" autocomplete="off" spellcheck="false" maxlength="4000"
          :data-draft="draft" @input="write" @focus="ask" @click="ask" @keyup.left="ask" @keyup.right="ask" @keydown="press" @scroll="follow">
      </div>
      <ul class="tt-filterfield-options" role="listbox" :id="id + '-options'" :aria-label="t('What could be written next')" v-show="shows">
        <li v-for="(option, index) in options" :key="option.text" role="option" :id="id + '-' + index" :aria-selected="index === active"
          @pointerdown.prevent="take(option)"><b>{{ option.label }}</b><span>{{ kinds[option.kind] }}</span></li>
      </ul>
      <p v-if="problem && !shows" class="tt-problem" :id="id + '-problem'" role="alert">{{ problem.detail }}</p>
    </div>`,
  computed: {
    shows() {
      return this.isOpen && this.options.length > 0;
    },
    wrong() {
      if (!this.problem || this.problem.position == null) return null;
      const text = this.modelValue;
      const gap = text.length - text.trimStart().length; // the server reads it trimmed
      const from = gap + units(text.trim(), this.problem.position);
      const to = Math.max(gap + units(text.trim(), this.problem.position + this.problem.length), from + 1);
      return [text.slice(0, from), text.slice(from, to) || " ", text.slice(to)];
    },
    kinds: () => ({
      field: t("field"),
      keyword: t("between two filters"),
      word: "",
      person: t("person"),
      label: t("label"),
      column: t("column"),
      project: t("project"),
      date: t("date"),
    }),
  },
  watch: {
    modelValue() {
      clearTimeout(this.checking);
      this.checking = setTimeout(this.check, CHECK);
    },
  },
  methods: {
    t,
    write({ target }) {
      this.problem = null;
      this.$emit("update:modelValue", target.value);
      this.$nextTick(this.ask);
    },
    async check() {
      const text = this.modelValue.trim();
      if (!text) return void (this.problem = null);
      const query = new URLSearchParams({ filter: text, limit: 1, fields: "ref" });
      const answer = await fetch(`/api/v1/projects/${this.projectKey}/tasks?${query}`).catch(() => null);
      if (!answer || text !== this.modelValue.trim()) return;
      this.problem = answer.status === 422 ? await answer.json() : null;
    },
    async ask() {
      this.isOpen = document.activeElement === this.$refs.field; // a draft that comes back asks for nothing
      const text = this.modelValue;
      const cursor = characters(text, this.$refs.field.selectionStart ?? text.length);
      const query = new URLSearchParams({ text, cursor, project: this.projectKey });
      const answer = await fetch(`/api/v1/filter:complete?${query}`).catch(() => null);
      if (!answer?.ok || text !== this.modelValue) return;
      const { start, end, options } = await answer.json();
      this.span = [start, end];
      this.options = options.slice(0, 8);
      this.active = -1;
    },
    press(event) {
      if (!this.shows) return;
      const count = this.options.length;
      if (event.key === "ArrowDown") this.active = (this.active + 1) % count;
      else if (event.key === "ArrowUp") this.active = (this.active - 1 + count) % count;
      else if (event.key === "Escape") this.isOpen = false;
      else if (["Enter", "Tab"].includes(event.key) && this.active >= 0) this.take(this.options[this.active]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    take(option) {
      const text = this.modelValue;
      const [from, to] = this.span.map((each) => units(text, each));
      const after = option.kind === "field" || text.slice(to).startsWith(" ") ? "" : " ";
      const field = this.$refs.field;
      field.value = text.slice(0, from) + option.text + after + text.slice(to);
      field.dispatchEvent(new Event("input", { bubbles: true })); // as if it were typed: the draft hears of it, too
      this.$nextTick(() => {
        const cursor = from + option.text.length + after.length;
        field.focus();
        field.setSelectionRange(cursor, cursor);
        this.ask();
      });
    },
    left({ relatedTarget }) {
      if (!this.$el.contains(relatedTarget)) this.isOpen = false;
    },
    follow() {
      this.$refs.mirror.scrollLeft = this.$refs.field.scrollLeft;
    },
  },
  mounted() {
    if (this.modelValue) this.check();
  },
  unmounted() {
    clearTimeout(this.checking);
  },
};
