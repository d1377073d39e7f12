// The timeline's chart: counts as stacked bars on a canvas; drawing over a stretch zooms into it.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { isoDay, stack, tick, type Bin } from "../stack";
import { swap } from "../swap";

const SELECTOR = "#timeline";

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function zoom(from: number, to: number): void {
  const url = new URL(location.href);
  url.searchParams.set("since", isoDay(from));
  url.searchParams.set("until", isoDay(to));
  void swap(url.href, SELECTOR, (part) => void draw(part));
}

function series(names: string[]): uPlot.Series[] {
  const bars = uPlot.paths.bars?.({ size: [0.9, 40] });
  return names.map((name, g) => ({
    label: name,
    fill: colour(`--q${g + 1}`),
    width: 0,
    points: { show: false },
    ...(bars ? { paths: bars } : {}),
    // what the legend says is the group's own count, not what the stack reaches up to
    value: (plot: uPlot, value: number | null, _: number, n: number | null) => {
      if (value === null || n === null) return "–";
      const below = g === 0 ? 0 : (plot.data[names.length - g + 1]?.[n] ?? 0);
      return (value - below).toLocaleString("en");
    },
  }));
}

async function draw(root: HTMLElement): Promise<void> {
  const box = root.querySelector<HTMLElement>("[data-chart]");
  const data = root.dataset;
  if (!box || !data.url) return;
  const asked = new URL(data.url, location.href);
  for (const key of ["kind", "actor", "since", "until"]) {
    for (const value of new URL(location.href).searchParams.getAll(key)) asked.searchParams.append(key, value);
  }
  asked.searchParams.set("words", new URL(location.href).searchParams.get("q") ?? "");
  asked.searchParams.set("sort", data.sort ?? "event");
  asked.searchParams.set("by", data.by ?? "month");
  const answer = await fetch(asked, { credentials: "same-origin" });
  if (!answer.ok) return;
  const bins = (await answer.json()) as Bin[];
  const names = (data.names ?? "").split("|");
  const groupOf = JSON.parse(data.groups ?? "{}") as Record<string, number>;
  const [times = [], ...tops] = stack(bins, data.by ?? "month", groupOf, names.length);
  box.hidden = false;
  root.querySelector<HTMLElement>("[data-hint]")?.removeAttribute("hidden");
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line") } };
  const shown = series(names);
  const plot = new uPlot(
    {
      width: box.clientWidth - 16,
      height: 250,
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
      cursor: { drag: { x: true, y: false, setScale: false } },
      scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.05)] } },
      axes: [{ ...axis, values: (_, at, __, ___, step) => at.map((second) => tick(second, step)) }, axis],
      // the tallest of a stack is drawn first, those below it over it
      series: [{ value: (_, at) => (at === null ? "–" : isoDay(at)), label: "from" }, ...shown.slice().reverse()],
      hooks: {
        setSelect: [
          (made) => {
            if (made.select.width < 4) return;
            zoom(made.posToVal(made.select.left, "x"), made.posToVal(made.select.left + made.select.width, "x"));
          },
        ],
      },
    },
    [times, ...tops.slice().reverse()],
    box,
  );
  new ResizeObserver(() => plot.setSize({ width: box.clientWidth - 16, height: 250 })).observe(box);
}

const root = document.querySelector<HTMLElement>(SELECTOR);
if (root) {
  void draw(root);
  addEventListener("popstate", () => void swap(location.href, SELECTOR, (part) => void draw(part), false));
}
