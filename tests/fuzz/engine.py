"""One target under coverage-guided fuzzing, as a process: `python -m tests.fuzz.engine cell [options]`.

Runs in the environment that has Atheris, and nothing else here needs it. The options are libFuzzer's. The hook into
regular expressions that Atheris offers stays off: its patterns take no positions, and the product gives some.
"""

from __future__ import annotations

import importlib
import random
import sys
import time

import atheris

from tests.fuzz import samples, tape

INSTRUMENTED = {
    "cell": ["sheets_automation.core", "idna"],
    "heading": ["sheets_automation.core"],
    "template": ["sheets_automation.core", "jinja2", "markdown_it"],
    "bounce": ["sheets_automation.core", "email", "idna"],
}
MOST_SECONDS = 3.0
"""Of processor time for one input, under instrumentation, which is several times as slow as without."""


def main() -> None:
    """Fuzz the target that is named first; all other arguments are libFuzzer's."""
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=INSTRUMENTED[name]):
        importlib.import_module("sheets_automation.core.letter_markdown")  # the product imports it late
        target = importlib.import_module(f"tests.fuzz.{name}")
    words = samples.words(name)

    def check(data: bytes) -> None:
        started = time.process_time()
        target.check(data)
        assert time.process_time() - started < MOST_SECONDS, "an input that takes far too long"

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        return edited(data, words, chance)[:most] if chance.random() < 0.4 else atheris.Mutate(data, most)

    atheris.Setup(sys.argv, check, custom_mutator=mutate)
    atheris.Fuzz()


def edited(data: bytes, words: tuple[bytes, ...], chance: random.Random) -> bytes:
    """Edit whole characters, as libFuzzer, which knows bytes only, seldom does."""
    text = tape.text(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        first, last = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        last = min(last, first + chance.choice((0, 0, 1, 4, 40)))
        piece = chance.choice(
            (
                tape.text(chance.choice(words)),
                "",
                text[first:last] * 2,
                text[last : last + 8],
                chr(chance.randrange(0x3100)),
            )
        )
        text = text[:first] + piece + text[last:]
    return bytes_of(text)


def bytes_of(text: str) -> bytes:
    """The inverse of `tape.text`, where a mixture of broken bytes and true halves of pairs allows one."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


if __name__ == "__main__":
    main()
