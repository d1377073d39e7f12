import { beforeEach, expect, test } from "vitest";
import { findingsOf, open, wireMarks } from "./marks";

beforeEach(() => {
  document.body.innerHTML = `<p><mark data-findings="s0 e0">shelled</mark> <mark data-findings="s0">Tal</mark></p>
    <article data-finding="s0"></article><article data-finding="e0"></article>`;
});

const classes = (selector: string): boolean[] =>
  [...document.querySelectorAll(selector)].map((element) => element.classList.contains("lit"));

test("a mark knows all findings that stand on its words", () => {
  expect(findingsOf(document.querySelector("mark") as Element)).toEqual(["s0", "e0"]);
});

test("hovering a card lights its marks and no others", () => {
  wireMarks(document);
  document.querySelector("[data-finding=e0]")?.dispatchEvent(new Event("pointerenter"));
  expect(classes("mark")).toEqual([true, false]);
  document.querySelector("[data-finding=e0]")?.dispatchEvent(new Event("pointerleave"));
  expect(classes("mark")).toEqual([false, false]);
});

test("hovering a mark lights the cards of all its findings", () => {
  wireMarks(document);
  document.querySelector("mark")?.dispatchEvent(new Event("pointerenter"));
  expect(classes("[data-finding]")).toEqual([true, true]);
});

test("one finding is open at a time", () => {
  open(document, "s0");
  expect(open(document, "e0")?.dataset.finding).toBe("e0");
  expect(document.querySelectorAll("[aria-current]")).toHaveLength(1);
  expect([...document.querySelectorAll("mark.open")]).toHaveLength(1);
});
