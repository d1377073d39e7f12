import { beforeEach, expect, test } from "vitest";
import { Queue, type Wire } from "./queue";

const article = (id: string, hidden: boolean): string =>
  `<article data-item data-document="d" data-finding="${id}" tabindex="-1"${hidden ? " hidden" : ""}>
   <form data-decide><input name="why" value=""></form></article>`;

let made: string[];
let told: string[];
let decided: number;
let wire: Wire;
let queue: Queue;

beforeEach(() => {
  made = [];
  told = [];
  decided = 0;
  document.body.innerHTML = `<div id="root"><div data-stretch data-more="/more">${article("e0", false)}${article("e1", true)}</div>
    <div data-done hidden></div></div>`;
  wire = {
    decide: async (decision, _, finding) => made.push(`${decision} ${finding}`),
    undo: async (number) => void made.push(`undo ${number}`),
    more: async () => `<div data-stretch data-more="">${article("e1", true)}${article("e2", true)}</div>`,
  };
  queue = new Queue(
    document.getElementById("root") as HTMLElement,
    { decide: (...all) => wire.decide(...all), undo: (n) => wire.undo(n), more: (url) => wire.more(url) },
    (line) => told.push(line),
    (by) => (decided += by),
  );
});

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
const inView = (): string | undefined => queue.current?.dataset.finding;

test("the next one is there before the decision is written down", async () => {
  queue.decide("accept");
  expect(inView()).toBe("e1");
  expect(made).toEqual([]);
  await settle();
  expect(made).toEqual(["accept e0"]);
  expect(decided).toBe(1);
});

test("going on decides nothing", async () => {
  queue.skip();
  await settle();
  expect(inView()).toBe("e1");
  expect(made).toEqual([]);
  expect(decided).toBe(0);
});

test("what follows comes once and behind the last", async () => {
  queue.skip();
  await settle();
  queue.skip();
  expect(inView()).toBe("e2");
  queue.skip();
  expect(queue.current).toBeNull();
  expect(document.querySelector<HTMLElement>("[data-done]")?.hidden).toBe(false);
});

test("taking back waits for the decision that it takes back", async () => {
  queue.decide("reject");
  await queue.back();
  expect(made).toEqual(["reject e0", "undo 1"]);
  expect(inView()).toBe("e0");
  expect(decided).toBe(0);
});

test("taking back what was skipped undoes nothing", async () => {
  queue.skip();
  await queue.back();
  expect(made).toEqual([]);
  expect(inView()).toBe("e0");
});

test("what could not be written down waits again, and the page says so", async () => {
  wire.decide = async () => {
    throw new Error("a run is at work");
  };
  queue.decide("accept");
  await settle();
  expect(inView()).toBe("e0");
  expect(told[told.length - 1]).toContain("a run is at work");
  expect(decided).toBe(0);
});
