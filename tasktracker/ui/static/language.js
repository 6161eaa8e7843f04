// What people read, in their own language: `t("New task")` is looked up in `window.tasktrackerTexts`, which a page in
// another language than English brings along. A text without a translation stays English.
(() => {
  const ORDER = ["zero", "one", "two", "few", "many", "other"]; // in which gettext and CLDR count the forms of a plural
  const page = document.documentElement;
  // A language tag for Intl: that of the texts, in the reader's own variety (ui/reading.py).
  const language = () => page.dataset.locale || page.lang || "en";
  const lookUp = (message) => window.tasktrackerTexts?.[message];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

  const formOf = (n) => {
    const rules = new Intl.PluralRules(language());
    const { pluralCategories } = rules.resolvedOptions();
    return ORDER.filter((each) => pluralCategories.includes(each)).indexOf(rules.select(n));
  };

  window.tasktracker = {
    ...window.tasktracker,
    language,
    // `{name}` in the text is replaced by that value.
    t: (message, values = {}) => fill(lookUp(message) ?? message, values),
    // For a number of things: `{n}` is that number.
    tn: (one, many, n, values = {}) => {
      const forms = lookUp(one) ?? [one, many];
      const form = Array.isArray(forms) ? forms[lookUp(one) ? formOf(n) : Number(n !== 1)] : forms;
      return fill(form ?? many, { n: new Intl.NumberFormat(language()).format(n), ...values });
    },
  };
})();
