#!/usr/bin/env python3
"""Write PageStyle.html and PageScript.html from the page that the service serves: the sidebar shows the same one.

A sidebar can load no modules and no style sheets of its own, so both stand in the page itself. Run it after every
change of sheets_automation/service/page/; a test says when that was forgotten.
"""

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "sheets_automation" / "service" / "page"
STYLES = ("style.css", "narrow.css", "import.css", "partners.css", "follow_up.css", "person.css")
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function |const |let |class )", re.MULTILINE)
MADE = "Made by join_page.py from sheets_automation/service/page. Change it there."
SCRIPT = """\
<script>
// {made}
(() => {{
  const start = () => {{
{script}
  }};
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}})();
</script>
"""


def in_order(name: str = "main.js", done: dict[str, str] | None = None) -> dict[str, str]:
    """The modules, each after those that it imports."""
    done = {} if done is None else done
    if name not in done:
        done[name] = ""  # seen, so that a circle ends
        source = (PAGE / name).read_text(encoding="utf-8")
        for wanted in IMPORT.findall(source):
            in_order(wanted, done)
        del done[name]
        done[name] = source
    return done


def joined_script() -> str:
    """All modules in one script."""
    return "".join(EXPORT.sub("", IMPORT.sub("", source)) for source in in_order().values())


def pages() -> dict[str, str]:
    """The files of the Apps Script project that are made, and what stands in them."""
    style = "".join((PAGE / name).read_text(encoding="utf-8") for name in STYLES)
    return {
        "PageStyle.html": f"<style>\n/* {MADE} */\n{style}</style>\n",
        "PageScript.html": SCRIPT.format(made=MADE, script=joined_script().rstrip("\n")),
    }


def main() -> None:
    """Write both files."""
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
