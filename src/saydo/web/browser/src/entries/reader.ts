// The reader: marks and cards light up together; a click opens a finding and keeps the address right.
import { findingsOf, open, wireMarks } from "../marks";
import { selectedIn } from "../selecting";

const root = document.querySelector<HTMLElement>("[data-reader]");
if (root) {
  wireMarks(root);
  const show = (id: string): void => {
    open(root, id)?.scrollIntoView({ block: "nearest", behavior: "instant" });
    const url = new URL(location.href);
    url.searchParams.set("finding", id);
    url.hash = "";
    history.replaceState(null, "", url);
  };
  root.addEventListener("click", (event) => {
    const target = event.target as Element;
    const link = target.closest<HTMLAnchorElement>("mark a");
    const mark = link?.closest("mark");
    if (!link || !mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const ids = findingsOf(mark);
    const at = ids.indexOf(new URL(location.href).searchParams.get("finding") ?? "");
    // a second click on words that several findings share goes on to the next of them
    show(ids[(at + 1) % ids.length] ?? ids[0] ?? "");
  });
  const text = root.querySelector<HTMLElement>(".text");
  const form = root.querySelector<HTMLFormElement>("[data-adding]");
  if (text && form) {
    const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
    const look = (): void => {
      const found = selectedIn(text, getSelection());
      if (!found) return;
      field("start").value = String(found.start);
      field("end").value = String(found.end);
      const shown = form.querySelector("[data-selected]");
      if (shown) shown.textContent = found.words;
      form.hidden = false;
      form.scrollIntoView({ block: "nearest", behavior: "instant" });
    };
    document.addEventListener("pointerup", () => setTimeout(look, 0));
    document.addEventListener("keyup", (event) => {
      if (event.shiftKey || event.key === "Shift") look();
    });
    form.querySelector("[data-drop]")?.addEventListener("click", () => {
      form.hidden = true;
      getSelection()?.removeAllRanges();
    });
  }
  const chosen = root.querySelector("mark.open");
  chosen?.scrollIntoView({ block: "center", behavior: "instant" });
}
