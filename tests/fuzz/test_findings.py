"""All that fuzzing has found, and all that it begins with, once more and without its engine."""

import importlib

import pytest

from tests.fuzz import samples, tape


@pytest.mark.parametrize(
    ("target", "finding"),
    [
        pytest.param(target, path, id=f"{target}-{path.name}")
        for target in samples.TARGETS
        for path in samples.findings(target)
    ],
)
def test_what_fuzzing_once_found_stays_mended(target, finding):
    importlib.import_module(f"tests.fuzz.{target}").check(finding.read_bytes())


@pytest.mark.parametrize("target", samples.TARGETS)
def test_every_seed_keeps_the_promises_of_its_parser(target):
    check = importlib.import_module(f"tests.fuzz.{target}").check
    seeds = list(samples.seeds(target))

    for seed in seeds:
        check(seed)

    assert len(seeds) > 20


@pytest.mark.parametrize("target", samples.TARGETS)
def test_the_words_of_a_target_are_what_people_write(target):
    words = samples.words(target)

    assert len(set(words)) == len(words) > 20
    assert any(ord(character) > 0x3000 for word in words for character in tape.text(word))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("山田".encode(), "山田"),
        (b"\xed\xa0\x80", "\ud800"),
        (b"\xff", "\udcff"),
        (b"\x03" + b"9" * 400, int("9" * 400)),
        (b"\x041e308", 1e308),
        (b"\x02a", True),
        (b"\x01", None),
    ],
)
def test_any_bytes_are_some_cell(written, read):
    assert tape.cell(written) == read


def test_a_small_input_can_ask_for_a_long_one():
    assert tape.pumped(b"a\x1db\x1dc", 6) == b"abbbbc"
    assert tape.pumped(b"abc", 2) == b"ab"
