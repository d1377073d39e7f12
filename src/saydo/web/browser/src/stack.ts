// Counts of kinds by day or month, gathered into stacked series over an even axis of time.

export interface Bin { start: string; kind: string; count: number }

/** Seconds since 1970 of an ISO day or month, in UTC. */
export function seconds(start: string): number {
  const [year = 1970, month = 1, day = 1] = start.split("-").map(Number);
  return Date.UTC(year, month - 1, day) / 1000;
}

/** The ISO day of seconds since 1970. */
export function isoDay(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}

/** Every day or month from the first to the last start, none left out. */
export function steps(first: string, last: string, by: string): string[] {
  const made: string[] = [];
  const [year = 1970, month = 1, day = 1] = first.split("-").map(Number);
  for (let n = 0; made.length < 100_000; n += 1) {
    const at = by === "day" ? Date.UTC(year, month - 1, day + n) : Date.UTC(year, month - 1 + n, 1);
    const word = new Date(at).toISOString().slice(0, by === "day" ? 10 : 7);
    if (word > last) break;
    made.push(word);
  }
  return made;
}

/** `[times, top of group 1, top of groups 1 and 2, …]`: what each bar of a stack reaches up to. */
export function stack(bins: readonly Bin[], by: string, groupOf: Record<string, number>, groups: number): number[][] {
  if (bins.length === 0) return [[], ...Array.from({ length: groups }, () => [])];
  const starts = bins.map((bin) => bin.start).sort();
  const axis = steps(starts[0] as string, starts[starts.length - 1] as string, by);
  const place = new Map(axis.map((start, n) => [start, n]));
  const counts = Array.from({ length: groups }, () => new Array<number>(axis.length).fill(0));
  for (const bin of bins) {
    const row = counts[groupOf[bin.kind] ?? 0];
    const at = place.get(bin.start);
    if (row && at !== undefined) row[at] = (row[at] ?? 0) + bin.count;
  }
  for (let g = 1; g < groups; g += 1) {
    counts[g] = (counts[g] as number[]).map((count, n) => count + ((counts[g - 1] as number[])[n] ?? 0));
  }
  return [axis.map(seconds), ...counts];
}

const DAY = 86400;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** What stands below the axis at a time (seconds, UTC), `step` seconds from the next: a year, a month or a day. */
export function tick(second: number, step: number): string {
  const at = new Date(second * 1000);
  const [year, month] = [String(at.getUTCFullYear()), MONTHS[at.getUTCMonth()] ?? ""];
  if (step >= 360 * DAY) return year;
  if (step >= 27 * DAY) return `${month} ${year}`;
  return `${at.getUTCDate()} ${month}${step < DAY ? `, ${String(at.getUTCHours()).padStart(2, "0")}:00` : ""}`;
}
