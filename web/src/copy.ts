// `button[data-copy="#id"]`: puts the text of that element on the clipboard; the button says that it did.
import { say } from "./voice";

const SHOWN_FOR_MS = 2000;

export function startCopy(button: HTMLElement): void {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = (await copied(button.dataset.copy ?? "")) ? "Copied" : "Not copied: select the text and copy it";
    button.textContent = told;
    say(told);
    setTimeout(() => {
      button.textContent = label;
    }, SHOWN_FOR_MS);
  });
}

async function copied(selector: string): Promise<boolean> {
  const source = document.getElementById(selector.replace(/^#/, ""));
  if (source === null) return false;
  try {
    await navigator.clipboard.writeText(textOf(source));
    return true;
  } catch {
    // No clipboard over plain http from another machine, or the reader said no: the text is left selected.
    getSelection()?.selectAllChildren(source);
    return false;
  }
}

function textOf(source: HTMLElement): string {
  const isField = source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement;
  return isField ? source.value : (source.textContent ?? "").trim();
}
