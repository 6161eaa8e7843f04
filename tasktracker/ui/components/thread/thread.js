// Comments and events of one task. Their HTML was cleaned by the server and is cleaned once more here.
import { lookOf } from "tasktracker-live-project/card_parts.js";

const { t, ago, moment } = window.tasktracker;

const CleanHtml = {
  props: { html: String },
  template: `<div class="tt-prose" dir="auto" ref="body"></div>`,
  methods: {
    draw() {
      this.$refs.body.setHTML(this.html);
      // A link to one of our tasks stays in this tab.
      this.$refs.body.querySelectorAll('a:not([href^="/t/"])').forEach((link) => {
        link.target = "_blank";
        link.rel = "noopener noreferrer nofollow";
      });
    },
  },
  mounted() {
    this.draw();
  },
  watch: {
    html() {
      this.draw();
    },
  },
};

const textsOf = () => ({
  edited: t("edited"),
  edit: t("Edit"),
  editYours: t("Edit your comment"),
  delete: t("Delete"),
  deleteForGood: t("Delete for good"),
  keep: t("Keep"),
  cancel: t("Cancel"),
  save: t("Save"),
});

export default {
  components: { CleanHtml },
  props: {
    items: { type: Array, default: () => [] },
    draftPrefix: String,
    canComment: Boolean,
  },
  emits: ["edit", "delete"],
  data: () => ({ editing: null, asking: null, text: "", now: Date.now(), texts: textsOf() }),
  template: `
    <ol class="tt-thread">
      <li v-for="item in items" :key="item.id" :class="item.text ? 'tt-event' : 'tt-comment'">
        <span class="tt-avatar" aria-hidden="true" :style="lookOf(item.author).style">{{ lookOf(item.author).initials }}</span>
        <p v-if="item.text" class="tt-event-text">
          <b dir="auto">{{ item.author }}</b> {{ item.text }}
          <time :datetime="item.at" :title="moment(item.at)">{{ ago(item.at, now) }}</time>
        </p>
        <div v-else class="tt-comment-body">
          <div class="tt-comment-head">
            <b>{{ item.author }}</b>
            <time :datetime="item.at" :title="moment(item.at)">{{ ago(item.at, now) }}</time>
            <span v-if="item.edited" class="tt-quiet">{{ texts.edited }}</span>
            <span v-if="item.own && canComment && editing !== item.id" class="tt-comment-actions">
              <template v-if="asking === item.id">
                <button type="button" class="tt-text-button tt-text-danger" @click="remove(item)">{{ texts.deleteForGood }}</button>
                <button type="button" class="tt-text-button" @click="asking = null">{{ texts.keep }}</button>
              </template>
              <template v-else>
                <button type="button" class="tt-text-button" :data-draft-opens="draftName(item)" @click="edit(item)">{{ texts.edit }}</button>
                <button type="button" class="tt-text-button" @click="asking = item.id">{{ texts.delete }}</button>
              </template>
            </span>
          </div>
          <form v-if="editing === item.id" @submit.prevent="save(item)">
            <textarea class="tt-input tt-comment-edit" :aria-label="texts.editYours" rows="4" v-model="text"
              :data-draft="draftName(item)" @keydown.ctrl.enter.prevent="save(item)" @keydown.meta.enter.prevent="save(item)"
              @keydown.esc.stop="cancel(item)"></textarea>
            <div class="tt-comment-foot">
              <button type="button" class="tt-button tt-button-quiet" @click="cancel(item)">{{ texts.cancel }}</button>
              <button type="submit" class="tt-button tt-button-primary">{{ texts.save }}</button>
            </div>
          </form>
          <clean-html v-else :html="item.html"></clean-html>
        </div>
      </li>
    </ol>`,
  methods: {
    lookOf,
    ago,
    moment,
    draftName(item) {
      return `${this.draftPrefix}:comment:${item.id}`;
    },
    edit(item) {
      this.text = item.body;
      this.editing = item.id;
      this.$nextTick(() => this.$el.querySelector(".tt-comment-edit")?.focus());
    },
    cancel(item) {
      window.tasktrackerForgetDraft(this.draftName(item));
      this.editing = null;
    },
    save(item) {
      if (!this.text.trim()) return;
      this.$emit("edit", { id: item.id, body: this.text });
      this.editing = null;
    },
    remove(item) {
      this.asking = null;
      this.$emit("delete", { id: item.id });
    },
  },
  mounted() {
    this.clock = setInterval(() => (this.now = Date.now()), 30000);
  },
  unmounted() {
    clearInterval(this.clock);
  },
};
