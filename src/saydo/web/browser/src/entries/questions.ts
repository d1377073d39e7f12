// Who is who by keyboard: a number chooses a candidate, x none of them, space goes on.
const typing = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input, select, textarea, button, a") !== null;

window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const wanted = [...document.querySelectorAll<HTMLElement>("[data-key]")].find(
    (element) => element.dataset.key === event.key,
  );
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});
