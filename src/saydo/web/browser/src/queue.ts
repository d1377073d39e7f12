// A list of things to decide about, one in view at a time. Going on never decides; what was decided last can
// be taken back. The next one is always in the page before it is needed.

/** What happens to a decision outside of the page. */
export interface Wire {
  /** Writes a decision down; gives its number. */
  decide(decision: string, document: string, finding: string, why: string): Promise<number>;
  /** Takes a decision back. */
  undo(number: number): Promise<void>;
  /** What follows behind the last item, as HTML; the empty string where nothing does. */
  more(url: string): Promise<string>;
}

interface Step {
  item: HTMLElement;
  /** Null where it was only skipped. */
  number: Promise<number> | null;
}

/** From how few items left the next stretch is asked for. */
export const AT_HAND = 4;

export class Queue {
  private readonly steps: Step[] = [];
  private asked = false;
  /** Decisions are written in the order in which they were made. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly root: HTMLElement,
    private readonly wire: Wire,
    private readonly tell: (line: string, fault: boolean) => void,
    private readonly count: (by: number) => void,
  ) {}

  private items(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>("[data-item]")];
  }

  /** The item in view; null where all are gone through. */
  get current(): HTMLElement | null {
    return this.items().find((item) => !item.hidden) ?? null;
  }

  /** Decides about the item in view and goes on at once; the answer is waited for behind it. */
  decide(decision: string): void {
    const item = this.current;
    if (!item) return;
    const { document = "", finding = "" } = item.dataset;
    const why = item.querySelector<HTMLInputElement>("form[data-decide] input[name=why]")?.value ?? "";
    const number = this.last.then(() => this.wire.decide(decision, document, finding, why));
    this.last = number.catch(() => undefined);
    const step: Step = { item, number };
    this.steps.push(step);
    this.count(1);
    this.go(item);
    this.tell(`${decision} …`, false);
    void number.then((made) => {
      if (this.steps[this.steps.length - 1] === step) this.tell(`${decision}: written down as decision ${made}`, false);
    }, () => undefined);
    number.catch((fault: Error) => {
      // it was not written down: it waits again, and the page says so
      const at = this.steps.indexOf(step);
      if (at >= 0) this.steps.splice(at, 1);
      this.count(-1);
      this.show(item);
      this.tell(`not written down: ${fault.message}`, true);
    });
  }

  /** Goes on and decides nothing. */
  skip(): void {
    const item = this.current;
    if (!item) return;
    this.steps.push({ item, number: null });
    this.go(item);
    this.tell("skipped; nothing was decided", false);
  }

  /** Goes back to the item before, and takes back what was decided about it. */
  async back(): Promise<void> {
    const step = this.steps.pop();
    if (!step) {
      this.tell("nothing to take back", false);
      return;
    }
    this.show(step.item);
    if (!step.number) {
      this.tell("back; nothing had been decided", false);
      return;
    }
    this.count(-1);
    const undone = this.last.then(async () => this.wire.undo(await (step.number as Promise<number>)));
    this.last = undone.catch(() => undefined);
    try {
      await undone;
      this.tell("taken back", false);
    } catch (fault) {
      this.tell(`not taken back: ${(fault as Error).message}`, true);
    }
  }

  private go(from: HTMLElement): void {
    from.hidden = true;
    const items = this.items();
    const after = items.slice(items.indexOf(from) + 1);
    const next = after[0];
    if (next) this.focus(next);
    else this.ended(true);
    if (after.length <= AT_HAND) void this.fetch();
  }

  private show(item: HTMLElement): void {
    for (const other of this.items()) other.hidden = other !== item;
    this.ended(false);
    this.focus(item);
  }

  private focus(item: HTMLElement): void {
    item.hidden = false;
    this.ended(false);
    item.focus({ preventScroll: true });
  }

  private ended(is: boolean): void {
    const done = this.root.querySelector<HTMLElement>("[data-done]");
    if (done) done.hidden = !is;
  }

  /** Puts the next stretch behind the last item. */
  async fetch(): Promise<void> {
    const stretches = this.root.querySelectorAll<HTMLElement>("[data-stretch]");
    const last = stretches[stretches.length - 1];
    const url = last?.dataset.more ?? "";
    if (!last || !url || this.asked) return;
    this.asked = true;
    try {
      const held = document.createElement("template");
      held.innerHTML = await this.wire.more(url);
      const waits = this.current === null;
      const known = new Set(this.items().map((item) => `${item.dataset.document} ${item.dataset.finding}`));
      for (const item of held.content.querySelectorAll<HTMLElement>("[data-item]")) {
        if (known.has(`${item.dataset.document} ${item.dataset.finding}`)) item.remove();
      }
      const fresh = held.content.querySelector<HTMLElement>("[data-item]");
      last.after(held.content);
      if (waits && fresh) this.focus(fresh);
    } catch (fault) {
      this.tell(`the next ones could not be fetched: ${(fault as Error).message}`, true);
    } finally {
      this.asked = false;
    }
  }
}
