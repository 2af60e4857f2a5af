"""``python -m evals COMMAND``; the commands are in ``evals/cli.py``."""

from __future__ import annotations

from evals.cli import main

if __name__ == "__main__":
    main()
