"""Draws the pages of the bundled example for README and docs, as ``maturity demo`` writes them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = Path(__file__).parent / "images"

# Name → language, page, colours, and the width and height of what is seen.
SCREENS = {
    "benchmark": ("en", "benchmark.html", "light", (1280, 1500)),
    "benchmark-cy": ("cy", "benchmark.html", "light", (1280, 1500)),
}


def main() -> None:
    """Writes a picture for each screen."""
    with sync_playwright() as browsers, tempfile.TemporaryDirectory() as folder:
        for language in ("en", "cy"):
            command = [
                sys.executable,
                "-m",
                "maturity",
                "demo",
                "--out",
                f"{folder}/{language}",
                "--lang",
                language,
            ]
            env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
            subprocess.run(command, check=True, capture_output=True, env=env)
        browser = browsers.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (language, page_name, colours, (width, height)) in SCREENS.items():
            dark = "dark" if colours == "dark" else "light"
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=dark)
            page.goto(Path(folder, language, page_name).as_uri())
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
