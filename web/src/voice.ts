// The one polite live region of a page: it says a count or a title, never a whole card.
import { element } from "./dom";

let voice: HTMLElement | null = null;

export function say(text: string): void {
  const region = voice?.isConnected ? voice : found();
  voice = region;
  // Emptied first: a text that stands there already would not be said again.
  region.textContent = "";
  setTimeout(() => {
    region.textContent = text;
  }, 60);
}

/** The region `.live` of the page; one of our own where it has none. */
function found(): HTMLElement {
  const there = document.querySelector<HTMLElement>(".live[aria-live]");
  if (there) return there;
  const made = element("div", { class: "live", role: "status", "aria-live": "polite" });
  document.body.append(made);
  return made;
}
