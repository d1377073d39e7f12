import { expect, test } from "vitest";
import { whenFree } from "./busy";

const answers = (...statuses: number[]): (() => Promise<Response>) => {
  const left = [...statuses];
  return async () => new Response("{}", { status: left.shift() ?? 500 });
};
const at_once = async (): Promise<void> => undefined;

test("what cannot be written down while a run is at work is sent again until it can", async () => {
  const told: boolean[] = [];
  const answer = await whenFree(answers(409, 409, 200), (waits) => told.push(waits), at_once);
  expect(answer.status).toBe(200);
  expect(told).toEqual([true, false]);
});

test("nothing is said where nothing had to wait, and a refusal is no reason to ask again", async () => {
  const told: boolean[] = [];
  expect((await whenFree(answers(400), (waits) => told.push(waits), at_once)).status).toBe(400);
  expect(told).toEqual([]);
});
