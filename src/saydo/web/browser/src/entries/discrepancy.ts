// A discrepancy: verdicts, passages and neighbours by keys.
import { wireKeys } from "../keys";

const passage = (number: number) => (): void => {
  document.querySelectorAll<HTMLAnchorElement>("[data-discrepancy] .poles a.cited")[number]?.click();
};
wireKeys(document, {
  "1": passage(0),
  "2": passage(1),
  n: () => document.querySelector<HTMLElement>("#note")?.focus(),
});
