import { beforeEach, describe, expect, it } from "vitest";
import { isTyping, meant, wireKeys } from "./keys";

const pressed: string[] = [];
const press = (key: string, on: Element = document.body, more: KeyboardEventInit = {}): void => {
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
};

describe("keys", () => {
  beforeEach(() => {
    pressed.length = 0;
    document.body.innerHTML = '<button data-key="u">Uphold</button><textarea></textarea>';
    document.querySelector("button")?.addEventListener("click", () => pressed.push("u"));
  });

  it("click what they stand on", () => {
    wireKeys(document, { n: () => pressed.push("n") });
    press("u");
    press("n");
    press("z");
    expect(pressed).toEqual(["u", "n"]);
  });

  it("do nothing while somebody writes, nor together with control", () => {
    wireKeys(document);
    const field = document.querySelector("textarea");
    expect(isTyping(field)).toBe(true);
    press("u", field ?? document.body);
    press("u", document.body, { ctrlKey: true });
    expect(pressed).toEqual([]);
  });

  it("are looked up by their exact name", () => {
    expect(meant(document, "U")).toBeNull();
    expect(meant(document, "u")?.tagName).toBe("BUTTON");
  });
});
