// Offsets of the records count code points; strings of JavaScript count UTF-16 units (an emoji is two).

/** The UTF-16 index of a code point offset; the text's length where the offset lies beyond it. */
export function toUnits(text: string, offset: number): number {
  let units = 0;
  for (let points = 0; points < offset && units < text.length; points += 1) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/** The code point offset of a UTF-16 index; an index inside of a pair counts as the pair's beginning. */
export function toPoints(text: string, index: number): number {
  let points = 0;
  for (let units = 0; units < Math.min(index, text.length); points += 1) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
    if (units > index) return points;
  }
  return points;
}

/** The code points [start, end) of a text. */
export function sliceByPoints(text: string, start: number, end: number): string {
  return text.slice(toUnits(text, start), toUnits(text, end));
}
