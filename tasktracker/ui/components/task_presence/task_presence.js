// Who else has the open task open, and which field they write in. It also notices what the person at this page does:
// a minute without a sign of life is away, ten seconds without a letter is not writing.
import { lookOf } from "tasktracker-live-project/card_parts.js";

const { t } = window.tasktracker;

const AWAY = 60_000; // ms
const WRITING = 10_000; // ms
const MOST = 3; // people who are drawn one by one
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "focusin"];

const DOINGS = {
  title: () => t("editing the title"),
  description: () => t("editing the description"),
  comment: () => t("writing a comment"),
  start: () => t("editing the start"),
  due: () => t("editing the due date"),
  estimate: () => t("editing the estimate"),
  parent: () => t("editing the parent"),
};

// What an element belongs to: by its `data-field`, or by the name of its draft, such as WEB-1:comment:…
function fieldOf(element) {
  const name = element?.closest?.("[data-field]")?.dataset.field ?? element?.dataset?.draft?.split(":")[1];
  return name in DOINGS ? name : "";
}

export default {
  props: { people: { type: Array, default: () => [] } },
  emits: ["doing"],
  data: () => ({ field: "", away: false, focused: "" }),
  template: `
    <div class="tt-present">
      <ul v-if="people.length" class="tt-present__people" :aria-label="texts.here">
        <li v-for="person in shown" :key="person.id" class="tt-present__person" :class="{ 'tt-present__person--writing': person.field }"
          :title="tell(person)">
          <span class="tt-avatar" aria-hidden="true" :style="lookOf(person.name).style">{{ lookOf(person.name).initials }}</span>
          <span class="tt-present__name" dir="auto">{{ person.name }}</span>
          <span v-if="person.field" class="tt-present__doing">{{ " " + doing(person) }}</span>
        </li>
        <li v-if="rest.length" class="tt-present__person" :title="rest.map(tell).join('\\n')">
          <span class="tt-avatar tt-present__more" aria-hidden="true">+{{ rest.length }}</span>
          <span class="tt-sr-only">{{ list(rest.map(tell)) }}</span>
        </li>
      </ul>
      <p class="tt-sr-only" role="status">{{ warning }}</p>
    </div>`,
  computed: {
    texts: () => ({ here: t("Also here") }),
    shown() {
      return this.people.length > MOST ? this.people.slice(0, MOST - 1) : this.people;
    },
    rest() {
      return this.people.slice(this.shown.length);
    },
    // Arrivals are not announced. Only who writes where one writes oneself is worth an interruption.
    warning() {
      const other = this.focused && this.people.find(({ field }) => field === this.focused);
      return other ? t("{person} is here, too: {doing}", { person: other.name, doing: this.doing(other) }) : "";
    },
  },
  methods: {
    lookOf,
    list: (texts) => window.tasktracker.list(texts),
    doing: ({ field }) => DOINGS[field]?.() ?? "",
    tell(person) {
      return person.field ? t("{person}: {doing}", { person: person.name, doing: this.doing(person) }) : person.name;
    },
    isHere(element) {
      return (this.$el.closest("[role=dialog]") ?? document.body).contains(element);
    },
    alive() {
      clearTimeout(this.idle);
      this.idle = setTimeout(() => (this.away = true), AWAY);
      this.away = document.hidden;
    },
    written({ target }) {
      const field = this.isHere(target) && target === document.activeElement ? fieldOf(target) : "";
      if (!field) return; // a draft that came back was not typed now
      clearTimeout(this.pause);
      this.pause = setTimeout(this.rested, WRITING);
      this.field = field;
    },
    rested() {
      clearTimeout(this.pause);
      this.field = "";
    },
    moved({ target }) {
      this.focused = this.isHere(target) ? fieldOf(target) : "";
    },
    left() {
      this.rested();
      this.focused = "";
    },
    say() {
      this.$emit("doing", { field: this.field, away: this.away });
    },
  },
  watch: { field: "say", away: "say" },
  mounted() {
    this.listeners = [
      ...SIGNS.map((sign) => [sign, this.alive]),
      ["visibilitychange", this.alive],
      ["input", this.written],
      ["focusin", this.moved],
      ["focusout", this.left],
    ];
    for (const [name, listener] of this.listeners) document.addEventListener(name, listener, { passive: true });
    this.moved({ target: document.activeElement });
    this.alive();
  },
  unmounted() {
    clearTimeout(this.idle);
    clearTimeout(this.pause);
    for (const [name, listener] of this.listeners) document.removeEventListener(name, listener);
  },
};
