import { expect, test } from "vitest";
import { dotsOf, linesOf } from "./moving";

test("only the lines that are there are drawn, each from its own two ends", () => {
  const into = new Uint32Array(6);
  expect(linesOf([[0, 1], [1, 2], [2, 0]], Uint8Array.of(1, 0, 1), into)).toBe(4);
  expect([...into.subarray(0, 4)]).toEqual([0, 1, 4, 5]);
});

test("an actor without a tie on that day is no dot", () => {
  const into = new Uint32Array(3);
  expect(dotsOf(Int32Array.of(2, 0, 1), into)).toBe(2);
  expect([...into.subarray(0, 2)]).toEqual([0, 2]);
});
