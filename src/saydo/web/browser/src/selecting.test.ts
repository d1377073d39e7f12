import { beforeEach, expect, test } from "vitest";
import { selectedIn } from "./selecting";

const TEXT = "🌊 The Reed Company shelled the quay.";

beforeEach(() => {
  document.body.innerHTML = `<div class="text"><span data-start="0">🌊 The Reed Company </span><mark data-start="19"><a href="#">shelled</a></mark><span data-start="26"> the quay.</span></div><p>elsewhere</p>`;
});

const select = (from: Node, start: number, to: Node, end: number): Selection => {
  const range = document.createRange();
  range.setStart(from, start);
  range.setEnd(to, end);
  const selection = getSelection() as Selection;
  selection.removeAllRanges();
  selection.addRange(range);
  return selection;
};
const text = (): Element => document.querySelector(".text") as Element;
const inside = (selector: string): Node => (document.querySelector(selector) as Element).firstChild as Node;

test("a selection counts code points, not the units of JavaScript", () => {
  // the emoji is two units: "The" begins at unit 3
  const found = selectedIn(text(), select(inside("span"), 3, inside("mark a"), 7));
  expect(found?.words).toBe("The Reed Company shelled");
  expect([...TEXT].slice(found?.start, found?.end).join("")).toBe("The Reed Company shelled");
});

test("white space at the ends is no part of it", () => {
  const last = document.querySelectorAll("span")[1]?.firstChild as Node;
  const found = selectedIn(text(), select(inside("mark a"), 0, last, 1));
  expect([...TEXT].slice(found?.start, found?.end).join("")).toBe("shelled");
});

test("what is selected elsewhere is nothing", () => {
  expect(selectedIn(text(), select(inside("p"), 0, inside("p"), 4))).toBeNull();
});
