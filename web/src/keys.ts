// Keys of a page. `data-key="a"` names the keys of an element, `data-key-label` what they do; j and k go through
// `[data-row]`, / goes to the search, ? lists all of them. Single letters can be switched off (WCAG 2.1.4); no key acts
// while somebody types, nor with ctrl, alt or meta.
import { element } from "./dom";
import { keepKeys, storedKeys } from "./settings";
import { say } from "./voice";

export type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey">;
type Listed = readonly [keys: string, label: string];

const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset]), textarea, select";

// What a row is for: its first link, button or box.
const OF_ROW = "a[href], button, input[type=checkbox], input[type=radio]";

/** 'j ArrowDown' as the keys it names. */
export function keysIn(text: string): string[] {
  return text.split(/\s+/).filter((key) => key !== "");
}

/** Whether a key is one that writes a character: only such keys can be switched off. */
export function isCharacter(key: string): boolean {
  return [...key].length === 1;
}

/** Whether a press may act at all, given whether somebody is typing and whether single letters are on. */
export function mayAct(pressed: Pressed, isTyping: boolean, areOn: boolean): boolean {
  if (isTyping || pressed.ctrlKey || pressed.altKey || pressed.metaKey) return false;
  return areOn || !isCharacter(pressed.key);
}

export function startKeys(): void {
  document.addEventListener("keydown", pressed);
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof Element) mark(event.target.closest("[data-row]"));
  });
  for (const button of document.querySelectorAll<HTMLElement>("[data-keys-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", openList);
  }
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || !mayAct(event, isTyping(event.target), storedKeys() === "on"))
    return;
  const scope = document.querySelector<HTMLElement>("dialog[open]") ?? document;
  const named = keyed(scope).find((one) => keysIn(one.dataset.key ?? "").includes(event.key));
  // A focused button keeps its own Enter and its own space.
  if (
    named &&
    !(isOwn(event.key) && event.target instanceof Element && event.target.matches("a, button, summary, input"))
  ) {
    event.preventDefault();
    activate(named);
  } else if (scope === document && own(event)) event.preventDefault();
}

function own(event: KeyboardEvent): boolean {
  switch (event.key) {
    case "j":
      return step(1);
    case "k":
      return step(-1);
    case "/":
      return search();
    case "?":
      openList();
      return true;
    case "Enter":
      return openRow(event.target);
    default:
      return false;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(FIELDS));
}

function isOwn(key: string): boolean {
  return key === "Enter" || key === " ";
}

function keyed(scope: ParentNode): HTMLElement[] {
  return [...scope.querySelectorAll<HTMLElement>("[data-key]")].filter(isThere);
}

function isThere(one: HTMLElement): boolean {
  return one.checkVisibility({ visibilityProperty: true }) && !one.matches(":disabled, [aria-disabled=true]");
}

function activate(one: HTMLElement): void {
  if (one.matches(FIELDS)) one.focus();
  else if (one.matches("a, button, summary, label, input, [role=button]")) {
    one.focus();
    one.click();
  } else (one.querySelector<HTMLElement>("a, button, input, select, textarea") ?? one).focus();
}

// ---------------------------------------------------------------- rows
function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row]")].filter(isThere);
}

function step(by: 1 | -1): boolean {
  const all = rows();
  if (all.length === 0) return false;
  const at = all.findIndex((row) => row.matches(".is-current"));
  const row = all[next(at, by, all.length)];
  if (row) land(row);
  return true;
}

/** The row to go to: from none (-1) the first or the last; the list does not go round. */
export function next(at: number, by: 1 | -1, length: number): number {
  if (at < 0) return by === 1 ? 0 : length - 1;
  return Math.min(Math.max(at + by, 0), length - 1);
}

function land(row: HTMLElement): void {
  const link = row.querySelector<HTMLElement>(OF_ROW);
  if (link === null) row.tabIndex = -1;
  (link ?? row).focus();
  row.scrollIntoView({ block: "nearest" });
  mark(row);
}

function mark(row: Element | null): void {
  if (row === null || row.matches(".is-current")) return;
  for (const other of document.querySelectorAll("[data-row].is-current")) other.classList.remove("is-current");
  row.classList.add("is-current");
}

function openRow(target: EventTarget | null): boolean {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  if (row === null || target !== row) return false;
  row.querySelector<HTMLElement>(OF_ROW)?.click();
  return true;
}

function search(): boolean {
  const field = document.querySelector<HTMLInputElement>("input[type=search]");
  field?.focus();
  field?.select();
  return field !== null;
}

// ---------------------------------------------------------------- the list of keys
function openList(): void {
  const close = element("button", { type: "button", class: "button" }, "Close");
  const dialog = element(
    "dialog",
    { class: "keys", "aria-labelledby": "keys-title" },
    element("h2", { id: "keys-title" }, "Keys of this page"),
    list(),
    choice(),
    close,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function list(): HTMLElement {
  const rowsOf = listed().map(([keys, label]) => [
    element("dt", {}, ...keysIn(keys).flatMap((key, index) => (index ? [" ", kbd(key)] : [kbd(key)]))),
    element("dd", {}, label),
  ]);
  return element("dl", { class: "keys-list" }, ...rowsOf.flat());
}

function listed(): Listed[] {
  const ofPage = keyed(document).map((one): Listed => [one.dataset.key ?? "", labelOf(one)]);
  const ofRows: Listed[] = rows().length
    ? [
        ["j k", "next, previous in the list"],
        ["Enter", "open it"],
      ]
    : [];
  const ofSearch: Listed[] = document.querySelector("input[type=search]") ? [["/", "search"]] : [];
  const all: Listed[] = [...ofRows, ...ofSearch, ...ofPage, ["?", "this list"]];
  return all.filter(([keys], index) => all.findIndex(([other]) => other === keys) === index);
}

function labelOf(one: HTMLElement): string {
  return one.dataset.keyLabel ?? one.getAttribute("aria-label") ?? one.textContent?.trim() ?? "";
}

function kbd(key: string): HTMLElement {
  return element("kbd", {}, NAMES[key] ?? key);
}

const NAMES: Readonly<Record<string, string>> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

function choice(): HTMLElement {
  const box = element("input", { type: "checkbox", checked: storedKeys() === "on" });
  box.addEventListener("change", () => {
    keepKeys(box.checked ? "on" : "off");
    if (box.checked) delete document.documentElement.dataset.keys;
    else document.documentElement.dataset.keys = "off";
    say(box.checked ? "Single-letter keys are on" : "Single-letter keys are off");
  });
  return element("label", { class: "check" }, box, "Single-letter keys");
}
