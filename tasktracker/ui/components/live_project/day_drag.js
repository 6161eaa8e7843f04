// Dragging what has a day to another day, by mouse, pen and finger. While something is in the hand a picture of it
// moves with the pointer; the view only marks where it would land.

const SLACK = 5; // px a mouse may move before a press becomes a drag
const LONG_PRESS = 300; // ms a finger rests before it lifts
const OUTSIDE = ["pointermove", "pointerup", "pointercancel", "keydown"];

export class DayDrag {
  #view;
  #press = null;
  #picture = null;
  #dragged = false;

  // `view` gives root and mayMove(); `grip(target)` what is dragged by that element, or null; `over(grip, event, from)`
  // is told where the pointer is and where it came from ({x, y}), null when it is given up; `drop(grip)` that it was let
  // go. Of a grip that is `still` no picture moves.
  constructor(view) {
    this.#view = view;
    view.root.addEventListener("pointerdown", this.#down);
    view.root.addEventListener("click", this.#click, true);
  }

  close() {
    this.#end();
  }

  handleEvent(event) {
    if (event.type === "keydown") return event.key === "Escape" && this.#picture && this.#cancel(event);
    if (event.pointerId !== this.#press.pointer) return;
    if (event.type === "pointermove") this.#move(event);
    else if (event.type === "pointerup") this.#up();
    else this.#cancel(event);
  }

  #down = (event) => {
    this.#dragged = false;
    const grip = !event.button && event.isPrimary && this.#view.mayMove() ? this.#view.grip(event.target) : null;
    if (!grip || this.#press) return;
    this.#press = { pointer: event.pointerId, grip, x: event.clientX, y: event.clientY };
    for (const type of OUTSIDE) window.addEventListener(type, this, true);
    if (event.pointerType !== "touch") return event.preventDefault(); // no selecting of text
    this.#press.timer = setTimeout(() => this.#lift(), LONG_PRESS);
    this.#press.touched = grip.element;
    grip.element.addEventListener("touchmove", this.#still, { passive: false });
  };

  #move(event) {
    const { x, y, timer } = this.#press;
    const far = Math.hypot(event.clientX - x, event.clientY - y) > SLACK;
    if (!this.#picture && far && timer) return this.#end(); // a finger that scrolls
    if (!this.#picture && far) this.#lift();
    if (!this.#picture) return;
    this.#picture.style.translate = `${event.clientX - x}px ${event.clientY - y}px`;
    this.#view.over(this.#press.grip, event, this.#press);
  }

  #lift() {
    clearTimeout(this.#press.timer);
    this.#press.timer = 0;
    const { element } = this.#press.grip;
    const box = element.getBoundingClientRect();
    this.#picture = element.cloneNode(true);
    this.#picture.hidden = Boolean(this.#press.grip.still);
    this.#picture.removeAttribute("data-number");
    this.#picture.classList.add("tt-in-hand");
    Object.assign(this.#picture.style, {
      ...{ insetBlockStart: `${box.top}px`, left: `${box.left}px` },
      ...{ inlineSize: `${box.width}px`, blockSize: `${box.height}px` },
    });
    document.body.append(this.#picture);
    this.#dragged = true;
  }

  #up() {
    const { grip } = this.#press;
    const lifted = Boolean(this.#picture);
    this.#end();
    if (lifted) this.#view.drop(grip);
  }

  #cancel(event) {
    event.preventDefault();
    event.stopPropagation();
    this.#view.over(this.#press.grip, null);
    this.#end();
  }

  #end() {
    if (!this.#press) return;
    clearTimeout(this.#press.timer);
    this.#press.touched?.removeEventListener("touchmove", this.#still);
    for (const type of OUTSIDE) window.removeEventListener(type, this, true);
    this.#picture?.remove();
    this.#picture = this.#press = null;
  }

  #still = (event) => this.#picture && event.preventDefault();

  // The click that ends a drag opens nothing.
  #click = (event) => {
    if (!this.#dragged) return;
    this.#dragged = false;
    event.stopPropagation();
    event.preventDefault();
  };
}
