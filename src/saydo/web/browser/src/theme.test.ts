import { beforeEach, expect, test } from "vitest";
import { following, wireTheme } from "./theme";

beforeEach(() => {
  document.documentElement.dataset.theme = "auto";
  document.body.innerHTML = `<form data-theme-switch action="/settings/theme" method="post">
    <button name="theme" value="light"><span data-theme-now>auto</span></button></form>`;
});

test("the switch goes round", () => {
  expect(following("auto")).toBe("light");
  expect(following("light")).toBe("dark");
  expect(following("dark")).toBe("auto");
  expect(following("no such theme")).toBe("auto");
});

test("pressing it changes the page at once and offers the next", () => {
  wireTheme(document);
  const form = document.querySelector("form") as HTMLFormElement;
  form.dispatchEvent(new Event("submit", { cancelable: true }));
  expect(document.documentElement.dataset.theme).toBe("light");
  expect(document.querySelector("button")?.value).toBe("dark");
  expect(document.querySelector("[data-theme-now]")?.textContent).toBe("light");
});
