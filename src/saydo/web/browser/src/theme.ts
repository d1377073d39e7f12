// Light, dark, or as the system says: kept in a cookie, so that the server draws the page right at once.

export type Theme = "auto" | "light" | "dark";
const ORDER: readonly Theme[] = ["auto", "light", "dark"];

/** The theme that the switch leads to. */
export function following(theme: string | undefined): Theme {
  const at = ORDER.indexOf((theme ?? "auto") as Theme);
  return ORDER[(at + 1) % ORDER.length] ?? "auto";
}

/** Makes the switch act at once, without the round trip that it takes as a plain form. */
export function wireTheme(document: Document): void {
  const form = document.querySelector<HTMLFormElement>("form[data-theme-switch]");
  const button = form?.querySelector<HTMLButtonElement>("button[name=theme]");
  if (!form || !button) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = button.value as Theme;
    document.documentElement.dataset.theme = chosen;
    button.value = following(chosen);
    const label = button.querySelector("[data-theme-now]");
    if (label) label.textContent = chosen;
    const path = form.dataset.cookiePath ?? "/";
    document.cookie = `saydo_theme=${chosen}; Path=${path}; Max-Age=31536000; SameSite=Lax`;
  });
}
