// The one polite live region of a page: it says a count or a title, never a whole card.
import { element } from "./dom";

let voice: HTMLElement | null = null;

export function say(text: string): void {
  if (voice === null || !voice.isConnected) {
    voice = element("div", { class: "voice", role: "status", "aria-live": "polite" });
    document.body.append(voice);
  }
  const region = voice;
  // Emptied first: a text that stands there already would not be said again.
  region.textContent = "";
  setTimeout(() => {
    region.textContent = text;
  }, 60);
}
