// Dropping files, and what a look at them finds while it goes on.
import { dropped, sendAll } from "../sending";

const form = document.querySelector<HTMLFormElement>("form[data-drop]");
const input = form?.querySelector<HTMLInputElement>("input[type=file]");
const zone = form?.querySelector<HTMLElement>(".zone");
const status = form?.querySelector<HTMLElement>("[data-sending]");

function hints(of: HTMLFormElement): Record<string, string> {
  const held: Record<string, string> = {};
  for (const field of of.querySelectorAll<HTMLInputElement>(".fields input")) {
    if (field.value.trim()) held[field.name] = field.value.trim();
  }
  return held;
}

async function send(to: HTMLFormElement, files: readonly File[]): Promise<void> {
  if (!files.length || !status) return;
  const button = to.querySelector("button");
  if (button) button.disabled = true;
  const material = Number(to.dataset.material ?? "0");
  const came = await sendAll(to.dataset.api ?? "", material, files, hints(to), (line) => {
    status.textContent = line;
  });
  if (button) button.disabled = false;
  const shown = `${to.dataset.add ?? ""}?material=${came.material}`;
  if (!came.refused.length) {
    location.assign(shown);
    return;
  }
  status.textContent = `${came.sent} of ${files.length} were taken. Not taken: `;
  const list = document.createElement("ul");
  for (const each of came.refused) {
    const line = document.createElement("li");
    line.textContent = `${each.name}: ${each.reason}`;
    list.append(line);
  }
  status.append(list);
  if (came.sent) {
    const link = document.createElement("a");
    link.href = shown;
    link.textContent = "Go on with those that were taken";
    status.append(link);
  }
}

if (form && input && zone) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form, [...(input.files ?? [])]);
  });
  input.addEventListener("change", () => void send(form, [...(input.files ?? [])]));
  // anywhere on the page, so that a file that misses the zone is not opened in place of the page
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) zone.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.remove("over");
    void dropped(event.dataTransfer).then((files) => send(form, files));
  });
}

const pieces = document.querySelector<HTMLElement>("[data-pieces]");
async function look(): Promise<void> {
  if (!pieces?.querySelector("[data-looking]")) return;
  // who is writing in a field there is not interrupted
  if (!pieces.contains(document.activeElement)) {
    const answer = await fetch(pieces.dataset.pieces ?? "", { credentials: "same-origin" });
    if (answer.ok) pieces.innerHTML = await answer.text();
  }
  setTimeout(() => void look(), 700);
}
setTimeout(() => void look(), 400);
