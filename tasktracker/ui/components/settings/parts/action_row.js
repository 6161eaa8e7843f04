// One thing that a rule does: what, and with which value.
import { Icon } from "tasktracker-parts/icons.js";
import { actionNames, choicesOf, emptyRow, inputOf, isMany } from "./actions.js";

const { t } = window.tasktracker;

export const ActionRow = {
  components: { Icon },
  props: { row: Object, facts: Object, problem: String, canRemove: Boolean, draft: String, readonly: Boolean },
  emits: ["replace", "remove"],
  template: `
    <li class="tt-action">
      <select class="tt-item-field tt-action-kind" :aria-label="t('What to do')" :value="row.kind" @change="choose($event.target.value)">
        <option v-for="[kind, word] in names" :key="kind" :value="kind">{{ word }}</option></select>
      <span v-if="row.kind === 'archive'" class="tt-action-value"></span>
      <code v-else-if="row.kind.startsWith('set:')" class="tt-action-value">{{ row.value }}</code>
      <span v-else-if="many" class="tt-action-value tt-choices" role="group" :aria-label="word">
        <button v-for="[value, name] in choices" :key="value" type="button" class="tt-choice" :aria-pressed="row.value.includes(value)"
          @click="flip(value)">{{ name }}</button>
        <span v-if="!choices.length" class="tt-quiet">{{ t("There is none yet.") }}</span></span>
      <select v-else-if="choices" class="tt-item-field tt-action-value" :aria-label="word" :value="choices.findIndex(([value]) => value === row.value)"
        @change="row.value = choices[$event.target.value][0]">
        <option v-for="([value, name], index) in choices" :key="value" :value="index">{{ name }}</option></select>
      <textarea v-else-if="row.kind === 'comment'" class="tt-input tt-action-value" rows="2" :aria-label="word" v-model="row.value"
        :placeholder="t('Markdown works')" :data-draft="draft" :readonly="readonly"></textarea>
      <input v-else class="tt-item-field tt-action-value" :type="input" step="any" :aria-label="word" v-model="row.value" :readonly="readonly">
      <button v-if="canRemove" type="button" class="tt-square tt-item-remove" :aria-label="t('Remove this action')" :title="t('Remove this action')"
        @click="$emit('remove')"><Icon name="close" /></button>
      <p v-if="problem" class="tt-problem" role="alert">{{ problem }}</p>
    </li>`,
  computed: {
    names() {
      const names = actionNames(this.facts.custom_fields);
      return names.some(([kind]) => kind === this.row.kind) ? names : [...names, [this.row.kind, this.row.kind.replace("set:", "")]];
    },
    word() {
      return this.names.find(([kind]) => kind === this.row.kind)[1];
    },
    choices() {
      return choicesOf(this.row.kind, this.facts);
    },
    many() {
      return isMany(this.row.kind, this.facts);
    },
    input() {
      return inputOf(this.row.kind, this.facts);
    },
  },
  methods: {
    t,
    choose(kind) {
      const made = emptyRow(kind);
      const choices = choicesOf(kind, this.facts);
      if (isMany(kind, this.facts)) made.value = [];
      else if (choices?.length) made.value = choices[0][0];
      this.$emit("replace", made);
    },
    flip(value) {
      const has = this.row.value.includes(value);
      this.row.value = has ? this.row.value.filter((each) => each !== value) : [...this.row.value, value];
    },
  },
};
