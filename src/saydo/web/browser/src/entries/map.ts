// The map: countries from the package's own files, clusters of places, areas where no point is known.
import type { FeatureCollection } from "geojson";
import { Map as Chart, Popup, setWorkerUrl, type GeoJSONSource, type MapMouseEvent } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import Supercluster from "supercluster";
import { feature } from "topojson-client";
import worldUrl from "world-atlas/countries-50m.json?url";
import { around, contains, type Country, whole } from "../areas";
import { flatMap } from "../flatmap";

interface Spot { lat: number; lon: number; precision: string; country: string; name: string; counts: Record<string, number> }
interface Held { total: number; name: string; what: string }

const AREAS = new Set(["country", "admin1", "region", "water"]);
const KILOMETRES: Record<string, number> = { admin1: 70, region: 200, water: 100 };

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function total(spot: Spot): number {
  return Object.values(spot.counts).reduce((sum, n) => sum + n, 0);
}

function told(spot: Spot): string {
  return Object.entries(spot.counts).sort((a, b) => b[1] - a[1]).slice(0, 4).map(([kind, n]) => `${n} ${kind.toLowerCase()}`).join(", ");
}

function areas(spots: readonly Spot[], countries: readonly Country[]): FeatureCollection {
  const features: FeatureCollection["features"] = [];
  for (const spot of spots) {
    const at: [number, number] = [spot.lon, spot.lat];
    const land = spot.precision === "country" ? countries.find((country) => contains(country, at)) : undefined;
    const what = spot.precision === "country" ? "somewhere in this country" : "somewhere in this area";
    const properties: Held = { total: total(spot), name: spot.name, what: `${what}: ${told(spot)}` };
    features.push({ type: "Feature", properties, geometry: land?.geometry ?? around(at, KILOMETRES[spot.precision] ?? 150) });
  }
  return { type: "FeatureCollection", features };
}

function clusters(spots: readonly Spot[]): Supercluster<Held, { total: number }> {
  const index = new Supercluster<Held, { total: number }>({
    radius: 46, maxZoom: 9, map: ({ total: n }) => ({ total: n }), reduce: (sum, { total: n }) => { sum.total += n; },
  });
  index.load(spots.map((spot) => ({
    type: "Feature" as const, properties: { total: total(spot), name: spot.name, what: told(spot) },
    geometry: { type: "Point" as const, coordinates: [spot.lon, spot.lat] },
  })));
  return index;
}

/** Where the events of a place are listed. */
function linkTo(tables: string, name: string): string {
  const to = new URL(tables, location.href);
  to.searchParams.set("q", `"${name}"`);
  return to.href;
}

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };

function makeMap(box: HTMLElement, countries: FeatureCollection): Chart {
  return new Chart({
    container: box, center: [25, 22], zoom: 1.3, maxZoom: 10, attributionControl: false, dragRotate: false, pitchWithRotate: false,
    style: {
      version: 8,
      sources: {
        land: { type: "geojson", data: countries },
        areas: { type: "geojson", data: NOTHING },
        spots: { type: "geojson", data: NOTHING },
      },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": colour("--faint") } },
        { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--card") } },
        { id: "areas", type: "fill", source: "areas", paint: { "fill-color": colour("--q4"), "fill-opacity": 0.16 } },
        { id: "area-edges", type: "line", source: "areas", paint: { "line-color": colour("--q4"), "line-dasharray": [2, 2], "line-width": 1.2 } },
        { id: "borders", type: "line", source: "land", paint: { "line-color": colour("--line"), "line-width": 0.8 } },
        {
          id: "spots", type: "circle", source: "spots",
          paint: {
            "circle-color": colour("--q4"), "circle-opacity": 0.75, "circle-stroke-color": colour("--paper"), "circle-stroke-width": 1,
            "circle-radius": ["min", 30, ["+", 4, ["*", 1.7, ["ln", ["+", 1, ["get", "total"]]]]]],
          },
        },
      ],
    },
  });
}

function wirePopups(map: Chart, tables: string): void {
  const popup = (event: MapMouseEvent & { features?: { properties: Record<string, unknown> }[] }): void => {
    const held = event.features?.[0]?.properties;
    if (!held) return;
    if (held.cluster) {
      map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 });
      return;
    }
    const body = document.createElement("div");
    const title = document.createElement("strong");
    title.textContent = String(held.name);
    const line = document.createElement("p");
    line.textContent = String(held.what);
    const link = document.createElement("a");
    link.textContent = "These in Tables";
    link.href = linkTo(tables, String(held.name));
    body.append(title, line, link);
    new Popup({ maxWidth: "18rem" }).setLngLat(event.lngLat).setDOMContent(body).addTo(map);
  };
  map.on("click", (event) => {
    const features = map.queryRenderedFeatures(event.point, { layers: ["spots", "areas"] });
    const [first] = features;
    if (first) popup(Object.assign(event, { features: [{ properties: first.properties }] }));
  });
}

async function start(root: HTMLElement): Promise<void> {
  const box = root.querySelector<HTMLElement>("[data-map]");
  const note = root.querySelector<HTMLElement>("[data-note]");
  const { url, tables = "" } = root.dataset;
  if (!box || !note || !url) return;
  note.hidden = false;
  const asked = new URL(url, location.href);
  for (const key of ["kind", "actor", "since", "until"]) {
    for (const value of new URL(location.href).searchParams.getAll(key)) asked.searchParams.append(key, value);
  }
  asked.searchParams.set("words", new URL(location.href).searchParams.get("q") ?? "");
  const [spots, world] = await Promise.all([
    fetch(asked, { credentials: "same-origin" }).then(async (answer) => (await answer.json()) as Spot[]),
    fetch(worldUrl).then(async (answer) => (await answer.json()) as TopoJSON.Topology),
  ]);
  const outlines = feature(world, world.objects.countries as TopoJSON.GeometryCollection) as FeatureCollection;
  const lands = (outlines.features as Country[]).map(whole);
  const countries: FeatureCollection = { type: "FeatureCollection", features: lands };
  box.hidden = false;
  if (!document.createElement("canvas").getContext("webgl2")) {
    box.append(flatMap(document, spots.map((spot) => ({ ...spot, total: total(spot), area: AREAS.has(spot.precision), what: told(spot), link: linkTo(tables, spot.name) })), lands));
    root.setAttribute("data-drawn", "flat");
    note.textContent = "A plain map, since this browser has no WebGL 2. A disc is a place known to the town or closer, a dashed ring says that no more than the country or region is known. Each opens its events.";
    return;
  }
  setWorkerUrl(workerUrl);
  const map = makeMap(box, countries);
  const lons = spots.map((spot) => spot.lon);
  const lats = spots.map((spot) => spot.lat);
  if (spots.length) {
    // where things happened, with the land around it
    const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
    map.fitBounds([[west - 3, Math.max(-80, south - 3)], [east + 3, Math.min(80, north + 3)]], { padding: 30, maxZoom: 6, animate: false });
  }
  const index = clusters(spots.filter((spot) => !AREAS.has(spot.precision)));
  const draw = (): void => {
    const bounds = map.getBounds();
    const found = index.getClusters(
      [Math.max(-180, bounds.getWest()), Math.max(-90, bounds.getSouth()), Math.min(180, bounds.getEast()), Math.min(90, bounds.getNorth())],
      Math.floor(map.getZoom()),
    );
    void map.getSource<GeoJSONSource>("spots")?.setData({ type: "FeatureCollection", features: found });
  };
  map.on("load", () => {
    void map.getSource<GeoJSONSource>("areas")?.setData(areas(spots.filter((spot) => AREAS.has(spot.precision)), lands));
    draw();
    map.on("moveend", draw);
    root.setAttribute("data-drawn", "yes");
  });
  map.getCanvas().setAttribute("aria-label", "Map of events; the table has the same places");
  wirePopups(map, tables);
  note.textContent = "A disc is a place known to the town or closer; a dashed area says that no more than the country or region is known.";
}

const root = document.querySelector<HTMLElement>("[data-places]");
if (root) void start(root);
