// Places in a text: the server counts characters, the browser the halves of pairs too.
export const charactersBefore = (text, index) => [...text.slice(0, index)].length;
export const indexOf = (text, characters) => [...text].slice(0, characters).join("").length;
export const replaced = (text, start, end, by) =>
  [...text].slice(0, start).join("") + by + [...text].slice(end).join("");
