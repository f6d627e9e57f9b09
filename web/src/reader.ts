// `.reader`: the report's text beside its claims. A claim lights its words and words their claims; left and right go from
// mark to mark; what is selected goes into the form `[data-select]` as offsets in code points of the report's text.
import { setField } from "./dom";
import { cited, type Passage, passage, pointsIn, unitsAt } from "./points";
import { say } from "./voice";

const NOT_TEXT = "[data-not-text]";

export function startReader(reader: HTMLElement): void {
  const blocks = [...reader.querySelectorAll<HTMLElement>("[data-text]")];
  const marks = [...reader.querySelectorAll<HTMLElement>("[data-text] mark")];
  lightUp(reader);
  for (const block of blocks) walkMarks(block, marks, reader);
  const form = document.querySelector<HTMLFormElement>("form[data-select]");
  if (form) followSelection(form, blocks);
  const showCited = () => cite(blocks);
  addEventListener("hashchange", showCited);
  showCited();
}

// ---------------------------------------------------------------- claims and their words
function lightUp(reader: HTMLElement): void {
  const light = (event: Event, isLit: boolean) => {
    const over = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-claim]") : null;
    if (over) for (const one of sharing(reader, over)) one.classList.toggle("is-lit", isLit);
  };
  for (const type of ["pointerover", "focusin"]) reader.addEventListener(type, (event) => light(event, true));
  for (const type of ["pointerout", "focusout"]) reader.addEventListener(type, (event) => light(event, false));
}

/** All that has a claim in common with `one`, itself among them. */
function sharing(reader: HTMLElement, one: HTMLElement): HTMLElement[] {
  const claims = claimsOf(one);
  return [...reader.querySelectorAll<HTMLElement>("[data-claim]")].filter((other) =>
    claimsOf(other).some((claim) => claims.includes(claim)),
  );
}

function claimsOf(one: HTMLElement): string[] {
  return (one.dataset.claim ?? "").split(/\s+/).filter(Boolean);
}

// ---------------------------------------------------------------- from mark to mark
function walkMarks(block: HTMLElement, marks: readonly HTMLElement[], reader: HTMLElement): void {
  if (marks.length === 0) return;
  if (!block.hasAttribute("tabindex")) block.tabIndex = 0;
  block.addEventListener("keydown", (event) => {
    const by = stepOf(event, block);
    if (by === 0) return;
    event.preventDefault();
    const at = marks.findIndex((mark) => mark.matches(".current"));
    const next = at < 0 ? (by > 0 ? 0 : marks.length - 1) : (at + by + marks.length) % marks.length;
    const mark = marks[next];
    if (mark) goTo(mark, `${next + 1} of ${marks.length}`, reader);
  });
}

function stepOf(event: KeyboardEvent, block: HTMLElement): -1 | 0 | 1 {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return 0;
  const isLeftward = getComputedStyle(block).direction === "rtl";
  if (event.key === "ArrowRight") return isLeftward ? -1 : 1;
  if (event.key === "ArrowLeft") return isLeftward ? 1 : -1;
  return 0;
}

function goTo(mark: HTMLElement, place: string, reader: HTMLElement): void {
  for (const lit of reader.querySelectorAll(".current, .is-lit")) lit.classList.remove("current", "is-lit");
  mark.classList.add("current");
  for (const one of sharing(reader, mark)) one.classList.add("is-lit");
  mark.scrollIntoView({ block: "nearest" });
  reader.querySelector(".claim.is-lit")?.scrollIntoView({ block: "nearest" });
  say(`${mark.dataset.field ?? "mark"}: ${mark.textContent?.trim() ?? ""}, ${place}`);
}

// ---------------------------------------------------------------- what is selected
function followSelection(form: HTMLFormElement, blocks: readonly HTMLElement[]): void {
  document.addEventListener("selectionchange", () => {
    const found = selected(blocks);
    if (found === null) return;
    setField(form, "start", String(found.start));
    setField(form, "end", String(found.end));
    setField(form, "quote", found.quote);
    for (const shown of form.querySelectorAll("[data-quote]")) shown.textContent = found.quote;
    form.dataset.filled = "";
  });
}

/** The passage selected within one block of text; what lies before or after that block is left out. */
function selected(blocks: readonly HTMLElement[]): Passage | null {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const block = blocks.find((one) => range.intersectsNode(one));
  if (block === undefined) return null;
  const whole = document.createRange();
  whole.selectNodeContents(block);
  const inside = range.cloneRange();
  if (inside.compareBoundaryPoints(Range.START_TO_START, whole) < 0) inside.setStart(block, 0);
  if (inside.compareBoundaryPoints(Range.END_TO_END, whole) > 0) inside.setEnd(block, block.childNodes.length);
  const before = whole.cloneRange();
  before.setEnd(inside.startContainer, inside.startOffset);
  return passage(textOf(inside), offsetOf(block) + pointsIn(textOf(before)));
}

function textOf(range: Range): string {
  const part = range.cloneContents();
  for (const other of part.querySelectorAll(NOT_TEXT)) other.remove();
  return part.textContent ?? "";
}

/** Where in the report's text a block begins, in code points. */
function offsetOf(block: HTMLElement): number {
  return Number(block.dataset.offset ?? 0) || 0;
}

// ---------------------------------------------------------------- a cited passage: #120-168
function cite(blocks: readonly HTMLElement[]): void {
  const asked = cited(location.hash);
  CSS.highlights?.delete("cited");
  if (asked === null) return;
  const ranges = blocks.flatMap(
    (block) => rangeIn(block, asked[0] - offsetOf(block), asked[1] - offsetOf(block)) ?? [],
  );
  const first = ranges[0];
  if (first === undefined) return;
  CSS.highlights?.set("cited", new Highlight(...ranges));
  const { top } = first.getBoundingClientRect();
  scrollBy({ top: top - innerHeight / 3 });
}

function rangeIn(block: HTMLElement, start: number, end: number): Range | null {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 0;
  let isOpen = false;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement?.closest(NOT_TEXT)) continue;
    const text = node.nodeValue ?? "";
    const points = pointsIn(text);
    if (!isOpen && at + points > start && at < end) {
      range.setStart(node, unitsAt(text, start - at));
      isOpen = true;
    }
    if (isOpen) range.setEnd(node, unitsAt(text, end - at));
    at += points;
    if (at >= end) break;
  }
  return isOpen ? range : null;
}
