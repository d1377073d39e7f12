// Every change carries the token that the page was given; the server refuses a change without it.

/** The token of this page; empty where it has none. */
export function csrfToken(document: Document): string {
  return document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
}

/** `fetch` for a change: a form or JSON, sent with the token. Throws where the server refuses. */
export async function send(url: string, body: FormData | object): Promise<Response> {
  const form = body instanceof FormData;
  const headers: Record<string, string> = { "X-CSRF-Token": csrfToken(document) };
  if (!form) headers["Content-Type"] = "application/json";
  const answer = await fetch(url, {
    method: "POST",
    headers,
    body: form ? body : JSON.stringify(body),
    credentials: "same-origin",
  });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return answer;
}
