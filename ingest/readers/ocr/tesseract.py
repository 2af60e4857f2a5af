"""Tesseract as a program beside this one: found at run time, given a picture, asked for words with places."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from functools import cache

from PIL import Image

from ingest.readers.ocr.words import OcrWord

PROGRAM = "tesseract"
PACKAGE = "Install Tesseract (Debian: apt-get install tesseract-ocr tesseract-ocr-eng)"
"""What is said where it is missing."""
LIMIT_S = 60
"""Longest that one picture may take, in seconds; a full page takes two or three."""
_WORD = "5"
"""Level of a word in Tesseract's table."""


@cache
def program() -> str | None:
    """Returns the path of Tesseract, None where it is not installed."""
    return shutil.which(PROGRAM)


class Recognition:
    """A picture that Tesseract is reading, meanwhile others may be read.

    Args:
        picture: Grey, upright.
        dpi: Its dots an inch.
        layout: Tesseract's page segmentation mode; 3 finds columns and blocks by itself.
    """

    def __init__(self, picture: Image.Image, dpi: int, layout: int = 3) -> None:
        command = [
            str(program()),
            "stdin",
            "stdout",
            "--oem",
            "1",
            "--psm",
            str(layout),
            "--dpi",
            str(dpi),
            "-l",
            "eng",
            "tsv",
        ]
        self._picture = io.BytesIO()
        picture.save(self._picture, "PPM")
        self._process = subprocess.Popen(  # noqa: S603  a program of the system, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"},
        )

    def words(self) -> list[OcrWord]:
        """Returns the words, in Tesseract's order; [] where it cannot read the picture."""
        try:
            said, _ = self._process.communicate(self._picture.getvalue(), timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
            return []
        rows = csv.DictReader(io.StringIO(said.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [word for row in rows if row.get("level") == _WORD and (word := _word(row)).text.strip()]


def _word(row: dict[str, str]) -> OcrWord:
    left, top = int(row["left"]), int(row["top"])
    right, bottom = left + int(row["width"]), top + int(row["height"])
    line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
    return OcrWord(row["text"].strip(), left, top, right, bottom, max(float(row["conf"]), 0.0) / 100, line)
