"""How alike texts are, by the full-text index of SQLite (FTS5, BM25), in memory and for one question only."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_TERMS = 2_000


def bm25(documents: Sequence[Sequence[str]], query: Sequence[str]) -> Sequence[float]:
    """Score each document against the words of a query; 0 for nothing in common.

    Words come ready: the index parts them at blanks alone, and knows that c++ and c# are words. The standard library's
    SQLite has ranked search in C; every other library for it brings at least numpy along.
    """
    import sqlite3

    scores = [0.0] * len(documents)
    terms = list(dict.fromkeys(query))[:_MOST_TERMS]
    if not terms:
        return scores
    index = sqlite3.connect(":memory:")
    try:
        index.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(words, content='', tokenize=\"unicode61 remove_diacritics 0 "
            "tokenchars '+#.ー々'\")"
        )
        rows = ((number, " ".join(words)) for number, words in enumerate(documents))
        index.executemany("INSERT INTO texts(rowid, words) VALUES (?, ?)", rows)
        wanted = " OR ".join(f'"{term}"' for term in terms)
        found = index.execute("SELECT rowid, bm25(texts) FROM texts WHERE texts MATCH ?", (wanted,))
        for number, score in found:
            scores[number] = -score
    finally:
        index.close()
    return scores
