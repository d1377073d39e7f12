// A plain map for browsers without WebGL 2: the same countries and places as an SVG, degrees for degrees.
import type { Position } from "geojson";
import type { Country } from "./areas";

export interface Place {
  lat: number;
  lon: number;
  name: string;
  what: string;
  total: number;
  /** Whether no more than the country or region is known: a ring, never a disc. */
  area: boolean;
  link: string;
}

const SVG = "http://www.w3.org/2000/svg";
const AROUND = 4;

/** The window on the world in which all places lie: west, north, width, height in degrees. */
export function frame(places: readonly { lat: number; lon: number }[]): [number, number, number, number] {
  if (places.length === 0) return [-180, -85, 360, 170];
  const [lons, lats] = [places.map((place) => place.lon), places.map((place) => place.lat)];
  const west = Math.max(-180, Math.min(...lons) - AROUND);
  const north = Math.min(85, Math.max(...lats) + AROUND);
  return [west, -north, Math.min(180, Math.max(...lons) + AROUND) - west, north - Math.max(-85, Math.min(...lats) - AROUND)];
}

function outline(country: Country): string {
  const { geometry } = country;
  const rings = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
  const path = (ring: readonly Position[]): string =>
    `M${ring.map(([lon = 0, lat = 0]) => `${lon.toFixed(2)} ${(-lat).toFixed(2)}`).join("L")}Z`;
  return rings.map(path).join("");
}

function made(page: Document, name: string, attributes: Record<string, string | number>): SVGElement {
  const element = page.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** The map. The largest places are drawn first, so that none hides a smaller one. */
export function flatMap(page: Document, places: readonly Place[], countries: readonly Country[]): SVGElement {
  const [x, y, width, height] = frame(places);
  const unit = Math.max(width, height * 1.6) / 100;
  const svg = made(page, "svg", { viewBox: `${x} ${y} ${width} ${height}`, class: "flat", role: "group", "aria-label": "Map of events; the table has the same places" });
  for (const country of countries) svg.append(made(page, "path", { class: "land", d: outline(country), "stroke-width": unit * 0.12 }));
  for (const place of [...places].sort((a, b) => b.total - a.total)) {
    const link = made(page, "a", { href: place.link, "aria-label": `${place.name}: ${place.what}` });
    const size = unit * (place.area ? 2.6 : Math.min(2.6, 0.7 + 0.35 * Math.log(1 + place.total)));
    const dash: Record<string, string> = place.area ? { "stroke-dasharray": `${unit * 0.5} ${unit * 0.4}` } : {};
    const disc = made(page, "circle", { class: place.area ? "area" : "spot", cx: place.lon, cy: -place.lat, r: size, "stroke-width": unit * 0.2, ...dash });
    const title = made(page, "title", {});
    title.textContent = `${place.name}: ${place.what}`;
    disc.append(title);
    link.append(disc);
    svg.append(link);
  }
  return svg;
}
