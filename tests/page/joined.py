"""The page as one script and one sheet, as a spreadsheet's sidebar needs it: it can load no modules."""

import re

from tests.page.stand_in import PAGE

IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function |const |class )", re.MULTILINE)


def in_order(name="main.js", done=None):
    """The modules, each after those that it imports."""
    done = {} if done is None else done
    if name not in done:
        done[name] = None  # seen, so that a circle would end
        source = (PAGE / name).read_text()
        for wanted in IMPORT.findall(source):
            in_order(wanted, done)
        del done[name]
        done[name] = source
    return done


def joined_script():
    """All modules in one script."""
    return "".join(EXPORT.sub("", IMPORT.sub("", source)) for source in in_order().values())
