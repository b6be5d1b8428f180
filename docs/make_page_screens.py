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

# Name → language of the benchmark's page.
SCREENS = {"benchmark": "en", "benchmark-cy": "cy"}
SIZE = {"width": 1280, "height": 1500}


def main() -> None:
    """Writes a picture for each screen."""
    with sync_playwright() as browsers, tempfile.TemporaryDirectory() as folder:
        browser = browsers.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, language in SCREENS.items():
            made = Path(folder, language)
            command = [sys.executable, "-m", "maturity", "demo", "--out", str(made), "--lang", language]
            env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
            subprocess.run(command, check=True, capture_output=True, env=env)
            page = browser.new_page(viewport=SIZE, color_scheme="light")
            page.goto(next(made.glob("*.html")).as_uri())
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
