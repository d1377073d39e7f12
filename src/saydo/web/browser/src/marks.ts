// The reader's evidence: a mark and the card of its finding light up together, and say so to each other.

/** Ids of the findings that a mark stands for. */
export function findingsOf(mark: Element): string[] {
  return (mark.getAttribute("data-findings") ?? "").split(" ").filter(Boolean);
}

/** Links marks and cards below `root`: hovering or focusing one lights the other. */
export function wireMarks(root: ParentNode): void {
  const marks = [...root.querySelectorAll<HTMLElement>("mark[data-findings]")];
  const cards = new Map(
    [...root.querySelectorAll<HTMLElement>("[data-finding]")].map((card) => [card.dataset.finding ?? "", card]),
  );
  const light = (ids: readonly string[], on: boolean): void => {
    for (const id of ids) cards.get(id)?.classList.toggle("lit", on);
    for (const mark of marks) {
      if (findingsOf(mark).some((id) => ids.includes(id))) mark.classList.toggle("lit", on);
    }
  };
  const wire = (element: HTMLElement, ids: readonly string[]): void => {
    for (const [enter, leave] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]] as const) {
      element.addEventListener(enter, () => light(ids, true));
      element.addEventListener(leave, () => light(ids, false));
    }
  };
  for (const mark of marks) wire(mark, findingsOf(mark));
  for (const [id, card] of cards) wire(card, [id]);
}

/** Opens a finding: its card comes into view beside the text and is the one that is open. */
export function open(root: ParentNode, id: string): HTMLElement | null {
  let found: HTMLElement | null = null;
  for (const card of root.querySelectorAll<HTMLElement>("[data-finding]")) {
    const chosen = card.dataset.finding === id;
    if (chosen) card.setAttribute("aria-current", "true");
    else card.removeAttribute("aria-current");
    if (chosen) found = card;
  }
  for (const mark of root.querySelectorAll("mark[data-findings]")) {
    mark.classList.toggle("open", findingsOf(mark).includes(id));
  }
  return found;
}
