// The network where it has more nodes than an SVG can hold: sigma draws it with WebGL. Its canvas is one picture; keyboard
// and screen reader have the table below it.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import Sigma from "sigma";
import { element, putBefore } from "./dom";
import type { Network } from "./network";

const ROUNDS = 300;
const ROUNDS_AT_ONCE = 15;
const TURN = Math.PI * (3 - Math.sqrt(5)); // the golden angle: a spiral without clumps

export async function startLargeGraph(host: HTMLElement, network: Network): Promise<void> {
  const label = `Network of ${network.nodes.length} actors; the table has all of them`;
  const box = element("div", { class: "graph-gl", role: "img", "aria-label": label });
  putBefore(host, host.querySelector("table"), box);
  const graph = graphOf(network);
  await settle(graph);
  const sigma = new Sigma(graph, box, { renderEdgeLabels: false, labelDensity: 0.6, labelRenderedSizeThreshold: 7 });
  paint(sigma, graph, box);
  document.addEventListener("dateline:theme", () => paint(sigma, graph, box));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(sigma, graph, box));
  sigma.on("clickNode", ({ node }) => {
    const href: unknown = graph.getNodeAttribute(node, "href");
    if (typeof href === "string") location.assign(href);
  });
}

function graphOf(network: Network): Graph {
  const graph = new Graph({ type: "directed", multi: false });
  const most = Math.max(...network.nodes.map((node) => node.out + node.in));
  for (const [index, node] of network.nodes.entries()) {
    const far = Math.sqrt(index + 1);
    graph.addNode(String(index), {
      label: node.name,
      href: node.href,
      x: far * Math.cos(index * TURN),
      y: far * Math.sin(index * TURN),
      size: 2 + 6 * Math.sqrt((node.out + node.in) / most),
    });
  }
  for (const edge of network.edges)
    if (edge.from !== edge.to) graph.addEdge(String(edge.from), String(edge.to), { weight: edge.count });
  return graph;
}

/** In pieces, so that the page answers meanwhile; not in a worker, whose script the page's policy would refuse. */
async function settle(graph: Graph): Promise<void> {
  const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: graph.order > 500 };
  for (let round = 0; round < ROUNDS; round += ROUNDS_AT_ONCE) {
    forceAtlas2.assign(graph, { iterations: ROUNDS_AT_ONCE, settings });
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function paint(sigma: Sigma, graph: Graph, box: HTMLElement): void {
  const node = colour(box, "--accent");
  const edge = colour(box, "--border");
  graph.updateEachNodeAttributes((_, attributes) => ({ ...attributes, color: node }));
  graph.updateEachEdgeAttributes((_, attributes) => ({ ...attributes, color: edge }));
  sigma.setSetting("labelColor", { color: colour(box, "--ink") });
  sigma.refresh();
}

/** What a custom property is in the colours that hold now, as '#rrggbb': WebGL knows no other words. */
function colour(box: HTMLElement, property: string): string {
  const probe = element("span");
  probe.style.color = `var(${property})`;
  box.append(probe);
  const parts = getComputedStyle(probe).color.match(/\d+/g)?.slice(0, 3) ?? [];
  probe.remove();
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}
