// Runs in the head before the first paint, so that no page flashes in the wrong colours.
import { storedKeys, storedTheme } from "./settings";

const theme = storedTheme();
if (theme !== "system") document.documentElement.dataset.theme = theme;
document.documentElement.dataset.script = "on";
if (storedKeys() === "off") document.documentElement.dataset.keys = "off";
