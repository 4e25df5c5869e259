"""MS-OVBA compression: the examples of the specification, and whatever else, read back by olevba."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheets_automation.vba.compression import compress
from tests.vba.olevba import decompress

# [MS-OVBA] 3.2: no compression, and maximum.
EXAMPLES = {
    b"abcdefghijklmnopqrstuv.": (
        "01 19 B0 00 61 62 63 64 65 66 67 68 00 69 6A 6B 6C 6D 6E 6F 70 00 71 72 73 74 75 76 2E"
    ),
    b"a" * 73: "01 03 B0 02 61 45 00",
}
# The normal example takes matches farther away than the specification's own procedure finds them.
NORMAL = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
NORMAL_COMPRESSED = (
    "01 2F B0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6A 01 38 08 61 6B 6C 00 30 6D 6E 6F 70 06 71 02 70 "
    "04 10 72 73 74 75 76 10 77 78 79 7A 00 3C"
)


@pytest.mark.parametrize(("source", "compressed"), EXAMPLES.items(), ids=["none", "most"])
def test_the_examples_of_the_specification_come_out_as_they_stand_there(source, compressed):
    assert compress(source) == bytes.fromhex(compressed)


def test_the_normal_example_comes_out_as_short_and_reads_as_the_same():
    theirs, ours = bytes.fromhex(NORMAL_COMPRESSED), compress(NORMAL)

    assert len(ours) == len(theirs)
    assert decompress(ours) == decompress(theirs) == NORMAL


@given(st.text(alphabet=string.printable, max_size=20_000).map(str.encode) | st.binary(max_size=3_500))
@example(b"")
@example(b"x" * 4096)
@example(b"x" * 4097)
@example(b"Sub A()\r\nEnd Sub\r\n" * 5_000)
def test_whatever_is_compressed_is_what_olevba_reads_back(source):
    assert decompress(compress(source)) == source


@given(st.lists(st.sampled_from(["    ", "GetConfig(", "End If\r\n", "x", "ab", "\r\n"]), max_size=4_000))
def test_text_that_repeats_itself_gets_smaller_and_reads_back(pieces):
    source = "".join(pieces).encode()

    compressed = compress(source)

    assert decompress(compressed) == source
    assert len(source) < 200 or len(compressed) < len(source)


def test_bytes_that_no_text_is_are_refused_and_not_padded():
    noise = bytes(n * n * 7919 % 65_521 & 0xFF for n in range(4_096))

    with pytest.raises(ValueError, match="cannot be compressed"):
        compress(noise)
