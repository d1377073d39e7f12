import { expect, test } from "vitest";
import { sliceByPoints, toPoints, toUnits } from "./codepoints";

const TEXT = "At 🌊 Tal, the 𝔐arch began.";

test("an offset behind an emoji is one unit further on in UTF-16", () => {
  expect(toUnits(TEXT, 3)).toBe(3);
  expect(toUnits(TEXT, 4)).toBe(5);
});

test("the words at an offset are those that Python sees there", () => {
  const points = [...TEXT];
  for (let start = 0; start < points.length; start += 1) {
    expect(sliceByPoints(TEXT, start, start + 3)).toBe(points.slice(start, start + 3).join(""));
  }
});

test("going there and back changes nothing", () => {
  for (let offset = 0; offset <= [...TEXT].length; offset += 1) {
    expect(toPoints(TEXT, toUnits(TEXT, offset))).toBe(offset);
  }
});

test("an index inside of a pair is the pair's beginning, and one beyond the text is its end", () => {
  expect(toPoints(TEXT, 4)).toBe(3);
  expect(toUnits(TEXT, 10_000)).toBe(TEXT.length);
});
