import { expect, test } from "vitest";
import { isoDay, seconds, stack, steps, tick } from "./stack";

test("no day and no month is left out of the axis, over leap days and new years", () => {
  expect(steps("2019-11", "2020-02", "month")).toEqual(["2019-11", "2019-12", "2020-01", "2020-02"]);
  expect(steps("2020-02-28", "2020-03-01", "day")).toEqual(["2020-02-28", "2020-02-29", "2020-03-01"]);
});

test("each group stands on those before it", () => {
  const bins = [
    { start: "2020-01", kind: "a", count: 2 }, { start: "2020-03", kind: "b", count: 3 }, { start: "2020-03", kind: "a", count: 1 },
  ];
  const [times, low, high] = stack(bins, "month", { a: 0, b: 1 }, 2);
  expect(times?.map((at) => isoDay(at))).toEqual(["2020-01-01", "2020-02-01", "2020-03-01"]);
  expect(low).toEqual([2, 0, 1]);
  expect(high).toEqual([2, 0, 4]);
});

test("a day and its seconds are the same day", () => {
  expect(isoDay(seconds("1969-07-20"))).toBe("1969-07-20");
});

test("below the axis stands no more than the distance of two ticks tells apart", () => {
  const at = Date.UTC(2018, 4, 9) / 1000;
  expect(tick(at, 86400)).toBe("9 May");
  expect(tick(at, 31 * 86400)).toBe("May 2018");
  expect(tick(at, 365 * 86400)).toBe("2018");
});
