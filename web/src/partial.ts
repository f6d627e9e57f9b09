// Links and GET forms inside `[data-partial="#results #facets"]` that lead to the same page in another state: the page is
// fetched, the parts of those ids are put in place, and the address changes as if the page had been loaded. Whatever goes
// wrong, the browser goes there in its own way.
import { say } from "./voice";

type Enhance = (root: ParentNode) => void;
type Kept = { readonly partial: readonly string[] };
type Mode = "push" | "keep";

let asked: AbortController | null = null;

export function startPartial(enhance: Enhance): void {
  if (document.querySelector("[data-partial]") === null) return;
  const visit = (url: URL, ids: readonly string[], mode: Mode, from: Element | null): void => {
    void swapped(url, ids, mode, from, enhance).then((done) => {
      if (!done) location.assign(url);
    });
  };

  document.addEventListener("click", (event) => {
    // By attribute: the `href` of a link in an SVG is no text.
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (link === null || event.defaultPrevented || !isPlain(event)) return;
    const url = new URL(link.getAttribute("href") ?? "", document.baseURI);
    const ids = idsFor(link);
    if (ids.length === 0 || leads(link) || !isOtherState(url, location)) return;
    event.preventDefault();
    visit(url, ids, "push", link);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented || form.method !== "get") return;
    const ids = idsFor(form);
    const url = addressOf(form, event.submitter);
    if (ids.length === 0 || url.origin !== location.origin || url.pathname !== location.pathname) return;
    event.preventDefault();
    visit(url, ids, "push", document.activeElement);
  });

  document.addEventListener("change", (event) => {
    const field = event.target instanceof Element ? event.target : null;
    const form = field?.closest<HTMLFormElement>("form[data-auto]");
    if (form && field?.matches("input[type=checkbox], input[type=radio], select")) form.requestSubmit();
  });

  addEventListener("popstate", (event) => {
    const state: unknown = event.state;
    if (!isKept(state)) return;
    void swapped(new URL(location.href), state.partial, "keep", null, enhance).then((done) => {
      if (!done) location.reload();
    });
  });
}

/** '#results #facets' or 'results,facets' as a list of ids. */
export function idsIn(text: string): string[] {
  return text.split(/[\s,]+/).flatMap((part) => part.replace(/^#/, "") || []);
}

/** Whether `url` is the page of `here` in another state: another query, the same path. */
export function isOtherState(url: URL, here: Pick<URL, "origin" | "pathname" | "search">): boolean {
  return url.origin === here.origin && url.pathname === here.pathname && url.search !== here.search;
}

/** Name and value of every field that says something, in the form's order. */
export function query(fields: Iterable<readonly [string, FormDataEntryValue]>): string {
  const filled = [...fields].flatMap(([name, value]) =>
    typeof value === "string" && value !== "" ? [[name, value]] : [],
  );
  return new URLSearchParams(filled).toString();
}

function addressOf(form: HTMLFormElement, submitter: HTMLElement | null): URL {
  const url = new URL(form.getAttribute("action") || location.pathname, location.href);
  url.search = query(new FormData(form, submitter));
  return url;
}

function idsFor(from: Element): string[] {
  return idsIn(from.closest<HTMLElement>("[data-partial]")?.dataset.partial ?? "");
}

/** Whether a link asks to be followed in another way: in another window, or to a file. */
function leads(link: Element): boolean {
  return link.hasAttribute("target") || link.hasAttribute("download");
}

function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

function isKept(state: unknown): state is Kept {
  return typeof state === "object" && state !== null && "partial" in state && Array.isArray(state.partial);
}

/** Whether the parts were put in place. A visit that a later one overtook counts as done. */
async function swapped(
  url: URL,
  ids: readonly string[],
  mode: Mode,
  from: Element | null,
  enhance: Enhance,
): Promise<boolean> {
  const old = ids.map((id) => document.getElementById(id));
  if (!old.every((part) => part !== null)) return false;
  asked?.abort();
  const mine = new AbortController();
  asked = mine;
  for (const part of old) part.setAttribute("aria-busy", "true");
  try {
    const page = await fetched(url, ids, mine.signal);
    const fresh = ids.map((id) => page?.getElementById(id) ?? null);
    if (page === null || !fresh.every((part) => part !== null)) return false;
    if (mode === "push") push(url, ids);
    put(old, fresh, from);
    retitle(page, fresh);
    for (const part of fresh) enhance(part);
    document.dispatchEvent(new CustomEvent("dateline:swapped"));
    const told = fresh.flatMap((part) => announcementIn(part) ?? [])[0];
    if (told) say(told);
    return true;
  } catch {
    return mine.signal.aborted;
  } finally {
    if (!mine.signal.aborted) for (const part of old) part.removeAttribute("aria-busy");
  }
}

async function fetched(url: URL, ids: readonly string[], signal: AbortSignal): Promise<Document | null> {
  const answer = await fetch(url, { headers: { "X-Partial": ids.join(" "), Accept: "text/html" }, signal });
  const isPage = answer.headers.get("content-type")?.startsWith("text/html") ?? false;
  if (!answer.ok || !isPage || new URL(answer.url).pathname !== url.pathname) return null;
  // Parsed by itself, the page runs no script; our server escaped it as it escapes every page.
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function push(url: URL, ids: readonly string[]): void {
  if (url.href === location.href) return;
  const state: Kept = { partial: ids };
  history.replaceState({ ...(isKept(history.state) ? history.state : {}), ...state }, "");
  history.pushState(state, "", url);
}

function put(old: readonly HTMLElement[], fresh: readonly HTMLElement[], from: Element | null): void {
  const focused = old.some((part) => part.contains(document.activeElement)) ? document.activeElement : null;
  const turned = from?.closest(".pager") !== null && from !== null;
  for (const [index, part] of old.entries()) {
    const next = fresh[index];
    if (next === undefined) continue;
    keepOpen(part, next);
    part.replaceWith(document.adoptNode(next));
  }
  if (turned) arrive(fresh[0]);
  else if (focused !== null) refocus(focused, fresh);
}

function keepOpen(old: Element, fresh: Element): void {
  for (const details of old.querySelectorAll<HTMLDetailsElement>("details[id]")) {
    const twin = fresh.querySelector(`#${CSS.escape(details.id)}`);
    if (twin instanceof HTMLDetailsElement) twin.open = details.open;
  }
}

function refocus(was: Element, fresh: readonly HTMLElement[]): void {
  for (const part of fresh) {
    const twin = [...part.querySelectorAll<HTMLElement>(was.tagName)].find((one) => isTwin(was, one));
    if (twin) {
      twin.focus({ preventScroll: true });
      return;
    }
  }
  arrive(fresh[0]);
}

/** Whether two elements of one tag are the same control of two states of a page. */
function isTwin(was: Element, is: Element): boolean {
  if (was.id || is.id) return was.id === is.id;
  if (was instanceof HTMLInputElement && is instanceof HTMLInputElement)
    return was.name === is.name && (was.type === "text" || was.value === is.value);
  return (was.getAttribute("name") ?? was.textContent?.trim()) === (is.getAttribute("name") ?? is.textContent?.trim());
}

function arrive(part: HTMLElement | undefined): void {
  if (part === undefined) return;
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  part.scrollIntoView({ block: "start" });
}

function retitle(page: Document, fresh: readonly HTMLElement[]): void {
  const title = fresh.flatMap((part) => part.dataset.title ?? [])[0] ?? page.title;
  if (title) document.title = title;
}

function announcementIn(part: HTMLElement): string | undefined {
  return part.dataset.announce ?? part.querySelector<HTMLElement>("[data-announce]")?.dataset.announce;
}
