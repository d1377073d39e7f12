// Files from the desk into the case: one after the other, each by itself, so that one that fails stops none.
import { csrfToken } from "./csrf";

export interface Outcome {
  sent: number;
  refused: { name: string; reason: string }[];
}

/** What the server says of a refusal, in one line. */
async function reason(answer: Response): Promise<string> {
  try {
    const said = (await answer.json()) as { detail?: string };
    return said.detail || answer.statusText;
  } catch {
    return answer.statusText || "the server did not say why";
  }
}

function post(url: string, body?: Blob): Promise<Response> {
  const headers: Record<string, string> = { "X-CSRF-Token": csrfToken(document) };
  if (body) headers["Content-Type"] = "application/octet-stream";
  return fetch(url, { method: "POST", headers, credentials: "same-origin", ...(body ? { body } : {}) });
}

/** Sends files to the material of a number (0 makes one); gives the number and what came of each. */
export async function sendAll(
  api: string,
  material: number,
  files: readonly File[],
  hints: Record<string, string>,
  told: (line: string) => void,
): Promise<Outcome & { material: number }> {
  const outcome: Outcome = { sent: 0, refused: [] };
  let number = material;
  if (!number) {
    const made = await post(api);
    if (!made.ok) return { material: 0, sent: 0, refused: [{ name: "everything", reason: await reason(made) }] };
    number = ((await made.json()) as { number: number }).number;
  }
  for (const [at, file] of files.entries()) {
    told(`Sending ${at + 1} of ${files.length}: ${file.name}`);
    const query = new URLSearchParams({ ...hints, name: file.name });
    try {
      const answer = await post(`${api}/${number}/file?${query}`, file);
      if (answer.ok) outcome.sent += 1;
      else outcome.refused.push({ name: file.name, reason: await reason(answer) });
    } catch {
      outcome.refused.push({ name: file.name, reason: "it could not be sent; is it still there, and the server?" });
    }
  }
  return { material: number, ...outcome };
}

/** All files of a drop, those in folders included. */
export async function dropped(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.every((entry) => entry === null)) return [...data.files];
  const found: File[] = [];
  for (const entry of entries) if (entry) await walk(entry, found);
  return found;
}

async function walk(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (entry.name.startsWith(".")) return;
  if (entry.isFile) {
    found.push(await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const next = (): Promise<FileSystemEntry[]> => new Promise((done, failed) => reader.readEntries(done, failed));
  // a browser hands out at most a hundred at a time
  for (let some = await next(); some.length; some = await next()) for (const each of some) await walk(each, found);
}
