"""Made-up candidates and openings with labels, so that a ranking can be measured. The same seed gives the same set.

A pair of a candidate and an opening is labelled as fitting when all of this is true of how the candidate was made, and
never by what is written: at least two of the three things asked for, the first interview or later, and a result that is
a year old or older.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from sheets_automation.core.model import Candidate
from tests.core.builders import NOW, candidate

HEADINGS = ("スキル", "職務経歴", "備考")
STAGES = ("書類選考", "一次面接", "二次面接", "最終面接")
PEOPLE_IN_A_FIELD = 48
ASKED = 3
ENOUGH = 2
_YEAR = 365
_DENIALS = ("{}は未経験", "{}の経験なし", "{} 未経験ですが学習意欲あり")
_PERSONAL = ("35歳", "女性", "男性", "既婚", "子供2人", "埼玉県出身", "52才", "独身", "", "", "")
_NOISE = (
    "人柄がよく受け答えが明るい",
    "志望動機がやや弱い",
    "前職は 120 名規模の会社",
    "通勤 40 分",
    "入社は 3 か月後を希望",
    "転職は 2 回目",
    "質問が具体的で準備がよい",
    "年収の希望が合わず",
    "社風との相性を気にしていた",
    "在宅勤務を希望",
)
_TAGS = ((), (), (), ("再応募候補",), ("英語可",), ("VIP",))


@dataclass(frozen=True)
class Skill:
    """One thing that an opening can ask for, and how people say that they have it."""

    asked: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """A field of work."""

    name: str
    part: str
    titles: tuple[str, ...]
    skills: tuple[Skill, ...]


@dataclass(frozen=True)
class Person:
    """A candidate, and what is true of them."""

    candidate: Candidate
    has: frozenset[Skill]
    days: int


@dataclass(frozen=True)
class LabelledOpening:
    """An opening as HR would write it, and what it really asks for."""

    title: str
    text: str
    asks: tuple[Skill, ...]

    def fits(self, person: Person) -> bool:
        """The label."""
        came_far = person.candidate.stage != STAGES[0]
        return len(person.has.intersection(self.asks)) >= ENOUGH and came_far and person.days >= _YEAR


@dataclass(frozen=True)
class Part:
    """Openings and people of one part: every pair of them has a label."""

    openings: tuple[LabelledOpening, ...]
    people: tuple[Person, ...]

    @property
    def pairs(self) -> int:
        return len(self.openings) * len(self.people)


def fields() -> list[Field]:
    """All fields of the file."""
    found: list[Field] = []
    for line in (Path(__file__).parent / "fields.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            name, part, titles = line.strip("= ").split(" | ", 2)
            found.append(Field(name, part, tuple(titles.split("|")), ()))
        elif "::" in line and not line.startswith("#"):
            asked, _, said = line.partition(" :: ")
            field = found.pop()
            skill = Skill(asked, tuple(one.strip() for one in said.split("|")))
            found.append(Field(field.name, field.part, field.titles, (*field.skills, skill)))
    return found


def labelled(part: str, seed: int = 20261124) -> Part:
    """The openings and people of one part, "chosen" or "held"."""
    random = Random(f"{part} {seed}")  # made-up data, the same each time
    mine = [field for field in fields() if field.part == part]
    openings = [opening for field in mine for opening in _openings(field, random)]
    people = [_person(field, mine, random) for field in mine for _ in range(PEOPLE_IN_A_FIELD)]
    random.shuffle(people)
    return Part(tuple(openings), tuple(_numbered(number, one) for number, one in enumerate(people, start=2)))


def _openings(field: Field, random: Random) -> list[LabelledOpening]:
    """Two a field, which together ask for everything that it has, in two shapes of advertisement."""
    skills = random.sample(field.skills, len(field.skills))
    made = []
    for number, asks in enumerate((skills[:ASKED], skills[ASKED:])):
        title = field.titles[number]
        lines = [f"・{one.asked}" for one in asks]
        text = (
            "\n".join(
                (title, "【必須】", *lines, "【歓迎】", "・チームで働くことが好きな方", "【待遇】", "・賞与年 2 回")
            )
            if number
            else "\n".join((f"{title}を募集します。", *lines, "のご経験をお持ちの方をお待ちしています。"))
        )
        made.append(LabelledOpening(title, text, tuple(asks)))
    return made


def _person(field: Field, others: list[Field], random: Random) -> Person:
    own = random.sample(field.skills, random.choice((1, 2, 3, 3, 4, 5)))
    elsewhere = random.choice(others)
    more = random.sample(elsewhere.skills, random.choice((0, 0, 1)))
    has = frozenset((*own, *more))
    lacks = [skill for skill in field.skills if skill not in has]
    said = [random.choice(skill.said) for skill in (*own, *more)]
    if lacks and random.random() < 0.3:
        said.append(random.choice(_DENIALS).format(random.choice(random.choice(lacks).said)))
    random.shuffle(said)
    days = random.choice((60, 150, 240, 400, 500, 700, 900, 1200))
    cut = random.randrange(len(said) + 1)
    note = "。".join(filter(None, (random.choice(_NOISE), random.choice(_PERSONAL), random.choice(_NOISE))))
    made = candidate(
        opening=random.choice((*field.titles, *field.titles, random.choice(elsewhere.titles))),
        stage=random.choice(STAGES),
        decided_at=NOW - timedelta(days=days),
        tags=random.choice(_TAGS),
        fields={"スキル": "、".join(said[:cut]), "職務経歴": "\n".join(said[cut:]), "備考": note},
    )
    return Person(made, has, days)


def _numbered(number: int, person: Person) -> Person:
    return replace(person, candidate=replace(person.candidate, row=number, id=f"C-{number:04d}"))
