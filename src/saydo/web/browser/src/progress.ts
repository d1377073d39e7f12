// A run, live: what it is doing, how far it is, how fast it goes.

export interface Told {
  doing: string;
  rate: string;
  share: number | null;
  state: string;
  over: boolean;
}

/** Writes what was told into the box of a run. */
export function show(box: Element, told: Told): void {
  const doing = box.querySelector("[data-doing]");
  // said aloud only where it changes, not with every number
  if (doing && doing.textContent !== told.doing) doing.textContent = told.doing;
  const rate = box.querySelector("[data-rate]");
  if (rate) rate.textContent = told.rate;
  const bar = box.querySelector<HTMLProgressElement>("[data-share]");
  if (!bar) return;
  if (told.state === "waiting") bar.value = 0;
  else if (told.share === null) bar.removeAttribute("value");
  else bar.value = told.share;
}

/** Follows every run on the page; `ended` is called once one has ended. */
export function follow(root: ParentNode, ended: () => void): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-progress]")) {
    const source = new EventSource(box.dataset.progress ?? "");
    source.addEventListener("message", (event) => {
      const told = JSON.parse((event as MessageEvent<string>).data) as Told;
      if (told.over) {
        source.close();
        ended();
      } else show(box, told);
    });
  }
  const elsewhere = root.querySelector("[data-reload]");
  if (elsewhere) setTimeout(ended, 4000);
}
