// What this browser keeps for its reader: colours, and whether single letters are keys. Nothing leaves the browser.
export type Theme = "system" | "light" | "dark";
export type Keys = "on" | "off";

const THEME = "dateline-theme";
const KEYS = "dateline-keys";

export function storedTheme(): Theme {
  const value = stored(THEME);
  return value === "light" || value === "dark" ? value : "system";
}

export function keepTheme(theme: Theme): void {
  keep(THEME, theme === "system" ? null : theme);
}

export function storedKeys(): Keys {
  return stored(KEYS) === "off" ? "off" : "on";
}

export function keepKeys(keys: Keys): void {
  keep(KEYS, keys === "off" ? "off" : null);
}

// Storage throws where the reader has forbidden it: then nothing is kept, and nothing breaks.
function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // as above
  }
}
