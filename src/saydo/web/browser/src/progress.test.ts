import { beforeEach, expect, test } from "vitest";
import { show, type Told } from "./progress";

const told = (more: Partial<Told>): Told => ({ doing: "Coding", rate: "", share: null, state: "running", over: false, ...more });
let box: Element;

beforeEach(() => {
  document.body.innerHTML = `<section><p data-doing></p><progress max="1" data-share></progress><p data-rate></p></section>`;
  box = document.querySelector("section") as Element;
});

test("what is told stands in the box", () => {
  show(box, told({ share: 0.25, rate: "3 reports" }));
  expect(box.querySelector("[data-doing]")?.textContent).toBe("Coding");
  expect(box.querySelector("[data-rate]")?.textContent).toBe("3 reports");
  expect(box.querySelector("progress")?.getAttribute("value")).toBe("0.25");
});

test("where nobody knows how much is to do, the bar claims nothing", () => {
  show(box, told({ share: 0.25 }));
  show(box, told({ share: null }));
  expect(box.querySelector("progress")?.hasAttribute("value")).toBe(false);
});
