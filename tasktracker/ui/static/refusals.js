// What the API refuses, in the reader's language: `told(sentence)` is found in `window.tasktrackerRefusals` by its text,
// as ui/refusals.py finds it on the server. One that is not there stays as it is.
(() => {
  const WORDS = new Set(["what", "noun", "action", "role"]); // placeholders for words that are in the catalogue too
  const PLACEHOLDER = /\{(\w+)\}/;
  const NUMBER = /\b\d{1,3}(,\d{3})+\b/g;
  const refusals = () => window.tasktrackerRefusals ?? {};
  const { number } = window.tasktracker;

  let made;
  // Those with the most words of their own come first.
  const sentences = () =>
    (made ??= Object.entries(refusals())
      .map(([english, own]) => [english.split(PLACEHOLDER), own])
      .sort(([one], [other]) => lengthOf(other) - lengthOf(one))
      .map(([parts, own]) => ({ own, names: parts.filter((_, place) => place % 2), pattern: patternOf(parts) })));

  const lengthOf = (parts) => parts.reduce((sum, part, place) => sum + (place % 2 ? 0 : part.length), 0);
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const patternOf = (parts) =>
    new RegExp(`^${parts.map((part, place) => (place % 2 ? "(.+?)" : escaped(part))).join("")}$`, "s");

  const whole = (sentence) => {
    for (const { own, names, pattern } of sentences()) {
      const values = pattern.exec(sentence)?.slice(1);
      if (!values || names.some((name, place) => WORDS.has(name) && !(values[place] in refusals()))) continue;
      return own.replace(new RegExp(PLACEHOLDER, "g"), (_, name) => valueOf(values[names.indexOf(name)]));
    }
    return null;
  };

  const valueOf = (text) =>
    whole(text) ?? text.replace(NUMBER, (found) => number(Number(found.replaceAll(",", ""))));

  // Two that were put together: what is wrong, and what was probably meant.
  const apart = (text) => {
    for (const end of text.matchAll(/[.?!] /g)) {
      const [first, second] = [whole(text.slice(0, end.index + 1)), whole(text.slice(end.index + 2))];
      if (first && second) return `${first} ${second}`;
    }
    return null;
  };

  window.tasktracker.told = (sentence) => whole(sentence) ?? apart(sentence) ?? sentence;
})();
