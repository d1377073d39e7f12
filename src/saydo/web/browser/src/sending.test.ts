import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sendAll } from "./sending";

const asked: string[] = [];
const file = (name: string): File => new File(["words"], name);

beforeEach(() => {
  asked.length = 0;
  document.head.innerHTML = `<meta name="csrf-token" content="token">`;
});
afterEach(() => vi.unstubAllGlobals());

function server(answers: (url: string) => Response): void {
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push(url);
    expect((init.headers as Record<string, string>)["X-CSRF-Token"]).toBe("token");
    return answers(url);
  });
}

test("material is made once and every file goes into it, with what is known of all", async () => {
  server((url) => Response.json(url === "/api" ? { number: 7 } : {}));
  const lines: string[] = [];
  const came = await sendAll("/api", 0, [file("a.txt"), file("b c.txt")], { publisher: "Post" }, (l) => lines.push(l));
  expect(asked).toEqual(["/api", "/api/7/file?publisher=Post&name=a.txt", "/api/7/file?publisher=Post&name=b+c.txt"]);
  expect(came).toEqual({ material: 7, sent: 2, refused: [] });
  expect(lines[1]).toBe("Sending 2 of 2: b c.txt");
});

test("a file that is refused stops none of the others, and its reason is kept", async () => {
  server((url) =>
    url.includes("bad") ? Response.json({ detail: "is over the limit" }, { status: 400 }) : Response.json({}),
  );
  const came = await sendAll("/api", 3, [file("bad.pdf"), file("good.txt")], {}, () => undefined);
  expect(came).toEqual({ material: 3, sent: 1, refused: [{ name: "bad.pdf", reason: "is over the limit" }] });
});

test("a file that cannot be sent at all is told", async () => {
  server(() => {
    throw new TypeError("network");
  });
  const came = await sendAll("/api", 3, [file("gone.txt")], {}, () => undefined);
  expect(came.sent).toBe(0);
  expect(came.refused[0]?.name).toBe("gone.txt");
});
