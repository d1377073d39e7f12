// Review by keyboard: a decision is one key, the next finding is there at once, and backspace takes it back.
import { tinykeys } from "tinykeys";
import { whenFree } from "../busy";
import { csrfToken } from "../csrf";
import { Queue, type Wire } from "../queue";

const root = document.querySelector<HTMLElement>("[data-review]");
const typing = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest("input:not([type=checkbox],[type=radio]), select, textarea") !== null;

let waits = 0;
window.addEventListener("beforeunload", (event) => {
  if (waits) event.preventDefault(); // decisions that are not written down yet would be lost
});

async function ask(url: string, body: object): Promise<{ numbers: number[] }> {
  const send = (): Promise<Response> =>
    fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken(document) },
      body: JSON.stringify(body),
      credentials: "same-origin",
    });
  const answer = await whenFree(send, (begins) => {
    waits += begins ? 1 : -1;
    const line = root?.querySelector<HTMLElement>("[data-waits]");
    if (line) line.hidden = !waits;
  });
  const held = (await answer.json()) as { numbers: number[]; detail?: string };
  if (!answer.ok) throw new Error(held.detail ?? answer.statusText);
  return held;
}

if (root) {
  const told = root.querySelector<HTMLElement>("[data-told]");
  const count = document.querySelector<HTMLElement>("[data-decided]");
  const bar = document.querySelector<HTMLProgressElement>(".review-head progress");
  const help = document.querySelector<HTMLElement>("[data-help]");
  const wire: Wire = {
    decide: async (decision, report, finding, why) => {
      const made = await ask(root.dataset.decide ?? "", { decision, why, findings: [{ document: report, finding }] });
      return made.numbers[0] ?? 0;
    },
    undo: async (number) => void (await ask(root.dataset.undo ?? "", { numbers: [number] })),
    more: async (url) => {
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.text();
    },
  };
  const queue = new Queue(
    root,
    wire,
    (line, fault) => {
      if (!told) return;
      told.textContent = line;
      told.classList.toggle("fault", fault);
    },
    (by) => {
      const now = Number((count?.textContent ?? "0").replace(/\D/g, "")) + by;
      if (count) count.textContent = now.toLocaleString("en");
      if (bar) bar.value = now;
    },
  );
  const edit = (): void => {
    const form = queue.current?.querySelector<HTMLDetailsElement>("details.edit");
    if (!form) return;
    form.open = true;
    form.querySelector<HTMLElement>("select, input:not([type=hidden])")?.focus();
  };
  const leave = (): void => {
    for (const form of root.querySelectorAll<HTMLDetailsElement>("details.edit[open]")) form.open = false;
    if (help) help.hidden = true;
    queue.current?.focus({ preventScroll: true });
  };
  const key = (act: () => void) => (event: KeyboardEvent): void => {
    // inside of a field a key is a letter; on a button or link space presses it
    if (typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target instanceof Element && event.target.closest("button, a, summary, input")) return;
    event.preventDefault();
    act();
  };
  const showHelp = (): void => {
    if (!help) return;
    help.hidden = !help.hidden;
    if (!help.hidden) help.focus();
  };
  tinykeys(window, {
    a: key(() => queue.decide("accept")),
    x: key(() => queue.decide("reject")),
    f: key(() => queue.decide("flag")),
    e: key(edit),
    o: key(() => queue.current?.querySelector<HTMLAnchorElement>("a.cited")?.click()),
    Space: key(() => queue.skip()),
    Backspace: key(() => void queue.back()),
    "Shift+?": key(showHelp),
    "?": key(showHelp),
    Escape: () => leave(),
  });
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (!form.matches("form[data-decide]")) return;
    event.preventDefault();
    queue.decide(button?.value ?? "accept");
  });
  root.addEventListener("click", (event) => {
    const skip = (event.target as Element).closest<HTMLAnchorElement>("a[data-skip]");
    if (!skip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    queue.skip();
  });
  queue.current?.focus({ preventScroll: true });
  void queue.fetch();
}
