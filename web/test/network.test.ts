import assert from "node:assert/strict";
import { test } from "node:test";
import { labelOf, networkOf, type Row } from "../src/network";

const row = (from: string, to: string, count: number): Row => ({
  from,
  to,
  count,
  names: [`The ${from}`, ""],
  links: [`/a/${from}`, null],
});

test("nodes come in the order in which the table names them", () => {
  const { nodes } = networkOf([row("front", "police", 2), row("army", "front", 1)]);
  assert.deepEqual(
    nodes.map((node) => node.name),
    ["The front", "police", "The army"],
  );
});

test("rows of the same two add up; the two directions stay apart", () => {
  const { nodes, edges } = networkOf([row("a", "b", 2), row("a", "b", 3), row("b", "a", 1)]);
  assert.deepEqual(edges, [
    { from: 0, to: 1, count: 5 },
    { from: 1, to: 0, count: 1 },
  ]);
  assert.equal(nodes[0] && labelOf(nodes[0]), "The a: 5 events towards others, 1 event from others");
});
