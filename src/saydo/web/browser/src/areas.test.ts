import { expect, test } from "vitest";
import { around, contains, type Country, unwrapped, whole } from "./areas";

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

test("an outline goes on over the date line, and what lies on its other side is inside", () => {
  const ring = [[170, 60], [-170, 60], [-170, 70], [170, 70], [170, 60]];
  expect(unwrapped(ring).map(([lon]) => lon)).toEqual([170, 190, 190, 170, 170]);
  const east: Country = { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
  expect(contains(whole(east), [-175, 65])).toBe(true);
  expect(contains(whole(east), [175, 65])).toBe(true);
  expect(contains(whole(east), [0, 65])).toBe(false);
});

test("an outline around a pole is closed over it", () => {
  const ring = [[-170, -70], [-60, -75], [60, -72], [170, -70], [-170, -70]];
  const lats = unwrapped(ring).map(([, lat]) => lat);
  expect(lats.filter((lat) => lat === -85)).toHaveLength(2);
});
