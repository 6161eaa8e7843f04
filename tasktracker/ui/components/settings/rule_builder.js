// A rule while it is arranged: when something happens, if the task fits, then do this. Trying it changes nothing; what
// would come of it is shown below, and grows stale as soon as the rule is changed. What is saved closes the form, so that
// nobody can type in it until the server has answered.
import { ActionRow } from "tasktracker-settings/action_row.js";
import { actionOf, emptyRow, rowsOf } from "tasktracker-settings/actions.js";
import { FilterField } from "tasktracker-settings/filter_field.js";

const { number, t, tn } = window.tasktracker;

export default {
  components: { ActionRow, FilterField },
  props: { projectKey: String, rule: Object, facts: Object, draft: String },
  emits: ["try", "save", "cancel"],
  data() {
    return {
      name: this.rule.name,
      events: [...this.rule.events],
      condition: this.rule.condition,
      rows: rowsOf(this.rule.actions),
      problems: {},
      result: null,
      isTrying: false,
      isSaving: false,
    };
  },
  template: `
    <form class="tt-rule" @submit.prevent="save">
      <div class="tt-field">
        <label class="tt-field-label" for="tt-rule-name">{{ t("Name") }}</label>
        <input class="tt-input" id="tt-rule-name" ref="name" v-model="name" maxlength="100" autocomplete="off" :data-draft="draft + ':name'" :readonly="isSaving"
          :aria-invalid="Boolean(problems['/name'])" :placeholder="t('Urgent bugs are Ana’s')">
        <p v-if="problems['/name']" class="tt-problem" role="alert">{{ problems["/name"] }}</p>
      </div>
      <fieldset class="tt-rule-part">
        <legend>{{ t("When") }}</legend>
        <span class="tt-choices">
          <button v-for="[event, word] in facts.events" :key="event" type="button" class="tt-choice" :aria-pressed="events.includes(event)"
            @click="flip(event)">{{ word }}</button>
          <select class="tt-choice" :aria-label="t('A field is changed')" value="" @change="addChange">
            <option value="">{{ t("A field is changed…") }}</option>
            <option v-for="[event, word] in facts.changes" :key="event" :value="event">{{ word }}</option></select>
          <button v-for="event in chosenChanges" :key="event" type="button" class="tt-choice" aria-pressed="true" @click="flip(event)">
            {{ wordOf(event) }}</button>
        </span>
        <p v-if="problemBelow('/events')" class="tt-problem" role="alert">{{ problemBelow("/events") }}</p>
      </fieldset>
      <fieldset class="tt-rule-part">
        <legend>{{ t("If the task fits") }}</legend>
        <filter-field id="tt-rule-filter" v-model="condition" :project-key="projectKey" :name="t('Filter')" :draft="draft + ':condition'"
          :readonly="isSaving"></filter-field>
      </fieldset>
      <fieldset class="tt-rule-part">
        <legend>{{ t("Then") }}</legend>
        <ol class="tt-actions" ref="actions">
          <action-row v-for="(row, index) in rows" :key="row.id" :row="row" :facts="facts" :can-remove="rows.length > 1"
            :problem="problemBelow('/actions/' + index)" :draft="draft + ':comment'" :readonly="isSaving" @replace="rows[index] = $event" @remove="removeRow(index)"></action-row>
        </ol>
        <button type="button" class="tt-text-button" @click="addRow">{{ t("Add an action") }}</button>
      </fieldset>
      <div class="tt-rule-foot">
        <button type="submit" class="tt-button tt-button-primary">{{ rule.id ? t("Save rule") : t("Add rule") }}</button>
        <button type="button" class="tt-button" :disabled="isTrying" @click="tryOut">{{ t("Try it") }}</button>
        <button type="button" class="tt-button tt-button-quiet" @click="$emit('cancel')">{{ t("Cancel") }}</button>
      </div>
      <section class="tt-trial" aria-live="polite" :class="{ 'tt-trial-stale': isStale }">
        <template v-if="result">
          <h3>{{ verdict }}</h3>
          <p class="tt-quiet">{{ isStale ? t("The rule has been changed since. Try it again.") : t("Nothing has been changed. A rule acts when one of its events happens, one task at a time.") }}</p>
          <ul class="tt-trial-tasks">
            <li v-for="task in result.tasks" :key="task.ref">
              <a :href="'/t/' + task.ref" target="_blank" rel="noopener">{{ task.ref }}</a>
              <span class="tt-trial-title" dir="auto">{{ task.title }}</span>
              <span class="tt-trial-change" :class="{ 'tt-problem': task.refusal }">{{ task.refusal || task.words || t("Stays as it is") }}</span>
            </li>
          </ul>
          <p v-if="result.total > result.tasks.length" class="tt-quiet">{{ tn("and {n} more task", "and {n} more tasks", result.total - result.tasks.length) }}</p>
        </template>
      </section>
    </form>`,
  computed: {
    chosenChanges() {
      return this.events.filter((event) => !this.facts.events.some(([each]) => each === event));
    },
    isStale() {
      return Boolean(this.result) && this.tried !== JSON.stringify(this.value());
    },
    verdict() {
      if (!this.result.total) return t("No task fits the filter now.");
      return tn("{n} task fits now. It would become:", "{n} tasks fit now. They would become:", this.result.total);
    },
  },
  methods: {
    t,
    tn,
    number,
    value() {
      return { name: this.name, events: this.events, condition: this.condition, actions: this.rows.map(actionOf) };
    },
    wordOf(event) {
      return this.facts.changes.find(([each]) => each === event)?.[1] ?? event;
    },
    flip(event) {
      this.events = this.events.includes(event) ? this.events.filter((each) => each !== event) : [...this.events, event];
    },
    addChange({ target }) {
      if (target.value && !this.events.includes(target.value)) this.events.push(target.value);
      target.value = "";
    },
    addRow() {
      this.rows.push({ ...emptyRow("move"), value: this.facts.columns[0]?.id ?? "" });
      this.$nextTick(() => this.$refs.actions.lastElementChild.querySelector("select").focus());
    },
    removeRow(index) {
      this.rows.splice(index, 1);
      this.$nextTick(() => this.$refs.actions.children[Math.min(index, this.rows.length - 1)].querySelector("select").focus());
    },
    problemBelow(pointer) {
      return Object.entries(this.problems).find(([each]) => each === pointer || each.startsWith(pointer + "/"))?.[1] ?? "";
    },
    save() {
      if (this.isSaving) return;
      this.isSaving = true;
      this.$emit("save", this.value());
    },
    tryOut() {
      this.isTrying = true;
      this.tried = JSON.stringify(this.value());
      this.$emit("try", this.value());
    },
    // What the server says.
    show(result) {
      this.isTrying = false;
      this.problems = {};
      this.result = result;
    },
    refuse(problems) {
      this.isTrying = false;
      this.problems = problems;
    },
    settle() {
      this.isSaving = false;
    },
  },
  mounted() {
    if (!this.rows.length) this.rows.push({ ...emptyRow("move"), value: this.facts.columns[0]?.id ?? "" });
    this.$refs.name.focus();
  },
};
