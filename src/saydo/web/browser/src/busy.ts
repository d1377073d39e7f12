// While something else writes to the case (a run), nothing can be written down: what was decided waits in the
// page and is sent again, so that nobody has to decide twice.

/** How long to wait before asking again, in milliseconds. */
export const AGAIN = 3000;

/** Sends until the case is free. `told` is called with true when it begins to wait, with false when it went through. */
export async function whenFree(
  send: () => Promise<Response>,
  told: (waits: boolean) => void,
  pause: () => Promise<void> = () => new Promise((done) => setTimeout(done, AGAIN)),
): Promise<Response> {
  let waited = false;
  for (;;) {
    const answer = await send();
    if (answer.status !== 409) {
      if (waited) told(false);
      return answer;
    }
    if (!waited) told(true);
    waited = true;
    await pause();
  }
}
