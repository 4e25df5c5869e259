"""The other side of each benchmark: the obvious stack, and the peers. Run with their own environment, not ours."""

import shutil
import sys
import zipfile
from pathlib import Path
from xml.parsers import expat

TEXT = """{{ name }}様

{{ company }} 採用担当でございます。
このたびは、数ある企業の中から弊社の「{{ opening }}」にご応募くださり、誠にありがとうございました。

頂戴した内容をもとに慎重に検討いたしました結果、誠に残念ながら、今回はご期待に沿いかねる結果となりました。

{% if url %}転職支援サービスのご案内: {{ url }}{% endif %}

末筆ながら、{{ name }}様の今後ますますのご活躍を、心よりお祈り申し上げます。
"""


def compose(letters):
    """Jinja2 and the standard library's EmailMessage with its SMTP policy."""
    from email.message import EmailMessage
    from email.policy import SMTP

    from jinja2 import Environment

    text, html = Environment().from_string(TEXT), Environment(autoescape=True).from_string(f"<pre>{TEXT}</pre>")
    for number in range(int(letters)):
        fields = {
            "name": f"山田 {number}",
            "company": "株式会社みなと製作所",
            "opening": "営業職",
            "url": "https://a.example/",
        }
        message = EmailMessage(policy=SMTP)
        message["Subject"] = "選考結果のご連絡【株式会社みなと製作所】"
        message["From"] = "株式会社みなと製作所 採用担当 <saiyo@minato.example>"
        message["To"] = f"山田 {number} <user{number}@example.com>"
        message["Reply-To"] = "株式会社みなと製作所 採用担当 <saiyo@minato.example>"
        message.set_content(text.render(fields))
        message.add_alternative(html.render(fields), subtype="html")
        message.as_bytes()


def mailmerge_files(folder, port, letters):
    """What the mailmerge command needs: a template, a database, a server."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # Markdown, so that each letter has a text and an HTML part, as ours have.
    head = "TO: {{email}}\nSUBJECT: 選考結果のご連絡\nFROM: 採用担当 <saiyo@minato.example>\n"
    head += "CONTENT-TYPE: text/markdown\n\n"
    (folder / "template.txt").write_text(head + TEXT.replace("{{ company }}", "株式会社みなと製作所"))
    rows = [f"user{n}@example.com,山田 {n},営業職,https://a.example/" for n in range(int(letters))]
    (folder / "database.csv").write_text("\n".join(["email,name,opening,url", *rows]))
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
    for row in range(2, 502):
        book["候補者"].cell(row * 190, 26, "送信済み")
    book.save(path)


def copy(source, target):
    shutil.copyfile(source, target)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
