// What people read, in their own language: `t("New task")` is looked up in `window.tasktrackerTexts`, which a page in
// another language than English brings along. A text without a translation stays English.
(() => {
  const ORDER = ["zero", "one", "two", "few", "many", "other"]; // in which gettext and CLDR count the forms of a plural
  const page = document.documentElement;
  // A language tag for Intl: that of the texts, in the reader's own variety (ui/reading.py).
  const language = () => page.dataset.locale || page.lang || "en";
  const lookUp = (message) => window.tasktrackerTexts?.[message];
  // Where lines run from right to left, words of another direction must not carry their neighbours along (UAX 9).
  const isolated = (value) => (page.dir === "rtl" && typeof value === "string" ? `\u2068${value}\u2069` : value);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => isolated(values[name] ?? ""));

  // Intl's makers by language: one takes a hundred times as long to make as to use.
  const made = new Map();
  const intl = (kind, options = {}, locale = language()) => {
    const key = kind + locale + JSON.stringify(options);
    if (!made.has(key)) made.set(key, new Intl[kind](locale, options));
    return made.get(key);
  };

  const formOf = (n) => {
    const rules = intl("PluralRules");
    const { pluralCategories } = rules.resolvedOptions();
    return ORDER.filter((each) => pluralCategories.includes(each)).indexOf(rules.select(n));
  };

  window.tasktracker = {
    ...window.tasktracker,
    language,
    intl,
    // `{name}` in the text is replaced by that value.
    t: (message, values = {}) => fill(lookUp(message) ?? message, values),
    // For a text that means something else elsewhere: `context` says what it is here.
    tc: (context, message, values = {}) => fill(lookUp(`${context}\u0004${message}`) ?? message, values),
    // For a number of things: `{n}` is that number.
    tn: (one, many, n, values = {}) => {
      const forms = lookUp(one) ?? [one, many];
      const form = Array.isArray(forms) ? forms[lookUp(one) ? formOf(n) : Number(n !== 1)] : forms;
      return fill(form ?? many, { n: intl("NumberFormat").format(n), ...values });
    },
  };
})();
