import assert from "node:assert/strict";
import { test } from "node:test";
import { isCharacter, keysIn, mayAct, next, type Pressed } from "../src/keys";

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

test("an element may name several keys", () => {
  assert.deepEqual(keysIn(" j ArrowDown "), ["j", "ArrowDown"]);
  assert.deepEqual(keysIn(""), []);
});

test("letters, digits and signs are characters, named keys are not", () => {
  assert.deepEqual(["j", "1", "?", "ж", "Enter", "ArrowLeft"].map(isCharacter), [true, true, true, true, false, false]);
});

test("no key acts while somebody types", () => {
  assert.equal(mayAct(press("j"), true, true), false);
});

for (const held of ["ctrlKey", "altKey", "metaKey"] as const)
  test(`no key acts with ${held}`, () => assert.equal(mayAct(press("e", { [held]: true }), false, true), false));

test("single letters switched off leave the named keys", () => {
  assert.equal(mayAct(press("j"), false, false), false);
  assert.equal(mayAct(press("ArrowLeft"), false, false), true);
});

test("from no row j goes to the first and k to the last; the ends are ends", () => {
  assert.deepEqual([next(-1, 1, 3), next(-1, -1, 3), next(0, 1, 3), next(2, 1, 3), next(0, -1, 3)], [0, 2, 1, 2, 0]);
});
