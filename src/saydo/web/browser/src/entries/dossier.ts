// A dossier: the print button, which does nothing without a script and is therefore hidden until now.
const button = document.querySelector<HTMLButtonElement>("[data-print]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
