// Lists go on by themselves: Enter begins the next item, Tab puts one below the item before it.

const ITEM = /^((?:\s*>)*\s*)([-*+]|\d{1,9}[.)])([ \t]+)(\[[ xX]\][ \t]+)?/;

// What Enter writes at the end or in the midst of an item; an empty one is the end of its list. Null: what it always does.
export function nextItem({ value, start, end }) {
  const line = lineAt(value, start);
  const found = ITEM.exec(line.text);
  if (start !== end || !found || isInFence(value, line.from) || start < line.from + found[0].length) return null;
  const [all, lead, marker, gap, box] = found;
  if (line.text.slice(all.length).trim()) {
    const begun = `\n${lead}${numbered(marker, 1)}${gap}${box ? "[ ] " : ""}`;
    return { from: start, to: start, text: begun, start: start + begun.length };
  }
  const out = indented({ value, start, end }, -1);
  if (out) return out;
  const left = lead.trimEnd() && `${lead.trimEnd()} `;
  return { from: line.from, to: line.to, text: left, start: line.from + left.length };
}

// Put an item one step deeper (1) or less deep (-1), if there is such a place. Null: the key is nobody's, so that Tab
// always leads out of the field, after as many steps as there are places.
export function indented({ value, start, end }, step) {
  const line = lineAt(value, start);
  const item = itemOf(line.text);
  if (value.slice(start, end).includes("\n") || !item || isInFence(value, line.from)) return null;
  const before = itemsBefore(value, line.from);
  const place = step > 0 ? deeper(item, before) : lessDeep(item, before);
  if (place === null) return null;
  const beside = before.find(({ indent }) => indent <= place); // the one that it comes to stand below
  const marker = /\d/.test(item.marker) ? (beside?.indent === place ? numbered(beside.marker, 1) : "1.") : item.marker;
  const text = " ".repeat(place) + marker;
  const by = text.length - item.indent - item.marker.length;
  const to = line.from + item.indent + item.marker.length;
  return { from: line.from, to, text, start: Math.max(line.from, start + by), end: Math.max(line.from, end + by) };
}

function deeper({ indent }, before) {
  const beside = before.find((each) => each.indent <= indent);
  return beside?.indent === indent ? beside.inside : null;
}

function lessDeep({ indent }, before) {
  if (!indent) return null;
  return before.find((each) => each.indent < indent)?.indent ?? 0;
}

// Those of the same list, the nearest first.
function itemsBefore(value, at) {
  const found = [];
  for (const text of value.slice(0, Math.max(at - 1, 0)).split("\n").reverse()) {
    const item = itemOf(text);
    if (item) found.push(item);
    else if (text.trim() && !/^\s/.test(text)) break;
  }
  return found;
}

// `indent` is where its marker stands, `inside` where its text begins. Those of quotes are left as they are.
function itemOf(text) {
  const [, lead, marker, gap] = ITEM.exec(text) ?? [];
  if (marker === undefined || lead.includes(">")) return null;
  return { indent: lead.length, marker, inside: lead.length + marker.length + Math.min(gap.length, 4) };
}

const numbered = (marker, step) => marker.replace(/\d+/, (number) => Number(number) + step);

export function lineAt(value, at) {
  const from = value.lastIndexOf("\n", at - 1) + 1;
  const to = (value.indexOf("\n", at) + 1 || value.length + 1) - 1;
  return { from, to, text: value.slice(from, to) };
}

// Whether a block of code is open there.
export function isInFence(value, at) {
  let open = "";
  for (const text of value.slice(0, at).split("\n").slice(0, -1)) {
    const sign = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1];
    if (sign && !open) open = sign;
    else if (open && sign?.startsWith(open) && !text.trim().slice(sign.length)) open = "";
  }
  return Boolean(open);
}
