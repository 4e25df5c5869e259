"""How much texts have of a question, by the full-text index of SQLite (FTS5, BM25), in memory and for it only."""

from __future__ import annotations

from collections.abc import Collection, Sequence

_MOST_TERMS = 2_000
_FILLER = "0"
"""No word that is ever asked for: those begin with a letter."""


def bm25(documents: Sequence[Collection[str]], query: Sequence[str]) -> Sequence[float]:
    """Score each document, which has nothing but words of the query, each once: what few have counts more; 0 for none.

    All are made equally long, because BM25 takes off for length: nobody should stand behind for having said more.

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
        longest = max(map(len, documents), default=0)
        filled = ((*words, *(_FILLER,) * (longest - len(words))) for words in documents)
        rows = ((number, " ".join(words)) for number, words in enumerate(filled))
        index.executemany("INSERT INTO texts(rowid, words) VALUES (?, ?)", rows)
        wanted = " OR ".join(f'"{term}"' for term in terms)
        found = index.execute("SELECT rowid, bm25(texts) FROM texts WHERE texts MATCH ?", (wanted,))
        for number, score in found:
            scores[number] = -score
    finally:
        index.close()
    return scores
