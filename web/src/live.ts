// `[data-live="/api/v1/stream"]`: counts the changes that the server tells of and offers to show them. It never changes the
// page by itself, and it listens only while the page is in view.
import { element } from "./dom";
import { say } from "./voice";

const SAY_AT_MOST_EVERY_MS = 10_000;

export function startLive(box: HTMLElement): void {
  const address = box.dataset.live;
  if (!address) return;
  const names = (box.dataset.liveEvents ?? "").split(/\s+/).filter(Boolean);
  const told = element("span");
  let source: EventSource | null = null;
  let last = "";
  let count = 0;
  let saidAt = 0;

  const heard = (event: MessageEvent): void => {
    last = event.lastEventId || last;
    count += 1;
    told.textContent = counted(count);
    if (count === 1) show();
    if (Date.now() - saidAt < SAY_AT_MOST_EVERY_MS) return;
    saidAt = Date.now();
    say(counted(count));
  };
  const show = (): void => {
    box.classList.add("news");
    box.replaceChildren(told, element("a", { href: box.dataset.liveHref ?? location.href }, "Show"));
    box.hidden = false;
  };
  const open = (): void => {
    source = new EventSource(since(address, box.dataset.liveAfter, last));
    for (const name of ["message", ...names]) source.addEventListener(name, heard);
  };
  const follow = (): void => {
    if (!box.isConnected || document.hidden) {
      source?.close();
      source = null;
    } else if (source === null) open();
    if (!box.isConnected) document.removeEventListener("visibilitychange", follow);
  };
  document.addEventListener("visibilitychange", follow);
  document.addEventListener("dateline:swapped", follow);
  // A page that was left may be kept to come back to: no connection is kept with it.
  addEventListener("pagehide", () => {
    source?.close();
    source = null;
  });
  addEventListener("pageshow", follow);
  follow();
}

function counted(count: number): string {
  return count === 1 ? "1 change since this page was made" : `${count} changes since this page was made`;
}

/** The stream's address; `parameter` (where the server has one) carries the id of what was heard last. */
export function since(address: string, parameter: string | undefined, last: string): string {
  if (parameter === undefined || last === "") return address;
  return `${address}${address.includes("?") ? "&" : "?"}${parameter}=${encodeURIComponent(last)}`;
}
