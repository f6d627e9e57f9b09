// The button that goes round: the system's colours, light, dark. Its text says which.
import { keepTheme, storedTheme, type Theme } from "./settings";

const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };

export function startThemeSwitch(button: HTMLElement): void {
  show(button, storedTheme());
  button.hidden = false;
  button.addEventListener("click", () => {
    const theme = NEXT[storedTheme()];
    keepTheme(theme);
    apply(theme);
    show(button, theme);
  });
}

function apply(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  document.dispatchEvent(new CustomEvent("dateline:theme"));
}

function show(button: HTMLElement, theme: Theme): void {
  button.textContent = `Colours: ${theme}`;
}
