"""Takes the pictures of the tutorial anew: ``python docs/pictures/make.py`` (needs Chromium, and playwright
of `make dev`).

The example case is coded, the workbench opened over it, and each page below is pictured in light colours,
finer than the screen shows it, as WebP. Nothing in the example is graphic, and no picture of a report is
ever fetched.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAYDO = [sys.executable, "-c", "from saydo.cli.main import app; app()"]
WIDTH, HEIGHT, FINENESS, QUALITY = 1280, 820, 1.6, 0.8
LARGEST = 200_000

ENCODE = """async ([picture, quality]) => {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


def gharm(page: Page) -> None:
    """The page of the pledge to spare Gharm and the shelling of it."""
    page.goto("/discrepancies?kind=commitment")
    page.locator("li.pair", has_text="shelled Gharm").locator("a.pair-title").click()


def at(address: str) -> Callable[[Page], object]:
    return lambda page: page.goto(address)


PICTURES: dict[str, Callable[[Page], object]] = {
    "case": at("/"),
    "words-and-deeds": at("/deeds?actor=highland-front"),
    "discrepancy": gharm,
    "reader": at("/reader?report=vakhsh-dispatch-0527"),
    "network": at("/network?on=2018-06-01"),
}


def webp(page: Page, png: bytes) -> bytes:
    """The picture as WebP, which Chromium itself can write."""
    address = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    return base64.b64decode(page.evaluate(ENCODE, [address, QUALITY]))


def take(address: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        window = browser.new_context(
            base_url=address,
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme="light",
            device_scale_factor=FINENESS,
        )
        page, encoder = window.new_page(), browser.new_page()
        for name, go in PICTURES.items():
            go(page)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(700)  # graphs come to rest
            picture = webp(encoder, page.screenshot())
            if len(picture) > LARGEST:
                raise SystemExit(f"{name}.webp would have {len(picture)} bytes")
            (HERE / f"{name}.webp").write_bytes(picture)
            print(f"{name}.webp: {len(picture) // 1000} KB")
        browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "alay"
        subprocess.run(
            [*SAYDO, "run", str(ROOT / "examples/alay-corridor"), "--case", str(case)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        asked = [*SAYDO, "open", "--case", str(case), "--no-browser", "--by", "Noor"]
        with subprocess.Popen(
            asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as workbench:
            assert workbench.stdout
            try:
                line = next(line for line in workbench.stdout if "http://" in line)
                take(re.search(r"http://[\w.:]+", line)[0])  # type: ignore[index]
            finally:
                workbench.terminate()


if __name__ == "__main__":
    main()
