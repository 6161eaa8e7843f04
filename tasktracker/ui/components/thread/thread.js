// Comments and events of one task. Their HTML was cleaned by the server and is cleaned once more here.
import { lookOf } from "tasktracker-live-project/card_parts.js";

const UNITS = [
  ["year", 31536000],
  ["month", 2592000],
  ["week", 604800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

const CleanHtml = {
  props: { html: String },
  template: `<div class="tt-prose" ref="body"></div>`,
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

export default {
  components: { CleanHtml },
  props: {
    items: { type: Array, default: () => [] },
    draftPrefix: String,
    canComment: Boolean,
  },
  emits: ["edit", "delete"],
  data: () => ({ editing: null, asking: null, text: "", now: Date.now() }),
  template: `
    <ol class="tt-thread">
      <li v-for="item in items" :key="item.id" :class="item.text ? 'tt-event' : 'tt-comment'">
        <span class="tt-avatar" aria-hidden="true" :style="lookOf(item.author).style">{{ lookOf(item.author).initials }}</span>
        <p v-if="item.text" class="tt-event-text">
          <b>{{ item.author }}</b> {{ item.text }}
          <time :datetime="item.at" :title="exact(item.at)">{{ ago(item.at) }}</time>
        </p>
        <div v-else class="tt-comment-body">
          <div class="tt-comment-head">
            <b>{{ item.author }}</b>
            <time :datetime="item.at" :title="exact(item.at)">{{ ago(item.at) }}</time>
            <span v-if="item.edited" class="tt-quiet">edited</span>
            <span v-if="item.own && canComment && editing !== item.id" class="tt-comment-actions">
              <template v-if="asking === item.id">
                <button type="button" class="tt-text-button tt-text-danger" @click="remove(item)">Delete for good</button>
                <button type="button" class="tt-text-button" @click="asking = null">Keep</button>
              </template>
              <template v-else>
                <button type="button" class="tt-text-button" :data-draft-opens="draftName(item)" @click="edit(item)">Edit</button>
                <button type="button" class="tt-text-button" @click="asking = item.id">Delete</button>
              </template>
            </span>
          </div>
          <form v-if="editing === item.id" @submit.prevent="save(item)">
            <textarea class="tt-input tt-comment-edit" aria-label="Edit your comment" rows="4" v-model="text"
              :data-draft="draftName(item)" @keydown.ctrl.enter.prevent="save(item)" @keydown.meta.enter.prevent="save(item)"
              @keydown.esc.stop="cancel(item)"></textarea>
            <div class="tt-comment-foot">
              <button type="button" class="tt-button tt-button-quiet" @click="cancel(item)">Cancel</button>
              <button type="submit" class="tt-button tt-button-primary">Save</button>
            </div>
          </form>
          <clean-html v-else :html="item.html"></clean-html>
        </div>
      </li>
    </ol>`,
  methods: {
    lookOf,
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
    exact(at) {
      return new Date(at).toLocaleString();
    },
    ago(at) {
      const seconds = (new Date(at) - this.now) / 1000;
      const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) || ["second", 0];
      if (unit === "second") return "just now";
      return new Intl.RelativeTimeFormat(document.documentElement.lang || undefined, { numeric: "auto" }).format(
        Math.round(seconds / size),
        unit,
      );
    },
  },
  mounted() {
    this.clock = setInterval(() => (this.now = Date.now()), 30000);
  },
  unmounted() {
    clearInterval(this.clock);
  },
};
