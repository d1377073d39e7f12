// Which country a point lies in: what is known of a country only is drawn as that country, never as a pin.
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";

export type Country = Feature<Polygon | MultiPolygon>;

function inRing(at: readonly [number, number], ring: readonly Position[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > at[1] !== yj > at[1] && at[0] < ((xj - xi) * (at[1] - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Whether a point (longitude, latitude) lies in a country; holes are outside. */
export function contains(country: Country, at: readonly [number, number]): boolean {
  const { geometry } = country;
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some(([outer = [], ...holes]) => inRing(at, outer) && !holes.some((hole) => inRing(at, hole)));
}

/** A ring of so many kilometres around a point, for what is known to lie somewhere around it. */
export function around(at: readonly [number, number], kilometres: number): Polygon {
  const high = kilometres / 111.32;
  const wide = high / Math.max(0.05, Math.cos((at[1] * Math.PI) / 180));
  const ring = Array.from({ length: 49 }, (_, n) => {
    const angle = (n / 48) * 2 * Math.PI;
    return [at[0] + wide * Math.cos(angle), at[1] + high * Math.sin(angle)];
  });
  return { type: "Polygon", coordinates: [ring] };
}
