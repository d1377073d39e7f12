import { expect, test } from "vitest";
import { dayAfter, shows, stateOn, type Span } from "./moment";

const tie: Span = {
  number: 0, type: "command", from_actor: "a", to_actor: "b", findings: 1,
  held: ["2019-01-01", "2019-06-30"], likely: ["2019-01-01", "2020-06-29"],
};

test("a tie holds up to its last day, then likely, then not", () => {
  expect(["2018-12-31", "2019-01-01", "2019-06-30", "2019-07-01", "2020-06-30"].map((day) => stateOn(tie, day))).toEqual([
    null, "held", "held", "likely", null,
  ]);
});

test("every condition must hold", () => {
  const all = { kinds: [], state: null, actor: null };
  expect(shows(tie, "2019-02-01", all)).toBe(true);
  expect(shows(tie, "2019-02-01", { ...all, kinds: ["alliance"] })).toBe(false);
  expect(shows(tie, "2019-02-01", { ...all, state: "likely" })).toBe(false);
  expect(shows(tie, "2019-02-01", { ...all, actor: "c" })).toBe(false);
});

test("days are counted over leap years", () => {
  expect(dayAfter("2020-02-28", 2)).toBe("2020-03-01");
});
