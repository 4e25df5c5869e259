"""Letters of any source with any values in them: a LetterError, or a letter that holds what it was given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from html import unescape

from sheets_automation.core.addresses import read_address
from sheets_automation.core.composing import Composer
from sheets_automation.core.errors import LetterError
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.letter_fields import OWN_FIELDS, LetterFacts
from sheets_automation.core.letter_look import HTML_SIGNS, UNBROKEN
from sheets_automation.core.letter_rules import LetterBook
from sheets_automation.core.letter_syntax import MAX_TEMPLATE_CHARACTERS
from sheets_automation.core.letters import MAX_LETTER_CHARACTERS, LetterTemplate, letter_from_file
from sheets_automation.core.letters_tab import templates_from_tab
from sheets_automation.core.lint import lint_letter
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.message import Sender, compose_message
from sheets_automation.core.model import Candidate, Decision, DeliveryKey, Letter, LetterKind, OutgoingLetter
from sheets_automation.core.name_problems import name_problem
from sheets_automation.core.names import display_name, name_key
from sheets_automation.core.table import table_of
from tests.core.mail_grammar import check_message
from tests.fuzz import tape

LONGEST = MAX_TEMPLATE_CHARACTERS + 4_000

COMPANY = "株式会社みなと製作所"
SENDER = Sender(name=f"{COMPANY} 採用担当", address="saiyo@minato.example")
FACTS = LetterFacts(company=COMPANY, contact="saiyo@minato.example", signature=f"{COMPANY}\n採用担当")
RULES = LintRules(company_names=(COMPANY,), link_domains=("relay.example",), own_addresses=("saiyo@minato.example",))
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ORDINARY = ("山田 太郎", "<b>太</b>", "営業職", "", 'https://relay.example/?a=1&b="2"', "x\n'y'")
# A letter that shows any of these shows the inside of the program.
INSIDES = re.compile(
    r"<(?:function|class|module|bound|built-in|TemplateReference|Macro|generator|object)|jinja2|0x[0-9a-f]{8}"
)


def check(data: bytes) -> None:
    """Compile the first part as a letter, and write it with the other parts as values."""
    source, *values = (tape.text(part) for part in tape.pumped(data, LONGEST).split(tape.PART))
    if len(data) % 4 == 0:  # the same again costs as much as all the rest
        check_tab(source)
    try:
        template = letter_from_file("standard.ja.md", source)
    except LetterError as problem:
        check_problem(problem)
        return
    values = [*values[:8], *ORDINARY]
    fields = {name: values[place % len(values)] for place, name in enumerate(template.variables)}
    letter = template.render(fields)
    check_size(letter, source, fields)
    check_page(letter.html)
    check_values(template, fields)
    check_insides(letter, source, fields)
    check_lint(letter, display_name(values[0]))
    check_composed(template, values)


def check_problem(problem: LetterError) -> None:
    for language in ("ja", "en"):
        assert re.search(r"行目|line \d|文面|[Ll]etter|字以内", problem.text(language))
    assert len(problem.en) < 2 * MAX_TEMPLATE_CHARACTERS


def check_tab(source: str) -> None:
    """In the tab, the same text is a letter or a problem that names its cell."""
    subject, _, body = source.partition("\n")
    rows = {1: dict(enumerate(("名前", "言語", "件名", "本文"))), 2: dict(enumerate(("標準", "日本語", subject, body)))}
    tab = templates_from_tab(table_of("文面", rows))
    assert len(tab.letters) + len(tab.problems) <= 1 or not tab.problems
    for problem in tab.problems:
        assert re.search(r"文面![A-D]2", problem.ja)
        assert re.search(r"文面![A-D]2", problem.en)


def check_size(letter: Letter, source: str, fields: Mapping[str, str]) -> None:
    """A letter is as long as its source and what is printed in it, and nothing multiplies."""
    longest = max((min(len(value), MAX_LETTER_CHARACTERS + 1) for value in fields.values()), default=0) + 20
    printed = longest * source.count("{{")
    assert len(letter.subject) <= len(source) + printed
    assert len(letter.text) <= 45 * len(source) + 3 * printed + 50
    assert len(letter.html) <= 250 * len(source) + 20 * printed + 3_000


def check_page(html: str) -> None:
    """Every tag is one of ours, and every link leads somewhere by https, by mail, or where a field says."""
    head, mark, rest = html.partition('overflow-wrap:break-word">\n')
    assert mark
    title = re.search(r"<title>(.*)</title>", head, re.DOTALL)[1]
    assert not re.search('[<>"]', title.replace("<br>", ""))
    assert head.count("<") == HEAD.count("<") + title.count("<")
    body, mark, _ = rest.rpartition("</div>\n<!--[if mso]></td></tr></table><![endif]-->\n</body>\n</html>\n")
    assert mark
    assert not re.search('[<>"]', TAGS.sub("", body))


def tag_pattern() -> re.Pattern[str]:
    tags = {tag for sign in (*HTML_SIGNS.values(), UNBROKEN) for tag in re.findall(r"<[^<>]+>", sign)} | {"<br>"}
    href = '(?:[^<>"]|<br>)*'  # a line break of a cell; the lint stops a letter with such a link
    patterns = [
        re.escape(tag).replace(re.escape("{href}"), href).replace(re.escape("{number}"), "[0-9]+") for tag in tags
    ]
    return re.compile("|".join(patterns))


TAGS = tag_pattern()
HEAD = letter_from_file("a.ja.md", "件名: x\n\nx").render({}).html.partition('overflow-wrap:break-word">\n')[0]


def check_values(template: LetterTemplate, fields: Mapping[str, str]) -> None:
    """What one part shows of a value, the other shows too."""
    marked = {name: f"\u27e6{place}{value[:500]}\u27e7" for place, (name, value) in enumerate(fields.items()) if value}
    letter = template.render(fields | marked)
    links = " ".join(re.findall(r'href="([^"]*)"', letter.html)).replace("<br>", "")
    seen = squashed(unescape(f"{TAGS.sub('', letter.html)} {links}"))
    plain = squashed(f"{letter.text} {letter.subject}")
    for value in map(squashed, marked.values()):
        assert (value in seen) == (value in plain)


def check_insides(letter: Letter, source: str, fields: Mapping[str, str]) -> None:
    """Nothing shows the inside of the program."""
    if not INSIDES.search(source + " ".join(fields.values())):
        assert not INSIDES.search(letter.text + letter.subject)


def squashed(text: str) -> str:
    return re.sub(r"[\s\x1c-\x1f]+", "", text)


def check_lint(letter: Letter, name: str) -> None:
    """The lint tells what stops a letter without telling who it is for."""
    for found in lint_letter(letter, name=name, address="taro@example.jp", rules=RULES):
        assert found.reason
        if len(name) > 3 and name_key(name) and name_problem(name) is None and name not in letter.subject:
            assert "taro@example.jp" not in found.detail


def check_composed(template: LetterTemplate, values: list[str]) -> None:
    """A letter that may go is a mail of one recipient, with one line of subject and harmless links."""
    name = display_name(values[0])
    extra = {field: value for field, value in zip(template.variables, values, strict=False) if field not in OWN_FIELDS}
    candidate = Candidate(
        row=2,
        id="C-1",
        name=name,
        address=read_address("taro@example.jp"),
        decision=Decision.REJECTED,
        opening=values[1],
        medium=values[2],
        stage=values[3],
        fields=extra,
    )
    write = Composer(
        book=LetterBook(templates={template.id: template}),
        facts=FACTS,
        lint=RULES,
        referral_base_url="https://relay.example/r/",
    )
    written = write(candidate, "K7QX9M2PA4TB")
    if isinstance(written, Finding):
        assert written.reason
        return
    check_links(written.html)
    key = DeliveryKey(candidate_id="C-1", kind=LetterKind.REJECTION)
    outgoing = OutgoingLetter(key=key, attempt=1, to_name=name, to_address="taro@example.jp", letter=written)
    data = compose_message(outgoing, SENDER, date=NOON)
    check_message(data)
    message = BytesParser(policy=policy.default).parsebytes(data)
    assert [to.addr_spec for to in message["To"].addresses] == ["taro@example.jp"]
    assert "\n" not in message["Subject"]
    assert message["Subject"].strip()


def check_links(html: str) -> None:
    for link in map(unescape, re.findall(r'href="([^"]*)"', html)):
        assert re.match(r"https://(?:[\w-]+\.)*relay\.example(?:[/?#:]|$)|mailto:", link), link
