// Nodes and edges of a table of who did what to whom, in the table's order.
import { numberIn } from "./dom";

export type Node = { readonly name: string; readonly href: string | null; readonly out: number; readonly in: number };
export type Edge = { readonly from: number; readonly to: number; readonly count: number };
export type Network = { readonly nodes: readonly Node[]; readonly edges: readonly Edge[] };
export type Row = {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly names: readonly [string, string];
  readonly links: readonly [string | null, string | null];
};

export function rowsOf(host: HTMLElement): Row[] {
  return [...host.querySelectorAll<HTMLTableRowElement>("tr[data-from][data-to]")].map((row) => {
    const [from, to] = [row.cells[0], row.cells[1]];
    return {
      from: row.dataset.from ?? "",
      to: row.dataset.to ?? "",
      count: numberIn(row, "data-count") ?? 1,
      names: [textOf(from), textOf(to)],
      links: [linkOf(from), linkOf(to)],
    };
  });
}

/** The network of rows: nodes in the order in which the rows name them, edges of the same two added up. */
export function networkOf(rows: readonly Row[]): Network {
  const places = new Map<string, number>();
  const nodes: { name: string; href: string | null; out: number; in: number }[] = [];
  const edges = new Map<string, { from: number; to: number; count: number }>();
  const placeOf = (id: string, name: string, href: string | null): number => {
    const known = places.get(id);
    if (known !== undefined) return known;
    places.set(id, nodes.length);
    return nodes.push({ name: name || id, href, out: 0, in: 0 }) - 1;
  };
  for (const row of rows) {
    const from = placeOf(row.from, row.names[0], row.links[0]);
    const to = placeOf(row.to, row.names[1], row.links[1]);
    const key = `${from} ${to}`;
    const edge = edges.get(key) ?? { from, to, count: 0 };
    edge.count += row.count;
    edges.set(key, edge);
    const [source, target] = [nodes[from], nodes[to]];
    if (source) source.out += row.count;
    if (target) target.in += row.count;
  }
  return { nodes, edges: [...edges.values()] };
}

/** What a node says: 'Northern Front: 12 events towards others, 3 from others'. */
export function labelOf(node: Node): string {
  const events = (count: number) => (count === 1 ? "1 event" : `${count} events`);
  return `${node.name}: ${events(node.out)} towards others, ${events(node.in)} from others`;
}

function textOf(cell: HTMLTableCellElement | undefined): string {
  return cell?.textContent?.trim().replace(/\s+/g, " ") ?? "";
}

function linkOf(cell: HTMLTableCellElement | undefined): string | null {
  return cell?.querySelector("a[href]")?.getAttribute("href") ?? null;
}
