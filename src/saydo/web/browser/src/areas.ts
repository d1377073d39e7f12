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
  // an outline that goes on beyond 180 degrees holds points of the other side, too
  return [0, 360, -360].some((turn) => {
    const here = [at[0] + turn, at[1]] as const;
    return polygons.some(([outer = [], ...holes]) => inRing(here, outer) && !holes.some((hole) => inRing(here, hole)));
  });
}

/** A ring that goes on beyond 180 degrees where it crosses the date line; one around a pole is closed over it.
 * World atlases leave out the cut at the date line, and a fill would else run around the globe. */
export function unwrapped(ring: readonly Position[]): Position[] {
  let turn = 0;
  const found = ring.map(([lon = 0, lat = 0], n): Position => {
    const step = lon - (ring[n - 1]?.[0] ?? lon);
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [lon + turn, lat];
  });
  const [first, last] = [found[0], found.at(-1)];
  if (first && last && Math.abs((last[0] ?? 0) - (first[0] ?? 0)) > 180) {
    const pole = (first[1] ?? 0) < 0 ? -85 : 85;
    found.push([last[0] ?? 0, pole], [first[0] ?? 0, pole], first);
  }
  return found;
}

/** A country with its outlines unwrapped. */
export function whole(country: Country): Country {
  const { geometry } = country;
  if (geometry.type === "Polygon") {
    return { ...country, geometry: { type: "Polygon", coordinates: geometry.coordinates.map(unwrapped) } };
  }
  return { ...country, geometry: { type: "MultiPolygon", coordinates: geometry.coordinates.map((rings) => rings.map(unwrapped)) } };
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
