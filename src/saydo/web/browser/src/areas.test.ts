import { expect, test } from "vitest";
import { around, contains, type Country } from "./areas";

const square = (a: number, b: number): number[][] => [[a, a], [b, a], [b, b], [a, b], [a, a]];
const land: Country = {
  type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: [[square(0, 10), square(4, 6)], [square(20, 22)]] },
};

test("a point is in a country, its islands too, and not in a hole of it", () => {
  expect(contains(land, [1, 1])).toBe(true);
  expect(contains(land, [21, 21])).toBe(true);
  expect(contains(land, [5, 5])).toBe(false);
  expect(contains(land, [15, 15])).toBe(false);
});

test("a ring closes, and is as wide as it is high on the ground", () => {
  const [ring = []] = around([0, 60], 111.32).coordinates;
  expect(ring[0]?.[0]).toBeCloseTo(2, 1);
  expect(Math.max(...ring.map(([, lat = 0]) => lat))).toBeCloseTo(61, 2);
  expect(ring[48]?.[0]).toBeCloseTo(ring[0]?.[0] ?? 0, 6);
});
