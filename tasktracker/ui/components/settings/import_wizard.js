// Importing a file: choose it, say what its columns are, see what would come of each line, and only then do it. The file
// goes to the API as it is; nothing is changed before the last step, and that can be undone as one.
import { Icon } from "tasktracker-parts/icons.js";

const { number, t, tn, told } = window.tasktracker;

const SHOWN = 200; // lines of a report at a time
const OUTCOMES = ["error", "create", "update", "unchanged"];

export default {
  components: { Icon },
  props: { projectKey: String, canManage: Boolean, fieldNames: Object },
  data: () => ({ file: null, preview: null, mapping: {}, dates: "", header: "", skip: false, report: null, shown: "", problem: "", isBusy: false, isOver: false, done: null }),
  template: `
    <div class="tt-import" :aria-busy="isBusy">
      <label v-if="!file" class="tt-drop" :class="{ 'tt-drop-over': isOver }" @dragover.prevent="isOver = true" @dragleave="isOver = false"
        @drop.prevent="take($event.dataTransfer.files[0])">
        <input type="file" accept=".csv,.tsv,.txt,.json,text/csv,application/json" class="tt-drop-input" ref="pick" @change="take($event.target.files[0])">
        <Icon name="upload_file" />
        <b>{{ t("Choose a file, or drop it here") }}</b>
        <span class="tt-quiet">{{ canManage ? t("A table of tasks (CSV), or an export of a project (JSON).") : t("A table of tasks (CSV). An export of a project needs a manager.") }}</span>
      </label>
      <div v-else class="tt-import-file"><b dir="auto">{{ file.name }}</b>
        <span v-if="preview" class="tt-quiet">{{ tn("{n} line", "{n} lines", preview.lines) }}</span>
        <button type="button" class="tt-text-button" @click="reset">{{ t("Choose another file") }}</button></div>
      <p v-if="problem" class="tt-problem" role="alert">{{ problem }}</p>

      <template v-if="preview && !done">
        <div class="tt-import-scroll" tabindex="0" role="region" :aria-label="t('Columns of the file')"><table class="tt-import-table">
          <thead><tr><th scope="col">{{ t("Column of the file") }}</th><th scope="col">{{ t("Becomes") }}</th><th scope="col">{{ t("First lines") }}</th></tr></thead>
          <tbody><tr v-for="column in preview.columns" :key="column.name">
            <th scope="row" dir="auto">{{ column.name }}</th>
            <td><select class="tt-item-field" :aria-label="t('What “{name}” becomes', { name: column.name })" v-model="mapping[column.name]" @change="report = null">
              <option value="">{{ t("Left out") }}</option>
              <option v-for="field in preview.fields" :key="field.field" :value="field.field">{{ field.name || fieldNames[field.field] || field.field }}</option></select></td>
            <td class="tt-import-samples" dir="auto">{{ column.samples.filter(Boolean).slice(0, 3).join(" · ") || "–" }}</td>
          </tr></tbody></table></div>
        <div class="tt-import-options">
          <label>{{ t("First line") }} <select class="tt-item-field" v-model="header" @change="look">
            <option value="">{{ t("As found out") }}</option><option value="true">{{ t("Names the columns") }}</option><option value="false">{{ t("Is a task") }}</option></select></label>
          <label>{{ t("Days are written") }} <select class="tt-item-field" v-model="dates" @change="report = null">
            <option value="">{{ t("As found out") }}</option><option v-for="each in formats" :key="each">{{ each }}</option></select></label>
        </div>
      </template>

      <section v-if="report && !done" class="tt-trial" aria-live="polite">
        <h3>{{ t("Nothing is imported yet. This is what would come of it:") }}</h3>
        <div class="tt-choices" role="group" :aria-label="t('Lines')">
          <button v-for="outcome in present" :key="outcome" type="button" class="tt-choice" :aria-pressed="shown === outcome" @click="shown = outcome">
            {{ counted(outcome) }}</button></div>
        <p v-for="words in besides" :key="words" class="tt-quiet">{{ words }}</p>
        <ul class="tt-trial-tasks tt-import-lines" tabindex="0" :aria-label="t('Lines')">
          <li v-for="line in lines.slice(0, limit)" :key="line.line"><span>{{ t("Line {n}", { n: number(line.line) }) }}</span>
            <span>{{ line.ref || "–" }}</span>
            <span class="tt-trial-change" :class="{ 'tt-problem': line.problems.length }">{{ told(line) }}</span></li>
        </ul>
        <p v-if="lines.length > limit" class="tt-quiet">{{ tn("and {n} more line", "and {n} more lines", lines.length - limit) }}</p>
        <label v-if="report.counts.error" class="tt-import-skip"><input type="checkbox" v-model="skip"> {{ t("Leave the wrong lines out, and import the others") }}</label>
      </section>

      <section v-if="done" class="tt-trial" role="status"><h3>{{ summary }}</h3></section>
      <div v-if="file && !done" class="tt-rule-foot">
        <button type="button" class="tt-button" :class="{ 'tt-button-primary': !report }" :disabled="isBusy" @click="send(true)">{{ t("Check") }}</button>
        <button v-if="report" type="button" class="tt-button tt-button-primary" :disabled="isBusy || !worth" @click="send(false)">
          {{ tn("Import {n} task", "Import {n} tasks", changes) }}</button>
      </div>
    </div>`,
  computed: {
    formats: () => ["YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "YYYY/MM/DD", "DD-MM-YYYY", "MM-DD-YYYY"],
    limit: () => SHOWN,
    isJson() {
      return this.file?.name.toLowerCase().endsWith(".json");
    },
    present() {
      return OUTCOMES.filter((each) => this.report.counts[each]);
    },
    lines() {
      return this.report.lines.filter((line) => line.outcome === this.shown);
    },
    changes() {
      return this.report.counts.create + this.report.counts.update;
    },
    worth() {
      return this.changes > 0 && (!this.report.counts.error || this.skip);
    },
    besides() {
      const { added, left_out: left, table } = this.report;
      const told = [];
      if (added.labels?.length) told.push(t("New labels: {names}", { names: added.labels.join(", ") }));
      if (added.columns?.length) told.push(t("New columns: {names}", { names: added.columns.join(", ") }));
      if (left.people?.length) told.push(t("People who are not here: {names}", { names: left.people.join(", ") }));
      if (table?.ignored.length) told.push(t("Left out: {names}", { names: table.ignored.join(", ") }));
      return told;
    },
    summary() {
      const { create, update, error } = this.done.counts;
      const parts = [tn("{n} task added", "{n} tasks added", create), tn("{n} task changed", "{n} tasks changed", update)];
      if (error) parts.push(tn("{n} line left out", "{n} lines left out", error));
      return parts.join(" · ");
    },
  },
  methods: {
    t,
    tn,
    number,
    counted(outcome) {
      const n = this.report.counts[outcome];
      if (outcome === "error") return tn("{n} wrong", "{n} wrong", n);
      if (outcome === "create") return tn("{n} new", "{n} new", n);
      return outcome === "update" ? tn("{n} changed", "{n} changed", n) : tn("{n} as it is already", "{n} as they are already", n);
    },
    told(line) {
      const words = { create: t("New"), update: t("Changed"), unchanged: t("As it is already"), error: t("Wrong") };
      return line.problems.map(({ pointer, detail }) => [pointer.slice(1), told(detail)].filter(Boolean).join(": ")).join(" ") || words[line.outcome];
    },
    reset() {
      Object.assign(this, { file: null, preview: null, report: null, done: null, problem: "", header: "", dates: "", skip: false });
      this.$nextTick(() => this.$refs.pick.focus());
    },
    async take(file) {
      this.isOver = false;
      if (!file) return;
      this.file = file;
      if (this.isJson) await this.send(true);
      else await this.look();
    },
    async look() {
      this.report = null;
      const query = new URLSearchParams(this.header ? { has_header: this.header } : {});
      const preview = await this.call(`csv:preview?${query}`);
      if (!preview) return;
      this.preview = preview;
      this.mapping = Object.fromEntries(preview.columns.map(({ name, field }) => [name, field ?? ""]));
    },
    async send(isDry) {
      const query = new URLSearchParams({ dry_run: isDry, skip_errors: this.skip });
      if (!this.isJson) {
        for (const [name, field] of Object.entries(this.mapping)) if (field) query.append("column", `${name}=${field}`);
        query.set("has_header", this.preview.has_header);
        if (this.dates) query.set("date_format", this.dates);
      }
      const report = await this.call(`${this.isJson ? "json" : "csv"}?${query}`);
      if (!report) return;
      if (report.imported) this.finish(report);
      else {
        this.report = report;
        this.shown = this.present[0] ?? "";
      }
    },
    finish(report) {
      this.done = report;
      if (report.command) window.tasktracker.did(this.summary, report.command, t("Undo"));
    },
    async call(path) {
      this.isBusy = true;
      this.problem = "";
      try {
        const headers = { "Content-Type": this.isJson ? "application/json" : "text/csv" };
        const answer = await fetch(`/api/v1/projects/${this.projectKey}/import/${path}`, { method: "POST", headers, body: this.file });
        const found = await answer.json();
        if (answer.ok) return found;
        this.problem = told(found.detail ?? "");
      } catch {
        this.problem = t("The server cannot be reached. Try again in a moment.");
      } finally {
        this.isBusy = false;
      }
      this.report = null;
      return null;
    },
  },
};
