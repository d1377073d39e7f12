// On every page: htmx for partial updates, the theme switch, focus where a part of the page was replaced.
import htmx from "htmx.org";
import { csrfToken } from "../csrf";
import { wireTheme } from "../theme";

interface RequestEvent extends Event {
  detail: { ctx: { request: { method: string; headers: Record<string, string> } } };
}

htmx.config.includeIndicatorCSS = false;
document.addEventListener("htmx:config:request", (event) => {
  const { request } = (event as RequestEvent).detail.ctx;
  if (request.method.toUpperCase() !== "GET") request.headers["X-CSRF-Token"] = csrfToken(document);
});
wireTheme(document);
document.documentElement.dataset.script = "on";

// a picture wider than the screen begins where there is something to see
for (const box of document.querySelectorAll<HTMLElement>("[data-begins]")) {
  box.scrollLeft = Number(box.dataset.begins) * box.scrollWidth - box.clientWidth / 4;
}

// on a narrow screen the bar is moved sideways: where one is stays in view
const here = document.querySelector<HTMLElement>(".pages [aria-current]");
const row = here?.closest<HTMLElement>(".pages");
if (here && row && row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.clientWidth) / 2;
