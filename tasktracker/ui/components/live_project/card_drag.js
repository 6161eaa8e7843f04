// Dragging cards by mouse, pen and touch. While a card is in the hand only a picture of it moves, by a transform once
// a frame; the board is drawn anew only when the card would land somewhere else.
import { elementOf, numberOf } from "./card_focus.js";
import { isSameSpot, spotAt } from "./spots.js";

const SLACK = 5; // px a mouse may move before a press becomes a drag
const TOUCH_SLACK = 10; // px a finger may move before a press becomes scrolling
const LONG_PRESS = 250; // ms a finger rests before it lifts a card
const EDGE = 56; // px from an edge in which the view scrolls by itself
const SPEED = 16; // px a frame right at the edge
const FLIGHT = 160; // ms a card takes to where it belongs

const OUTSIDE = ["pointermove", "pointerup", "pointercancel", "blur", "keydown"];

export class CardDrag {
  #board;
  #press = null; // a button or finger is down on a card: {pointer, number, touch, from, now, timer}
  #drag = null; // that card is in the hand: {ghost, grip, columns, …}
  #frame = 0;
  #dragged = false; // whether the last press was a drag, the click of which is still to come

  // `board` gives {root, strip, live} and mayMove(), and is told lifted(number), then dropped(number, picture) or
  // kept(number, picture).
  constructor(board) {
    this.#board = board;
    board.root.addEventListener("pointerdown", this.#down);
    board.root.addEventListener("contextmenu", this.#menu);
    board.root.addEventListener("click", this.#click, true);
  }

  close() {
    this.#drag?.ghost.remove();
    this.#release();
  }

  // The outside is listened to only while a button is down. Keys come here before anybody else sees them.
  handleEvent(event) {
    if (event.type === "keydown") this.#key(event);
    else if (event.type === "blur")
      event.target === window && this.#giveUp(); // not that of an element
    else if (event.pointerId !== this.#press.pointer) return;
    else if (event.type === "pointermove") this.#move(event);
    else if (event.type === "pointerup") this.#up();
    else this.#giveUp();
  }

  #down = (event) => {
    this.#dragged = false;
    const card = event.target.closest(".tt-card");
    if (!card || event.button || !event.isPrimary || this.#press || !this.#board.mayMove()) return;
    const here = { x: event.clientX, y: event.clientY };
    const touch = event.pointerType === "touch";
    this.#press = { pointer: event.pointerId, number: numberOf(card), touch, from: here, now: here };
    for (const type of OUTSIDE) window.addEventListener(type, this, true);
    if (!touch) return;
    this.#press.timer = setTimeout(() => this.#lift(), LONG_PRESS);
    // On the card itself: a finger's events keep going there even if somebody's change takes it out of the page.
    card.addEventListener("touchmove", this.#still, { passive: false });
  };

  #move(event) {
    const press = this.#press;
    press.now = { x: event.clientX, y: event.clientY };
    if (this.#drag) return;
    const far = Math.hypot(press.now.x - press.from.x, press.now.y - press.from.y);
    if (press.touch && far > TOUCH_SLACK) this.#release();
    else if (!press.touch && far > SLACK) this.#lift();
  }

  #up() {
    if (this.#drag) this.#follow();
    const [drag, press] = [this.#drag, this.#press];
    this.#release();
    if (drag) this.#board.dropped(press.number, drag.ghost);
  }

  #giveUp() {
    const [drag, press] = [this.#drag, this.#press];
    this.#release();
    if (drag) this.#board.kept(press.number, drag.ghost);
  }

  #key(event) {
    if (!this.#drag) return;
    event.stopPropagation();
    event.preventDefault();
    if (event.key === "Escape") this.#giveUp();
  }

  #still = (event) => {
    if (this.#drag && event.cancelable) event.preventDefault();
  };

  #menu = (event) => {
    if (this.#press?.touch) event.preventDefault();
  };

  // A click without `detail` comes from a key or a screen reader, and belongs to no press.
  #click = (event) => {
    if (this.#dragged && event.detail) event.stopPropagation();
    this.#dragged = false;
  };

  #lift() {
    const { root, strip, live } = this.#board;
    const { number, pointer, from } = this.#press;
    const card = elementOf(root, number);
    if (!card) return this.#release();
    const box = card.getBoundingClientRect();
    const grip = { x: from.x - box.left, y: from.y - box.top };
    this.#drag = { ghost: pictureOf(card, box), grip, columns: measure(strip), frame: live.frame.value };
    root.style.setProperty("--tt-gap", `${box.height}px`);
    root.classList.add("tt-board--dragging");
    root.setPointerCapture(pointer);
    this.#board.lifted(number);
    this.#follow();
  }

  // Once a frame: the picture goes to the pointer, the view along at its edges, the gap to where the card would land.
  #follow = () => {
    const { live, strip } = this.#board;
    const { number, now } = this.#press;
    const drag = this.#drag;
    cancelAnimationFrame(this.#frame);
    if (!strip || !live.cards.has(number)) return this.#giveUp();
    this.#frame = requestAnimationFrame(this.#follow);
    if (live.frame.value !== drag.frame) Object.assign(drag, { columns: measure(strip), frame: live.frame.value });
    const column = columnAt(drag.columns, now, strip);
    const scrolled = scrollNear(strip, "x", now.x) + scrollNear(scrollerOf(column, strip), "y", now.y);
    if (!scrolled && drag.seen === now && drag.lists === live.lists.value) return;
    const spot = column && spotIn(column, number, now.y - drag.grip.y, live.lists.value);
    drag.ghost.style.translate = `${now.x - drag.grip.x}px ${now.y - drag.grip.y}px`;
    if (spot && !(live.held && isSameSpot(spot, live.held.spot))) live.hold(number, spot, true);
    Object.assign(drag, { seen: now, lists: live.lists.value });
  };

  #release() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#press?.timer);
    for (const type of OUTSIDE) window.removeEventListener(type, this, true);
    if (this.#drag) {
      this.#board.root.classList.remove("tt-board--dragging");
      this.#dragged = true;
    }
    this.#press = this.#drag = null;
  }
}

// A copy of the card above the page, where the card is.
export function pictureOf(card, box) {
  const picture = card.cloneNode(true);
  picture.classList.add("tt-card--ghost");
  for (const name of ["role", "tabindex", "data-number", "aria-label", "aria-describedby"]) {
    picture.removeAttribute(name);
  }
  picture.setAttribute("aria-hidden", "true");
  picture.style.inlineSize = `${box.width}px`;
  picture.style.translate = `${box.left}px ${box.top}px`;
  document.body.append(picture);
  return picture;
}

// Let the picture go to the card, which shows when it has arrived.
export async function fly(picture, card) {
  const [from, to] = [picture, card].map((node) => node?.getBoundingClientRect());
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (to?.width && !calm) {
    card.style.opacity = "0"; // hidden it would lose the focus
    const path = [from, to].map((box) => ({ translate: `${box.left}px ${box.top}px` }));
    await picture.animate(path, { duration: FLIGHT, easing: "cubic-bezier(0.2, 0, 0, 1)" }).finished.catch(() => {});
    card.style.opacity = "";
  }
  picture.remove();
}

// Where the columns lie along the strip; scrolling shifts all of them alike.
function measure(strip) {
  return [...strip.querySelectorAll(".tt-column")].map((column) => {
    const { left, right } = column.getBoundingClientRect();
    const list = column.querySelector(".tt-column__cards");
    return { cell: column.dataset.cell, list, left: left + strip.scrollLeft, right: right + strip.scrollLeft };
  });
}

// The nearest column, and with lanes the nearest of its cells.
function columnAt(columns, { x, y }, strip) {
  const along = x + strip.scrollLeft;
  const away = (start, end, at) => Math.max(start - at, at - end, 0);
  const nearest = Math.min(...columns.map((column) => away(column.left, column.right, along)));
  const cells = columns.filter((column) => away(column.left, column.right, along) === nearest);
  if (cells.length < 2) return cells[0] ?? null;
  const distance = ({ list }) => {
    const box = list?.getBoundingClientRect();
    return box ? away(box.top, box.bottom, y) : Infinity;
  };
  return cells.reduce((best, cell) => (distance(best) <= distance(cell) ? best : cell));
}

// What scrolls up and down where the pointer is: the column, or all lanes together.
const scrollerOf = (column, strip) => (strip.classList.contains("tt-board__strip--lanes") ? strip : column?.list);

// The card lands behind every card whose middle lies above its own top edge, as if it had left no hole and no gap.
function spotIn({ cell, list }, number, top, lists) {
  if (!list) return spotAt(cell, lists.get(cell) ?? [], lists.get(cell)?.length ?? 0); // a column that is shut
  const slots = [...list.querySelectorAll(".tt-slot")];
  const hole = list.querySelector(".tt-gap") ?? slots.find((slot) => Number(slot.dataset.slot) === number);
  const holeTop = hole ? hole.getBoundingClientRect().top : Infinity;
  const holeHeight = hole ? hole.getBoundingClientRect().height : 0;
  const others = slots.filter((slot) => Number(slot.dataset.slot) !== number);
  let [low, high] = [0, others.length];
  while (low < high) {
    const half = (low + high) >> 1;
    const box = others[half].getBoundingClientRect();
    const middle = (box.top + box.bottom) / 2 - (box.top > holeTop ? holeHeight : 0);
    if (middle < top) low = half + 1;
    else high = half;
  }
  const cards = others.slice(Math.max(low - 1, 0), low + 1).map((slot) => ({ number: Number(slot.dataset.slot) }));
  return spotAt(cell, cards, Math.min(low, 1));
}

// Scroll a view whose edge the pointer is near, faster the nearer. Returns by how much.
function scrollNear(view, axis, at) {
  if (!view) return 0;
  const box = view.getBoundingClientRect();
  const [start, end] = axis === "x" ? [box.left, box.right] : [box.top, box.bottom];
  const pull = at < start + EDGE ? at - start - EDGE : at > end - EDGE ? at - end + EDGE : 0;
  const [property, before] = axis === "x" ? ["scrollLeft", view.scrollLeft] : ["scrollTop", view.scrollTop];
  if (pull) view[property] += SPEED * Math.max(-1, Math.min(1, pull / EDGE));
  return view[property] - before;
}
