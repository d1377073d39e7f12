// The network: sigma draws it, a worker lays it out once, and the slider hides what is not there on a day.
import Graph from "graphology";
import Sigma, { DEFAULT_STYLES } from "sigma";
import type { Asked, Laid } from "../layout.worker";
import { dayAfter, shows, type Choice, type Span } from "../moment";
import { Moving } from "../moving";

interface End { id: string; name: string; kind: string; reports: number }
interface Answer { actors: End[]; ties: Span[]; cut: boolean }

const COLOURS: Record<string, string> = {
  command: "--chain", allegiance: "--chain", leadership: "--chain", office: "--chain", succession: "--chain",
  affiliation: "--belonging", composition: "--belonging", alliance: "--support", sponsorship: "--support",
  contact: "--support", rivalry: "--fight", presence: "--where",
};

/** Of more ties than this a plain drawing stands in while the day moves. */
const MANY = 2000;
/** The full drawing comes back when the slider is let go, or has not moved for so many milliseconds. */
const STILL = 700;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function choice(): Choice {
  const asked = new URL(location.href).searchParams;
  return { kinds: asked.getAll("kind"), state: asked.get("state"), actor: asked.get("actor") };
}

class Picture {
  readonly #graph = new Graph({ multi: true, type: "directed" });
  readonly #sigma: Sigma;
  readonly #ties: readonly Span[];
  readonly #ends: readonly [number, number][];
  readonly #actors: readonly End[];
  readonly #shown: Uint8Array;
  readonly #degree: Int32Array;
  /** What the full drawing shows; it may lag behind while the day moves. */
  readonly #drawn: { shown: Uint8Array; degree: Int32Array };
  readonly #moving: Moving | null;

  constructor(stage: HTMLElement, answer: Answer, opened: (actor: string) => void, profile: (actor: string) => void) {
    this.#ties = answer.ties;
    this.#actors = answer.actors;
    this.#shown = new Uint8Array(answer.ties.length).fill(1);
    this.#degree = new Int32Array(answer.actors.length);
    const place = new Map(answer.actors.map((actor, n) => [actor.id, n]));
    answer.actors.forEach((actor, n) => {
      const angle = n * 2.399963;
      this.#graph.addNode(String(n), {
        x: Math.sqrt(n) * Math.cos(angle), y: Math.sqrt(n) * Math.sin(angle), label: actor.name.replace(/\s+/g, " "),
        size: 3 + Math.min(9, Math.log2(1 + actor.reports)), color: colour("--soft"),
      });
    });
    this.#ends = answer.ties.map((tie, n) => {
      const ends: [number, number] = [place.get(tie.from_actor) ?? 0, place.get(tie.to_actor) ?? 0];
      this.#graph.addEdgeWithKey(String(n), String(ends[0]), String(ends[1]), {
        color: colour(COLOURS[tie.type] ?? "--soft"), size: 1 + Math.min(3, Math.log2(tie.findings)),
      });
      for (const end of ends) this.#degree[end] = (this.#degree[end] ?? 0) + 1;
      return ends;
    });
    this.#drawn = { shown: this.#shown.slice(), degree: this.#degree.slice() };
    this.#sigma = new Sigma(this.#graph, stage, {
      settings: { hideEdgesOnMove: answer.ties.length > 5000, labelRenderedSizeThreshold: 4, gestureTarget: "shared", itemSizesReference: "screen", stagePadding: stage.clientWidth < 600 ? 40 : 60 },
      // the usual styles, which read size and colour from each node, with labels in the page's ink
      styles: { ...DEFAULT_STYLES, nodes: { ...DEFAULT_STYLES.nodes, labelColor: colour("--ink") } } as never,
    });
    const sizes = answer.actors.map((_, n) => this.#sigma.scaleSize(this.#graph.getNodeAttribute(String(n), "size") as number));
    const colours = answer.ties.map((tie) => colour(COLOURS[tie.type] ?? "--soft"));
    this.#moving = answer.ties.length > MANY ? new Moving(stage, this.#ends, colours, sizes, colour("--soft")) : null;
    this.#sigma.on("clickNode", ({ node }) => opened(this.#actors[Number(node)]?.id ?? ""));
    this.#sigma.on("doubleClickNode", (click) => {
      click.preventSigmaDefault(); // which is to zoom
      profile(this.#actors[Number(click.node)]?.id ?? "");
    });
  }

  /** Lays the network out; it stays so whatever day is looked at. */
  lay(done: () => void): void {
    const worker = new Worker(new URL("../layout.worker.ts", import.meta.url), { type: "module" });
    const nodes = this.#actors.length;
    const asked: Asked = { nodes, edges: Uint32Array.from(this.#ends.flat()), rounds: nodes > 1000 ? 150 : 400 };
    worker.onmessage = (event: MessageEvent<Laid>) => {
      const { places } = event.data;
      this.#graph.updateEachNodeAttributes((id, held) => {
        const n = Number(id);
        return { ...held, x: places[2 * n] ?? 0, y: places[2 * n + 1] ?? 0 };
      });
      if (event.data.done) {
        worker.terminate();
        done();
      }
    };
    worker.postMessage(asked);
  }

  /** Shows what is there on a day: hides the rest, drops nothing. Gives the number of ties shown. A day that
   * moves on is drawn plainly where there is much, until `rest` is called. */
  on(day: string, chosen: Choice, moves = false): number {
    let count = 0;
    this.#ties.forEach((tie, n) => {
      const now = shows(tie, day, chosen) ? 1 : 0;
      count += now;
      if (now === this.#shown[n]) return;
      this.#shown[n] = now;
      for (const end of this.#ends[n] ?? []) this.#degree[end] = (this.#degree[end] ?? 0) + (now ? 1 : -1);
    });
    if (moves && this.#moving) {
      if (!this.#moving.seen) this.#moving.begin(this.#places());
      this.#moving.draw(this.#shown, this.#degree);
    } else this.rest();
    return count;
  }

  /** Draws fully what is there. */
  rest(): void {
    const { shown, degree } = this.#drawn;
    let changed = false;
    this.#shown.forEach((now, n) => {
      if (now === shown[n]) return;
      changed = true;
      this.#sigma.setEdgeState(String(n), { isHidden: now === 0 });
    });
    this.#degree.forEach((now, n) => {
      if ((degree[n] ?? 0) > 0 !== now > 0) this.#sigma.setNodeState(String(n), { isHidden: now === 0 });
    });
    shown.set(this.#shown);
    degree.set(this.#degree);
    if (!this.#moving?.seen) return;
    if (changed) this.#sigma.once("afterRender", () => this.#moving?.end());
    else this.#moving.end();
  }

  #places(): Float32Array {
    const places = new Float32Array(2 * this.#actors.length);
    this.#graph.forEachNode((id, held) => {
      const { x, y } = this.#sigma.graphToViewport({ x: held.x as number, y: held.y as number });
      places.set([x, y], 2 * Number(id));
    });
    return places;
  }

  /** Brings an actor whose name begins with, or has, the words into the middle. */
  find(words: string): boolean {
    const wanted = words.toLowerCase();
    const n = this.#actors.findIndex((actor) => actor.name.toLowerCase().includes(wanted));
    if (n < 0) return false;
    const at = this.#sigma.getNodeDisplayData(String(n));
    if (at) void this.#sigma.getCamera().animate({ x: at.x, y: at.y, ratio: 0.25 });
    return true;
  }
}

function wireSheet(root: HTMLElement): void {
  const sheet = root.querySelector<HTMLDialogElement>("[data-sheet]");
  const body = root.querySelector<HTMLElement>("[data-sheet-body]");
  root.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".ties li[data-number] a");
    if (!link || !sheet || !body || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void (async () => {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("#evidence");
      if (!answer.ok || !found) return location.assign(link.href);
      body.replaceChildren(document.adoptNode(found));
      sheet.showModal();
    })();
  });
}

async function refresh(url: URL): Promise<void> {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["around", "beside"]) {
    const part = page.getElementById(id);
    if (part) document.getElementById(id)?.replaceWith(document.adoptNode(part));
  }
}

async function start(root: HTMLElement): Promise<void> {
  wireSheet(root);
  const { url, first = "" } = root.dataset;
  const stage = root.querySelector<HTMLElement>("[data-stage]");
  const note = root.querySelector<HTMLElement>("[data-note]");
  const slider = root.querySelector<HTMLInputElement>("#slider");
  const field = root.querySelector<HTMLInputElement>("#on");
  if (!url || !stage || !note || !slider || !field) return;
  const tell = (text: string): void => {
    note.hidden = false;
    note.textContent = text;
  };
  const answer = (await (await fetch(url, { credentials: "same-origin" })).json()) as Answer;
  slider.hidden = false;
  let picture: Picture | null = null;
  const opened = (actor: string): void => {
    const to = new URL(location.href);
    to.searchParams.set("actor", actor);
    history.replaceState(null, "", to);
    picture?.on(field.value, choice());
    void refresh(to);
  };
  if (document.createElement("canvas").getContext("webgl2")) {
    stage.hidden = false;
    picture = new Picture(stage, answer, opened, (actor) => {
      const to = new URL(root.dataset.actor ?? "", location.href);
      to.searchParams.set("id", actor);
      location.assign(to);
    });
    picture.on(root.dataset.on ?? "", choice());
    picture.lay(() => root.setAttribute("data-laid", "yes"));
    tell("Click an actor to see only its ties, twice to see who it is. Each line is a tie of that day; the list says the same in words.");
  } else {
    tell("This browser draws no network (it has no WebGL 2). The list has all of it.");
  }
  let waiting = 0;
  let drawing = 0;
  let still = 0;
  slider.addEventListener("change", () => picture?.rest());
  slider.addEventListener("input", () => {
    const day = dayAfter(first, Number(slider.value));
    field.value = day;
    slider.setAttribute("aria-valuetext", day);
    // a pointer moves more often than a screen is drawn: what nobody would see is not worked out
    drawing ||= requestAnimationFrame(() => {
      drawing = 0;
      const shown = picture?.on(field.value, choice(), true);
      root.dataset.shown = String(shown ?? "");
    });
    const to = new URL(location.href);
    to.searchParams.set("on", day);
    clearTimeout(waiting);
    clearTimeout(still);
    still = window.setTimeout(() => picture?.rest(), STILL);
    waiting = window.setTimeout(() => {
      history.replaceState(null, "", to);
      void refresh(to);
    }, 180);
  });
  const search = root.querySelector<HTMLInputElement>("#q");
  search?.addEventListener("change", () => search.value && picture?.find(search.value));
}

const root = document.querySelector<HTMLElement>("[data-network]");
if (root) void start(root);
