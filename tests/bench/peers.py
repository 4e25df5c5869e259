"""The other side of each benchmark: the obvious stack, and the peers. Run with their own environment, not ours."""

import csv
import json
import sys
import zipfile
from pathlib import Path
from xml.parsers import expat

SENDER = "株式会社みなと製作所 採用担当 <saiyo@minato.example>"


def _letter(folder):
    return json.loads((Path(folder) / "letter.json").read_text())


def _fields(letter, number):
    return {**letter["fields"], "氏名": f"山田 {chr(0x4E00 + number)}", "email": f"user{number}@example.com"}


def compose(folder, letters):
    """Jinja2 and the standard library's EmailMessage with its SMTP policy."""
    from email.message import EmailMessage
    from email.policy import SMTP

    from jinja2 import Environment

    letter = _letter(folder)
    subject, text = (Environment().from_string(letter[part]) for part in ("subject", "text"))
    html = Environment(autoescape=True).from_string(letter["html"])
    for number in range(int(letters)):
        fields = _fields(letter, number)
        message = EmailMessage(policy=SMTP)
        message["Subject"] = fields["subject_line"] = subject.render(fields)
        message["From"] = message["Reply-To"] = SENDER
        message["To"] = f"{fields['氏名']} <{fields['email']}>"
        message.set_content(text.render(fields))
        message.add_alternative(html.render(fields), subtype="html")
        message.as_bytes()


def mailmerge_files(source, folder, port, letters, markup):
    """What the mailmerge command needs: a template, a database, a server."""
    letter, folder = _letter(source), Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    head = f"TO: {{{{email}}}}\nSUBJECT: {letter['subject']}\nFROM: saiyo@minato.example\n"
    # From Markdown it makes a text and an HTML part, as we do; without, text alone.
    body = f"CONTENT-TYPE: text/markdown\n\n{letter['markdown']}" if markup == "markdown" else f"\n{letter['text']}"
    (folder / "template.txt").write_text(head + body)
    with (folder / "database.csv").open("w", newline="") as file:
        rows = csv.DictWriter(file, _fields(letter, 0))
        rows.writeheader()
        rows.writerows(_fields(letter, number) for number in range(int(letters)))
    (folder / "server.conf").write_text(f"[smtp_server]\nhost = 127.0.0.1\nport = {port}\n")


def calamine(path):
    """The whole sheet, as it offers nothing less."""
    from python_calamine import load_workbook

    print(len(load_workbook(path).get_sheet_by_name("候補者").to_python()))


def openpyxl_read(path):
    """Read-only mode, the columns that are needed."""
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True)["候補者"]
    print(sum(1 for _ in sheet.iter_rows(max_col=5, values_only=True)))


def inflate_and_expat(path):
    """The least that any XML reader has to do: unpack the sheet and parse it, looking at nothing."""
    with zipfile.ZipFile(path) as archive:
        for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
            if name in archive.namelist():
                parser = expat.ParserCreate()
                with archive.open(name) as part:
                    parser.ParseFile(part)


def openpyxl_write(path):
    """Load the workbook, set 500 cells, save it."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    for row in range(190, 190 * 501, 190):
        book["候補者"].cell(row + 1, 27, "送信済み")
    book.save(path)


WORKS = {
    work.__name__: work
    for work in (compose, mailmerge_files, calamine, openpyxl_read, inflate_and_expat, openpyxl_write)
}

if __name__ == "__main__":
    WORKS[sys.argv[1]](*sys.argv[2:])
