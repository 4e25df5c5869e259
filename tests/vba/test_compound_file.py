"""The container, read by olefile: another program's idea of [MS-CFB]."""

import io

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.vba.compound_file import compound_file

NAMES = st.text(alphabet="abcdefgxyzABC_0123456789", min_size=1, max_size=31)
SIZES = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 70_000])
CONTENTS = st.builds(lambda size, byte: bytes([byte]) * size, SIZES, st.integers(0, 255))
FOLDERS = st.dictionaries(NAMES, CONTENTS, max_size=12)
MOST_SECTORS = 0xFFFF_FFFF


def streams(file):
    with olefile.OleFileIO(io.BytesIO(file), raise_defects=olefile.DEFECT_UNSURE) as container:
        assert container.parsing_issues == []
        return {"/".join(path): container.openstream(path).read() for path in container.listdir()}


def entries(file):
    with olefile.OleFileIO(io.BytesIO(file)) as container:
        return [entry for entry in container.direntries if entry is not None]


def unique(folder):
    """Names that differ by more than their capitals."""
    return dict({name.upper(): (name, content) for name, content in folder.items()}.values())


@given(FOLDERS.map(unique), FOLDERS.map(unique))
def test_every_stream_is_read_back_as_it_was_written(inside, beside):
    beside = {f"x{name[:30]}": content for name, content in beside.items() if name[:30] != "Folder"}
    expected = {f"Folder/{name}": content for name, content in inside.items()} | beside

    assert streams(compound_file({"Folder": inside, **beside})) == expected


def test_a_container_of_several_megabytes_is_read_back():
    folder = {f"Module{number}": bytes([number]) * 600_000 for number in range(9)}

    assert streams(compound_file(folder)) == folder


def test_more_than_its_header_can_hold_is_refused():
    with pytest.raises(ValueError, match="6 MB"):
        compound_file({"Large": bytes(8_000_000)})


@pytest.mark.parametrize("count", range(1, 40))
def test_the_directory_is_a_red_black_tree_in_the_order_of_the_specification(count):
    file = compound_file({f"{'n' * (number % 7 + 1)}{number}": b"x" for number in range(count)})
    known = entries(file)
    names = []

    def blacks(number):
        """How many black entries lie on every way down."""
        if number == MOST_SECTORS:
            return 1
        entry = known[number]
        children = [known[one] for one in (entry.sid_left, entry.sid_right) if one != MOST_SECTORS]
        assert entry.color == 1 or all(child.color == 1 for child in children)
        left = blacks(entry.sid_left)
        names.append(entry.name)
        right = blacks(entry.sid_right)
        assert left == right
        return left + entry.color

    blacks(known[0].sid_child)

    assert known[known[0].sid_child].color == 1
    assert names == sorted(names, key=lambda name: (len(name), name.upper()))
    assert len(names) == count


@pytest.mark.parametrize("name", ["", "n" * 32])
def test_a_name_that_fits_no_entry_is_refused(name):
    with pytest.raises(ValueError, match="too long"):
        compound_file({name: b""})
