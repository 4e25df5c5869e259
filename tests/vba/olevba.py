"""olevba, another program's reader of VBA projects, without its warnings about what it is built on."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from oletools.olevba import VBA_Parser, decompress_stream

__all__ = ["decompress", "findings", "macros"]


def decompress(container):
    """What a compressed container holds."""
    return bytes(decompress_stream(bytearray(container)))


def macros(path):
    """The source of every module by name."""
    with_close = VBA_Parser(str(path))
    try:
        return {stream.rpartition("/")[2]: code for _, stream, _, code in with_close.extract_macros()}
    finally:
        with_close.close()


def findings(path):
    """What olevba finds notable, by its kind of finding."""
    parser = VBA_Parser(str(path))
    try:
        found = parser.analyze_macros(show_decoded_strings=False)
    finally:
        parser.close()
    by_kind = {}
    for kind, keyword, _ in found:
        by_kind.setdefault(kind, set()).add(keyword)
    return by_kind
