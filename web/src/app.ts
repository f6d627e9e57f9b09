// The one script of every page. It makes what the server wrote quicker to use; without it every page still reads and works.
// What only some pages need (map, time, graph, reader) is a chunk of its own, fetched when its element is there.
import { startCopy } from "./copy";
import { startFolds } from "./fold";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startPartial } from "./partial";
import { startThemeSwitch } from "./theme-switch";

type Start = (element: HTMLElement) => void | Promise<void>;

const islands: ReadonlyArray<readonly [selector: string, start: Start]> = [
  ["dl-map, [data-map]", async (element) => (await import("./map")).startMap(element)],
  ["[data-time]", async (element) => (await import("./time")).startTime(element)],
  ["[data-graph]", async (element) => (await import("./graph")).startGraph(element)],
  [".reader", async (element) => (await import("./reader")).startReader(element)],
  ["button[data-copy]", startCopy],
  ["[data-live]", startLive],
  ["details.fold", startFolds],
  ["[data-theme-toggle]", startThemeSwitch],
];

const started = new WeakSet<Element>();

function enhance(root: ParentNode): void {
  for (const [selector, start] of islands) {
    for (const element of root.querySelectorAll<HTMLElement>(selector)) {
      if (started.has(element)) continue;
      started.add(element);
      // A chunk that does not come leaves the page as the server wrote it.
      void Promise.resolve(start(element)).catch((error: unknown) => console.warn("dateline:", error));
    }
  }
}

startPartial(enhance);
startKeys();
enhance(document);
