"""JSON bodies, read as leniently as Google reads them, and refused in the words of the same reader.

That reader is protocol buffers' stream parser. It takes single quotes, bare keys and trailing commas; where it stops
it says what it expected, shows twenty bytes on either side, and puts a caret under the place. It gets the body in one
piece and then hears that there is no more, so of a body that ends too early it shows only what was left over by then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.google_emulator.errors import SENTENCES, GoogleError, bad_request
from tests.google_emulator.wire import Json

_AROUND = 20
_SPACE = b" \t\n\v\f\r"
_WORDS = {b"true": True, b"false": False, b"null": None}
_LONGEST_WORD = 5
_DIGITS = b"-0123456789"
_NUMBER = b"0123456789.eE+-x"
_MARKS = b"{}[]:,"
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def read_json(body: bytes) -> Json:
    """Read a body; none at all is an empty object, as it is for Google."""
    if not body.strip():
        return {}
    try:
        data = json.loads(body)
    except ValueError:
        data = _Reader(body.removeprefix(b"\xef\xbb\xbf")).read()
    if not isinstance(data, dict):
        raise bad_request([("", 'Invalid JSON payload received. Unknown name "": Root element must be a message.')])
    return data


@dataclass(slots=True)
class _Reader:
    """Reads what the standard reader would not, or says why not."""

    text: bytes
    at: int = 0
    base: int | None = None
    """Where the left-over begins of which the end was not clear: a number at the very end may have gone on."""

    def read(self) -> object:
        """The whole body."""
        value = self._value()
        self._skip()
        if self.at < len(self.text):
            raise self._refusal("Parsing terminated before end of input.", 0)
        return value

    def _value(self, missing: str = "Expected a value.") -> object:
        ahead = self._ahead()
        if ahead == b"{":
            return self._object()
        if ahead == b"[":
            return self._list()
        if ahead and ahead in b"\"'":
            return self._string()
        if ahead and ahead in _DIGITS:
            return self._number()
        for word, value in _WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        if ahead and (ahead in _MARKS or _is_letter(ahead)):
            # So near the end it may still become a word, and is looked at again by itself.
            short = len(self.text) - self.at < _LONGEST_WORD
            raise self._refusal("Unexpected token.", self.at if short else 0)
        raise self._unclear(missing)

    def _object(self) -> Json:
        self.at += 1
        found: Json = {}
        while not self._took(b"}"):
            key = self._key()
            self._expect(b":", "Expected : between key:value pair.")
            found[key] = self._value()
            if self._expect(b",}", "Expected , or } after key:value pair.") == b"}":
                break
        return found

    def _list(self) -> list[object]:
        self.at += 1
        found: list[object] = []
        while not self._took(b"]"):
            found.append(self._value("Expected a value or ] within an array."))
            if self._expect(b",]", "Expected , or ] after array value.") == b"]":
                break
        return found

    def _key(self) -> str:
        ahead = self._ahead()
        if ahead and ahead in b"\"'":
            return self._string()
        start = self.at
        while ahead and (_is_letter(ahead) or (self.at > start and ahead.isdigit())):
            self.at += 1
            ahead = self.text[self.at : self.at + 1]
        if self.at > start:
            return self.text[start : self.at].decode()
        sentence = "Expected an object key or }."
        raise self._refusal(sentence, 0) if ahead and ahead in _MARKS + _DIGITS else self._unclear(sentence)

    def _string(self) -> str:
        quote, start = self.text[self.at], self.at + 1
        at = start
        while at < len(self.text) and self.text[at] != quote:
            at += 2 if self.text[at : at + 1] == b"\\" else 1
        if at >= len(self.text):
            self.at = len(self.text)
            raise self._refusal("Closing quote expected in string.", self.at)
        self.at = at + 1
        return _unescaped(self.text[start:at].decode("utf-8", errors="replace"))

    def _number(self) -> float:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in _NUMBER:
            self.at += 1
        if self.at == len(self.text):
            self.base = start
        literal = self.text[start : self.at].decode()
        bare = literal.removeprefix("-")
        try:
            if not set(literal) & set(".eE") and len(bare) > 1 and bare.startswith("0"):
                sentence = "Octal/hex numbers are not valid JSON values."
            else:
                return float(literal) if set(literal) & set(".eE") else int(literal)
        except ValueError:
            sentence = "Unable to parse number."
        self.at = start
        raise self._refusal(sentence, self.base or 0)

    def _expect(self, marks: bytes, sentence: str) -> bytes:
        ahead = self._ahead()
        if ahead and ahead in marks:
            self.at += 1
            return ahead
        known = ahead and (ahead in _MARKS + _DIGITS + b"\"'" or _is_letter(ahead))
        raise self._refusal(sentence, 0) if known else self._unclear(sentence)

    def _took(self, mark: bytes) -> bool:
        taken = self._ahead() == mark
        self.at += taken
        return taken

    def _ahead(self) -> bytes:
        """The next byte that is not white, or nothing."""
        self._skip()
        return self.text[self.at : self.at + 1]

    def _skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in _SPACE:
            self.at += 1

    def _unclear(self, sentence: str) -> GoogleError:
        """The refusal of an end, or of a byte that begins nothing: either is looked at once more by itself."""
        if self.at < len(self.text):
            return self._refusal(sentence, self.at)
        base = len(self.text) if self.base is None else self.base
        return self._refusal(f"Unexpected end of string. {sentence}", base)

    def _refusal(self, sentence: str, base: int) -> GoogleError:
        start = max(self.at - _AROUND, base)
        try:
            segment = self.text[start : self.at + _AROUND].decode()
        except UnicodeDecodeError:
            # A window that cuts a character in two can't be shown, and then Google says nothing at all.
            return GoogleError(400, "INVALID_ARGUMENT", SENTENCES[400])
        message = f"Invalid JSON payload received. {sentence}\n{segment}\n{' ' * (self.at - start)}^"
        return GoogleError(400, "INVALID_ARGUMENT", message, reason="parseError")


def _is_letter(byte: bytes) -> bool:
    return byte.isalpha() or byte in b"_$"


def _unescaped(text: str) -> str:
    pieces, at = [], 0
    while (found := text.find("\\", at)) >= 0:
        letter = text[found + 1 : found + 2]
        width = 6 if letter == "u" else 2
        pieces += [text[at:found], _escape(letter, text[found + 2 : found + 6])]
        at = found + width
    return "".join([*pieces, text[at:]]).encode("utf-16", "surrogatepass").decode("utf-16", errors="replace")


def _escape(letter: str, digits: str) -> str:
    if letter != "u":
        return _ESCAPES.get(letter, letter)
    try:
        return chr(int(digits, 16))
    except ValueError as error:
        message = f"Invalid JSON payload received. Invalid escape sequence.\n\\u{digits}\n^"
        raise GoogleError(400, "INVALID_ARGUMENT", message, reason="parseError") from error
