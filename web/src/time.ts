// `[data-time]`: a brush over the histogram that the server drew. It sets `from` and `to` of the form and submits it; the
// two date fields of the form do the same without a drag, and so do the arrow keys on its two handles.

import { type Bar, barAt, dayOf, type Range, rangeOf, stepped } from "./bars";
import { formOf, set, setField, shape } from "./dom";

type End = keyof Range;

const REACH_PX = 14;

export function startTime(host: HTMLElement): void {
  const chart = host.querySelector<SVGSVGElement>("svg.histogram") ?? host.querySelector("svg");
  const form = formOf(host);
  const rects = [...host.querySelectorAll<SVGRectElement>("rect[data-from][data-to]")];
  const bars = rects.map(barOf).sort((a, b) => a.left - b.left);
  if (chart === null || form === null || bars.length === 0) return;
  new Brush(chart, bars, form, rects);
}

function barOf(rect: SVGRectElement): Bar {
  const left = rect.x.baseVal.value;
  return { from: rect.dataset.from ?? "", to: rect.dataset.to ?? "", left, right: left + rect.width.baseVal.value };
}

class Brush {
  readonly #chart: SVGSVGElement;
  readonly #bars: readonly Bar[];
  readonly #form: HTMLFormElement;
  readonly #rects: readonly SVGRectElement[];
  readonly #frame = shape("rect", { class: "brush", "pointer-events": "none" });
  readonly #handles: Readonly<Record<End, SVGGElement>>;
  readonly #box: { readonly top: number; readonly height: number };
  #range: Range;
  #isSet: boolean;

  constructor(chart: SVGSVGElement, bars: readonly Bar[], form: HTMLFormElement, rects: readonly SVGRectElement[]) {
    this.#chart = chart;
    this.#bars = bars;
    this.#form = form;
    this.#rects = rects;
    this.#box = heightOf(chart, rects);
    const from = this.#value("from");
    const to = this.#value("to");
    this.#isSet = from !== "" || to !== "";
    this.#range = rangeOf(bars, from, to);
    this.#handles = { first: this.#handle("first"), last: this.#handle("last") };
    this.#build();
    this.#show();
    new ResizeObserver(() => this.#size()).observe(chart);
  }

  #build(): void {
    const first = this.#bars[0];
    const last = this.#bars.at(-1);
    if (!first || !last) return;
    const { top, height } = this.#box;
    const cover = shape("rect", { class: "cover", x: first.left, y: top, width: last.right - first.left, height });
    cover.addEventListener("pointerdown", (event) => this.#drag(event, cover, null));
    this.#chart.append(this.#frame, cover, this.#handles.first, this.#handles.last);
    // The chart was one picture; now it holds two sliders.
    set(this.#chart, { role: "group", "aria-roledescription": "time line" });
  }

  #handle(end: End): SVGGElement {
    const { top, height } = this.#box;
    const node = shape(
      "g",
      {
        class: "handle",
        role: "slider",
        tabindex: 0,
        "aria-label": end === "first" ? "From" : "To",
        "aria-valuemin": 0,
      },
      shape("rect", { class: "reach", y: top, height }),
      shape("rect", {}),
    );
    set(node, { "aria-valuemax": this.#bars.length - 1, "aria-orientation": "horizontal" });
    node.addEventListener("pointerdown", (event) => this.#drag(event, node, end));
    node.addEventListener("keydown", (event) => this.#key(event, end));
    return node;
  }

  /** Handles are as large on a phone as on a desk, however the chart is scaled. */
  #size(): void {
    const scale = this.#chart.getScreenCTM();
    if (scale === null || scale.a === 0 || scale.d === 0) return;
    const [across, down] = [1 / scale.a, 1 / scale.d];
    const middle = this.#box.top + this.#box.height / 2;
    for (const handle of Object.values(this.#handles)) {
      const [reach, grip] = handle.children;
      if (reach) set(reach, { x: -REACH_PX * across, width: 2 * REACH_PX * across });
      if (grip) set(grip, { x: -4 * across, width: 8 * across, y: middle - 14 * down, height: 28 * down });
    }
  }

  #key(event: KeyboardEvent, end: End): void {
    if (event.key === "Enter") {
      this.#submit();
      return;
    }
    const moved = stepped(this.#range, end, event.key, this.#bars.length);
    if (moved === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#take(moved);
  }

  #drag(down: PointerEvent, node: SVGElement, end: End | null): void {
    if (down.button !== 0) return;
    down.preventDefault();
    node.setPointerCapture(down.pointerId);
    const start = barAt(this.#bars, this.#x(down));
    const fixed = end === "first" ? this.#range.last : end === "last" ? this.#range.first : start;
    const move = (event: PointerEvent) => {
      const at = barAt(this.#bars, this.#x(event));
      this.#take({ first: Math.min(at, fixed), last: Math.max(at, fixed) });
    };
    const stop = (event: PointerEvent) => {
      node.removeEventListener("pointermove", move);
      node.removeEventListener("pointerup", stop);
      node.removeEventListener("pointercancel", stop);
      if (event.type === "pointercancel") return;
      move(event);
      this.#submit();
    };
    node.addEventListener("pointermove", move);
    node.addEventListener("pointerup", stop);
    node.addEventListener("pointercancel", stop);
  }

  /** Where the pointer is, in the chart's own units. */
  #x(event: PointerEvent): number {
    const matrix = this.#chart.getScreenCTM();
    return matrix === null ? 0 : new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()).x;
  }

  #take(range: Range): void {
    this.#range = range;
    this.#isSet = true;
    this.#show();
  }

  #show(): void {
    const first = this.#bars[this.#range.first];
    const last = this.#bars[this.#range.last];
    if (!first || !last) return;
    const { top, height } = this.#box;
    set(this.#frame, { x: first.left, y: top, width: last.right - first.left, height });
    set(this.#frame, { visibility: this.#isSet ? null : "hidden" });
    this.#place("first", this.#range.first, first.left, first.from);
    this.#place("last", this.#range.last, last.right, last.to);
    for (const rect of this.#rects) {
      const left = rect.x.baseVal.value;
      rect.classList.toggle("is-in", this.#isSet && left >= first.left && left < last.right);
    }
  }

  #place(end: End, index: number, x: number, date: string): void {
    set(this.#handles[end], { transform: `translate(${x},0)`, "aria-valuenow": index, "aria-valuetext": date });
  }

  #submit(): void {
    const first = this.#bars[this.#range.first];
    const last = this.#bars[this.#range.last];
    if (!first || !last || !this.#isSet) return;
    setField(this.#form, "from", first.from);
    setField(this.#form, "to", last.to);
    this.#form.requestSubmit();
  }

  #value(name: string): string {
    const field = this.#form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? dayOf(field.value) : "";
  }
}

/** What the brush covers: the chart's drawing height, or that of its tallest bar. */
function heightOf(chart: SVGSVGElement, rects: readonly SVGRectElement[]): { top: number; height: number } {
  const tops = rects.map((rect) => rect.y.baseVal.value);
  const bottoms = rects.map((rect) => rect.y.baseVal.value + rect.height.baseVal.value);
  const top = Math.min(...tops, chart.viewBox.baseVal?.y ?? 0);
  return { top, height: Math.max(...bottoms) - top };
}
