// Goes to another address of the same page without loading it whole: one part of it is replaced.

/** Replaces `selector` by what stands there at `url`; `wired` is called with the new part. Falls back to loading. */
export async function swap(url: string, selector: string, wired: (part: HTMLElement) => void, keep = true): Promise<void> {
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector<HTMLElement>(selector);
    const here = document.querySelector<HTMLElement>(selector);
    if (!answer.ok || !part || !here) throw new Error("not that page");
    const fresh = document.adoptNode(part);
    here.replaceWith(fresh);
    if (keep) history.pushState(null, "", url);
    wired(fresh);
  } catch {
    location.assign(url);
  }
}
