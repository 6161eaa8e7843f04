// A list of things that people arrange: each row has a name that is changed where it stands, perhaps more fields, a
// handle to move it by, and buttons. The last row adds one. Nothing changes here by itself: what is wanted is emitted,
// and the server sends the list as it is then.
//
// A field: { name, kind, label, options, limit, empty, width, adds }, where kind is text, select, number, color,
// switch, words (only to be read), problem, task (a reference) or until (a moment { at }). An item: { id, name, …values, words, when, tag, locked }.
import { Icon } from "tasktracker-parts/icons.js";
import { ColorButton } from "tasktracker-settings/color_button.js";
import { reorder } from "tasktracker-settings/reorder.js";

const { ago, day, moment, t } = window.tasktracker;

export default {
  components: { ColorButton, Icon },
  mixins: [reorder],
  props: {
    items: { type: Array, default: () => [] },
    fields: { type: Array, default: () => [] },
    actions: { type: Array, default: () => [] },
    label: String,
    canEdit: Boolean,
    canMove: Boolean,
    canAdd: Boolean,
    addLabel: String,
    removal: String,
    removalIcon: String,
    draftName: String,
    empty: String,
  },
  emits: ["change", "move", "remove", "add", "act"],
  data() {
    return { adding: {}, sent: "", leaving: null, typed: [] };
  },
  template: `
    <div class="tt-items">
      <p class="tt-sr-only" role="status">{{ said }}</p>
      <p v-if="!items.length && empty" class="tt-items-empty">{{ empty }}</p>
      <ul class="tt-items-rows" :aria-label="label">
        <li v-for="item in rows" :key="item.id" class="tt-item" :data-row="item.id"
          :class="{ 'tt-item-dragged': dragged && dragged.id === item.id }">
          <button v-if="canEdit && canMove" type="button" class="tt-square tt-item-handle" :title="t('Drag, or use the arrow keys')"
            :aria-label="t('Move {name}', { name: item.name })" @pointerdown="grab(item.id, $event)"
            @keydown.up.prevent="step(item.id, -1)" @keydown.down.prevent="step(item.id, 1)">
            <Icon name="drag_indicator" /></button>
          <template v-for="field in fields" :key="field.name">
            <color-button v-if="field.kind === 'color' && canEdit" :color="item[field.name]" :palette="field.options"
              :name="called(field, item)" @choose="change(item, field, $event)"></color-button>
            <span v-else-if="field.kind === 'color'" class="tt-color-dot" :style="{ '--tt-project': item[field.name] }"></span>
            <span v-else-if="field.kind === 'words'" class="tt-item-words" :class="widthOf(field)">{{ item[field.name] }}
              <span v-if="field.name === 'name' && item.tag" class="tt-tag">{{ item.tag }}</span></span>
            <time v-else-if="field.kind === 'until'" class="tt-item-words tt-item-until" :datetime="item[field.name].at"
              :title="moment(item[field.name].at)">{{ t("Until {when}", { when: day(item[field.name].at) }) }}</time>
            <a v-else-if="field.kind === 'task' && item[field.name].includes('-')" class="tt-item-task" :href="'/t/' + item[field.name]">
              {{ item[field.name] }}</a>
            <span v-else-if="field.kind === 'task'" class="tt-item-words">{{ item[field.name] }}</span>
            <span v-else-if="field.kind === 'problem'" class="tt-item-problem tt-problem" v-show="item[field.name]">{{ item[field.name] }}</span>
            <label v-else-if="field.kind === 'switch'" class="tt-switch">
              <input type="checkbox" role="switch" :checked="item[field.name]" :disabled="!canEdit || item.locked"
                :aria-label="called(field, item)" @change="change(item, field, $event.target.checked)"><span></span></label>
            <span v-else-if="!canEdit || item.locked || item.fixed?.includes(field.name)" class="tt-item-read" :class="widthOf(field)">
              {{ shown(field, item[field.name]) }}</span>
            <select v-else-if="field.kind === 'select'" class="tt-item-field" :class="widthOf(field)"
              :aria-label="called(field, item)" :value="item[field.name]" @change="change(item, field, $event.target.value)">
              <option v-for="[value, word] in field.options" :key="value" :value="value">{{ word }}</option></select>
            <input v-else class="tt-item-field" :class="widthOf(field)" :type="field.kind === 'number' ? 'number' : 'text'" min="1"
              :aria-label="called(field, item)" :placeholder="field.empty" :maxlength="field.limit" :value="textOf(item, field)"
              autocomplete="off" :data-field="field.name" @input="typed = [item.id, field.name, $event.target.value]"
              @change="change(item, field, $event.target.value)" @keydown.enter="$event.target.blur()"
              @keydown.esc.stop="reset(item, field, $event)">
            <span v-if="field.kind !== 'words' && field.name === 'name' && item.tag" class="tt-tag">{{ item.tag }}</span>
          </template>
          <span v-if="item.words || item.when" class="tt-item-words tt-item-note">{{ item.words }}
            <time v-if="item.when" :datetime="item.when.at" :title="moment(item.when.at)">{{ when(item.when) }}</time></span>
          <span class="tt-item-buttons">
            <button v-for="action in actionsOf(item)" :key="action.name" type="button" class="tt-text-button"
              :aria-label="action.label + ': ' + item.name" @click="$emit('act', { id: item.id, action: action.name })">
              {{ action.label }}</button>
            <button v-if="removal && canEdit && !item.kept" type="button" class="tt-square tt-item-remove" :title="removal"
              :aria-label="removal + ': ' + item.name" @click="remove(item)">
              <Icon :name="removalIcon || 'delete_outline'" /></button>
            <span v-else-if="removal && canEdit" class="tt-item-no-button"></span>
          </span>
        </li>
      </ul>
      <form v-if="canEdit && canAdd" class="tt-item tt-item-new" @submit.prevent="add">
        <template v-for="field in adds" :key="field.name">
          <color-button v-if="field.kind === 'color'" :color="valueOf(field)" :palette="field.options" :name="field.label"
            @choose="adding[field.name] = $event"></color-button>
          <select v-else-if="field.kind === 'select'" class="tt-item-field" :class="widthOf(field)" :aria-label="field.label"
            :value="valueOf(field)" @change="adding[field.name] = $event.target.value">
            <option v-for="[value, word] in field.options" :key="value" :value="value">{{ word }}</option></select>
          <input v-else class="tt-item-field" :class="widthOf(field)" :type="field.kind === 'number' ? 'number' : 'text'" min="1"
            :aria-label="field.name === 'name' ? addLabel : field.label" :placeholder="field.name === 'name' ? addLabel : field.empty"
            :maxlength="field.limit" autocomplete="off" v-model="adding[field.name]"
            :data-draft="field.name === 'name' ? draftName : null">
        </template>
        <button type="submit" class="tt-button">{{ t("Add") }}</button>
      </form>
    </div>`,
  computed: {
    byId() {
      return Object.fromEntries(this.items.map((item) => [item.id, item]));
    },
    rows() {
      return this.order.map((id) => this.byId[id]).filter(Boolean);
    },
    adds() {
      return this.fields.filter((field) => field.adds);
    },
  },
  watch: {
    items: {
      immediate: true,
      handler(items) {
        if (!this.dragged) this.order = items.map(({ id }) => id);
        if (!this.isTyping()) this.typed = [];
        if (this.leaving && !this.byId[this.leaving.id]) this.moveFocus(this.leaving.index);
      },
    },
  },
  methods: {
    t,
    moment,
    day,
    called: (field, item) => t("{field} of {name}", { field: field.label, name: item.name }),
    widthOf: (field) => (field.name === "name" ? "tt-item-name" : `tt-item-${field.width || "medium"}`),
    when({ at, was }) {
      if (was === "used") return t("Used {when}", { when: ago(at) });
      return was === "made" ? t("Made {when}", { when: ago(at) }) : ago(at);
    },
    shown(field, value) {
      if (field.kind === "select") return field.options.find(([each]) => each === value)?.[1] ?? value;
      return value ?? field.empty ?? "";
    },
    valueOf(field) {
      return this.adding[field.name] ?? field.options[0][0];
    },
    actionsOf(item) {
      return this.actions.filter((action) => (this.canEdit || action.always) && !item.without?.includes(action.name));
    },
    isTyping() {
      const [id, name] = this.typed;
      return Boolean(id && this.$el.querySelector(`[data-row="${id}"] [data-field="${name}"]:focus`));
    },
    // What somebody is typing stays, whatever comes from the server meanwhile; and what was sent, until it has answered.
    textOf(item, field) {
      const [id, name, text] = this.typed;
      return id === item.id && name === field.name ? text : item[field.name];
    },
    change(item, field, value) {
      const wanted = field.kind === "number" ? (value === "" ? null : Number(value)) : value;
      if (wanted !== item[field.name]) this.$emit("change", { id: item.id, field: field.name, value: wanted });
    },
    reset(item, field, { target }) {
      this.typed = [];
      target.value = item[field.name] ?? "";
      target.blur();
    },
    remove(item) {
      this.leaving = { id: item.id, index: this.order.indexOf(item.id) };
      this.$emit("remove", { id: item.id });
    },
    add() {
      const values = Object.fromEntries(
        this.adds.map((field) => {
          const value = field.options ? this.valueOf(field) : this.adding[field.name];
          return [field.name, field.kind === "number" ? Number(value) || null : (value ?? "")];
        }),
      );
      this.sent = this.adding.name ?? "";
      this.$emit("add", values);
    },
    // The server has added what was typed.
    added() {
      if (this.draftName) window.tasktrackerDraftSent(this.draftName, this.sent); // tells `adding` of what is left
      this.adding = this.draftName ? { name: this.adding.name } : {};
      this.$nextTick(() => this.$el.querySelector(".tt-item-new input")?.focus());
    },
    // What had the focus is gone; the question about it may still be closing.
    moveFocus(index) {
      this.leaving = null;
      const focus = (left) => {
        if (document.querySelector(".q-dialog") && left) return void setTimeout(() => focus(left - 1), 50);
        const rows = this.$el.querySelectorAll("[data-row]");
        const row = rows[Math.min(index, rows.length - 1)];
        (row?.querySelector("button, input") || this.$el.querySelector(".tt-item-new input"))?.focus();
      };
      this.$nextTick(() => focus(20));
    },
  },
};
