"""Write the first answer and the picture of the README from the sample articles.

Usage: python tools/refresh_readme.py
"""

from __future__ import annotations

import re
from pathlib import Path

import lodeclaim as lc
from lodeclaim.reports.pictures import stage_picture

ROOT = Path(__file__).parents[1]
LINES = 26
MARKS = re.compile(r"(<!-- first answer: begin -->\n).*?(<!-- first answer: end -->)", re.DOTALL)


def main() -> None:
    ledger = lc.Ledger.memory()
    lc.read([str(ROOT / "examples" / "articles")], ledger=ledger)
    brief = lc.brief("tungsten", ledger=ledger)
    extraction = next(stage for stage in brief.stages if stage.stage == "extraction")
    picture = stage_picture(extraction, brief.title)
    if picture is None:
        raise SystemExit("the brief has no picture of extraction")
    (ROOT / "docs" / "_static" / "brief.svg").write_text(picture.wide, "utf-8")
    head = "\n".join(line.rstrip() for line in str(brief).splitlines()[:LINES]).rstrip()
    readme = ROOT / "README.md"
    text = readme.read_text("utf-8")
    readme.write_text(MARKS.sub(lambda match: f"{match[1]}```\n{head}\n```\n{match[2]}", text), "utf-8")


if __name__ == "__main__":
    main()
