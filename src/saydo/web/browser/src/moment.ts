// What of a network is there on a day. Days are counted from a first day; nothing is dropped, only hidden.

export interface Span {
  number: number; type: string; from_actor: string; to_actor: string;
  held: [string, string] | null; likely: [string, string] | null; findings: number;
}
export interface Choice { kinds: readonly string[]; state: string | null; actor: string | null }

const DAY = 86_400_000;

/** The ISO day so many days after another. */
export function dayAfter(first: string, days: number): string {
  return new Date(Date.parse(`${first}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** `held`, `likely` or null: ISO days compare as they are written. */
export function stateOn(tie: Span, day: string): "held" | "likely" | null {
  if (tie.held && tie.held[0] <= day && day <= tie.held[1]) return "held";
  if (tie.likely && tie.likely[0] <= day && day <= tie.likely[1]) return "likely";
  return null;
}

/** Whether a tie is drawn on a day. */
export function shows(tie: Span, day: string, choice: Choice): boolean {
  const state = stateOn(tie, day);
  if (state === null || (choice.state !== null && choice.state !== state)) return false;
  if (choice.kinds.length > 0 && !choice.kinds.includes(tie.type)) return false;
  return choice.actor === null || tie.from_actor === choice.actor || tie.to_actor === choice.actor;
}
