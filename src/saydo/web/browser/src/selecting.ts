// What a person has selected in a report, in code points of its text.
import { toPoints } from "./codepoints";

export interface Selected {
  start: number;
  end: number;
  words: string;
}

/** The offset in code points of a place in the text: that of its stretch, and how far into it. */
function pointAt(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const stretch = element?.closest<HTMLElement>("[data-start]");
  if (!stretch) return null;
  const before = document.createRange();
  before.selectNodeContents(stretch);
  before.setEnd(node, offset);
  const text = stretch.textContent ?? "";
  return Number(stretch.dataset.start) + toPoints(text, before.toString().length);
}

/** The selection inside of `text`, without white space at its ends; null where there is none. */
export function selectedIn(text: Element, selection: Selection | null): Selected | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const start = pointAt(range.startContainer, range.startOffset);
  const end = pointAt(range.endContainer, range.endOffset);
  const whole = range.toString();
  const words = whole.trim();
  if (start === null || end === null || !words) return null;
  const lead = [...whole.slice(0, whole.length - whole.trimStart().length)].length;
  const tail = [...whole.slice(whole.trimEnd().length)].length;
  return { start: start + lead, end: end - tail, words };
}
