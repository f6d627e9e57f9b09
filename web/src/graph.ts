// `[data-graph]`: a picture over a table of who did what to whom; the table stays. Positions are worked out at once and in
// the same way each time, so that the picture does not move and can be cited. Beyond some hundreds of nodes WebGL draws it.
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from "d3-force";
import { putBefore, set, shape } from "./dom";
import { around, clearOf, type Label } from "./labels";
import { labelOf, type Network, type Node, networkOf, rowsOf } from "./network";

type Spot = SimulationNodeDatum & { readonly node: Node; readonly size: number };
type At = { readonly x: number; readonly y: number; readonly size: number; readonly node: Node };

const SVG_AT_MOST = 300;
const TICKS = 300;
const MARGIN = 40;

export async function startGraph(host: HTMLElement): Promise<void> {
  const network = networkOf(rowsOf(host));
  if (network.nodes.length < 2) return;
  if (network.nodes.length > SVG_AT_MOST) await (await import("./graph-gl")).startLargeGraph(host, network);
  else draw(host, network);
}

function draw(host: HTMLElement, network: Network): void {
  const label = `Network of ${network.nodes.length} actors; the table has the same in the same order`;
  const svg = shape("svg", { class: "graph", role: "group", "aria-label": label });
  const heads = shape("defs", {}, arrow());
  putBefore(host, host.querySelector("table"), svg);
  const spots = settled(network);
  const paint = () => {
    const [width, height] = [svg.clientWidth, svg.clientHeight];
    if (width === 0) return;
    set(svg, { viewBox: `0 0 ${width} ${height}` });
    const at = fitted(spots, width, height);
    const nodes = at.map(nodeOf);
    showClear(nodes, at, width, height);
    const edges = edgesOf(network, at);
    for (const [index, node] of nodes.entries()) bindNear(svg, index, node, nodes, edges, network);
    svg.replaceChildren(heads, shape("g", { "aria-hidden": "true" }, ...edges), shape("g", {}, ...nodes));
  };
  let painted = 0;
  new ResizeObserver(() => {
    if (svg.clientWidth === painted) return;
    painted = svg.clientWidth;
    paint();
  }).observe(svg);
}

/** d3-force starts from a spiral and draws its own numbers from a fixed seed: the same table gives the same picture. */
function settled(network: Network): Spot[] {
  const most = Math.max(...network.nodes.map((node) => node.out + node.in));
  const spots = network.nodes.map((node): Spot => ({ node, size: 5 + 11 * Math.sqrt((node.out + node.in) / most) }));
  const links: SimulationLinkDatum<Spot>[] = network.edges
    .filter((edge) => edge.from !== edge.to)
    .map((edge) => ({ source: edge.from, target: edge.to }));
  forceSimulation(spots)
    .force("link", forceLink(links).distance(70).strength(0.5))
    .force("apart", forceManyBody().strength(-260).distanceMax(500))
    .force("x", forceX(0).strength(0.05))
    .force("y", forceY(0).strength(0.085))
    .force(
      "room",
      forceCollide<Spot>((spot) => spot.size + 8),
    )
    .stop()
    .tick(TICKS);
  return spots;
}

function fitted(spots: readonly Spot[], width: number, height: number): At[] {
  const xs = spots.map((spot) => spot.x ?? 0);
  const ys = spots.map((spot) => spot.y ?? 0);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [across, down] = [Math.max(...xs) - left || 1, Math.max(...ys) - top || 1];
  const scale = Math.min((width - 3.5 * MARGIN) / across, (height - 2 * MARGIN) / down, 2);
  return spots.map((spot) => ({
    x: width / 2 + ((spot.x ?? 0) - left - across / 2) * scale - MARGIN / 2,
    y: height / 2 + ((spot.y ?? 0) - top - down / 2) * scale,
    size: spot.size,
    node: spot.node,
  }));
}

function nodeOf(at: At): SVGElement {
  const node = shape(
    at.node.href === null ? "g" : "a",
    { class: "node", transform: `translate(${at.x.toFixed(1)},${at.y.toFixed(1)})`, "aria-label": labelOf(at.node) },
    shape("title", {}, labelOf(at.node)),
    shape("circle", { r: at.size.toFixed(1) }),
    shape("text", { x: at.size + 4, y: 4, "aria-hidden": "true" }, at.node.name),
  );
  set(node, at.node.href === null ? { role: "img" } : { href: at.node.href });
  return node;
}

function showClear(nodes: readonly SVGElement[], at: readonly At[], width: number, height: number): void {
  const order = [...at.keys()].sort((a, b) => (at[b]?.size ?? 0) - (at[a]?.size ?? 0));
  const labels = order.flatMap((index): Label[] => {
    const one = at[index];
    return one ? [{ name: one.node.name, x: one.x + one.size + 4, y: one.y, room: width, anchor: "start" }] : [];
  });
  const taken = at.map((one) => around(one.x, one.y, one.size));
  const clear = clearOf(labels, taken, width, height);
  for (const [rank, index] of order.entries()) nodes[index]?.classList.toggle("is-crowded", !clear[rank]);
}

/** Bent, so that what A did to B and what B did to A are two lines. */
function edgesOf(network: Network, at: readonly At[]): SVGElement[] {
  const most = Math.max(...network.edges.map((edge) => edge.count));
  return network.edges.map((edge) => {
    const [from, to] = [at[edge.from], at[edge.to]];
    const line = shape("path", { class: "edge", "stroke-width": (1 + 4 * Math.sqrt(edge.count / most)).toFixed(1) });
    if (from && to) set(line, { d: bent(from, to), "marker-end": "url(#graph-tip)" });
    return line;
  });
}

function bent(from: At, to: At): string {
  if (from === to) return `M${from.x - 3},${from.y - from.size}a9,9 0 1 1 6,0`;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const far = Math.hypot(dx, dy) || 1;
  const [mx, my] = [(from.x + to.x) / 2 - dy * 0.14, (from.y + to.y) / 2 + dx * 0.14];
  const short = to.size + 5;
  const [ex, ey] = [to.x - mx, to.y - my];
  const end = Math.max(0, 1 - short / (Math.hypot(ex, ey) || far));
  return `M${from.x.toFixed(1)},${from.y.toFixed(1)}Q${mx.toFixed(1)},${my.toFixed(1)} ${(mx + ex * end).toFixed(1)},${(my + ey * end).toFixed(1)}`;
}

function arrow(): SVGMarkerElement {
  return shape(
    "marker",
    {
      id: "graph-tip",
      viewBox: "0 0 8 8",
      refX: 5,
      refY: 4,
      markerWidth: 8,
      markerHeight: 8,
      orient: "auto",
      markerUnits: "userSpaceOnUse",
    },
    shape("path", { class: "tip", d: "M0,0L8,4L0,8z" }),
  );
}

function bindNear(
  svg: SVGElement,
  index: number,
  node: SVGElement,
  nodes: readonly SVGElement[],
  edges: readonly SVGElement[],
  network: Network,
): void {
  const near = new Set<Element>([node]);
  for (const [place, edge] of network.edges.entries()) {
    if (edge.from !== index && edge.to !== index) continue;
    for (const one of [edges[place], nodes[edge.from], nodes[edge.to]]) if (one) near.add(one);
  }
  const show = () => {
    svg.classList.add("has-focus");
    for (const one of near) one.classList.add("is-near");
  };
  const hide = () => {
    svg.classList.remove("has-focus");
    for (const one of near) one.classList.remove("is-near");
  };
  for (const type of ["pointerenter", "focus"]) node.addEventListener(type, show);
  for (const type of ["pointerleave", "blur"]) node.addEventListener(type, hide);
}
