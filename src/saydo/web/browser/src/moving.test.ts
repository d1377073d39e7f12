import { expect, test } from "vitest";
import { dotsOf, linesOf, Sharpness } from "./moving";

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

test("pictures that come slowly are drawn with fewer pixels, down to one for two", () => {
  const sharp = new Sharpness(2);
  const changed = (gap: number, times: number, from: number): number[] =>
    Array.from({ length: times }, (_, n) => from + n * gap).filter((at) => sharp.drawn(at));
  expect(changed(16, 20, 0)).toEqual([]);
  expect(changed(60, 4, 1000)).toEqual([1180]);
  expect(sharp.value).toBe(1);
  changed(60, 40, 5000);
  expect(sharp.value).toBe(0.5);
});

test("a pause is not taken for slowness", () => {
  const sharp = new Sharpness(1);
  for (let at = 0; at < 10_000; at += 900) expect(sharp.drawn(at)).toBe(false);
  expect(sharp.value).toBe(1);
});
