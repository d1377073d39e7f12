// Keys of a page: an element with data-key is clicked, or a link followed, when its key is pressed outside of fields.

const FIELDS = new Set(["INPUT", "TEXTAREA", "SELECT"]);

export function isTyping(target: EventTarget | null): boolean {
  const element = target as Element | null;
  return !!element && (FIELDS.has(element.tagName) || (element as HTMLElement).isContentEditable === true);
}

/** The element that a key means; null where it means none. */
export function meant(root: ParentNode, key: string): HTMLElement | null {
  for (const element of root.querySelectorAll<HTMLElement>("[data-key]")) {
    if (element.dataset.key === key) return element;
  }
  return null;
}

/** Listens until the page is left; `also` are keys that do something else. */
export function wireKeys(root: Document, also: Record<string, () => void> = {}): void {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    const act = also[event.key] ?? (() => meant(root, event.key)?.click());
    if (!also[event.key] && !meant(root, event.key)) return;
    event.preventDefault();
    act();
  });
}
