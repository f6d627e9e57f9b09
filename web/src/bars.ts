// The arithmetic of the time brush: bars side by side, each a span of days, and a range of them.
export type Bar = { readonly from: string; readonly to: string; readonly left: number; readonly right: number };
/** Indexes of the first and the last bar that are in. */
export type Range = { readonly first: number; readonly last: number };

/** The index of the bar at `x`, else of the nearest. */
export function barAt(bars: readonly Bar[], x: number): number {
  const distance = (bar: Bar) => (x < bar.left ? bar.left - x : Math.max(0, x - bar.right));
  return bars.reduce((best, bar, index) => (distance(bar) < distance(bars[best] ?? bar) ? index : best), 0);
}

/** The bars that two ISO dates name; an empty date leaves that side open. ISO dates compare as text. */
export function rangeOf(bars: readonly Bar[], from: string, to: string): Range {
  const first = from === "" ? 0 : bars.findIndex((bar) => bar.to >= from);
  const last = to === "" ? bars.length - 1 : bars.findLastIndex((bar) => bar.from <= to);
  const start = first < 0 ? bars.length - 1 : first;
  return { first: start, last: Math.max(last, start) };
}

/** The range after a key on one of its ends; null for a key that does nothing. The ends do not pass each other. */
export function stepped(range: Range, end: keyof Range, key: string, length: number): Range | null {
  const at = range[end];
  const to = new Map([
    ["ArrowLeft", at - 1],
    ["ArrowDown", at - 1],
    ["ArrowRight", at + 1],
    ["ArrowUp", at + 1],
    ["PageUp", at + 7],
    ["PageDown", at - 7],
    ["Home", 0],
    ["End", length - 1],
  ]).get(key);
  if (to === undefined) return null;
  const [low, high] = end === "first" ? [0, range.last] : [range.first, length - 1];
  return { ...range, [end]: Math.min(Math.max(to, low), high) };
}

/** The date of an ISO date or instant. */
export function dayOf(text: string): string {
  return text.trim().slice(0, 10);
}
