"""Letters as files in a Maildir: any mail client opens it, and a person can look before anything leaves the house."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sheets_automation.carriers.composing import Compose, composed
from sheets_automation.core.errors import CarrierError
from sheets_automation.core.model import Claim, DeliveryKey, DeliveryState, OutgoingLetter, Prepared, Receipt

# Every run resolves what earlier runs claimed before it prepares anything, so nobody needs a file this old.
_STALE_SECONDS = 7 * 24 * 3600
_TAKEN_BACK = ".back"


class OutboxCarrier:
    """送信箱: prepare writes into tmp/, commit publishes into new/, and where the file stands says what happened.

    Exactly once: a letter's name in new/ is made from its delivery key and attempt, and is never written twice.
    """

    name = "outbox"
    batch_size = 50

    def __init__(self, folder: Path, compose: Compose) -> None:
        self._folder = folder
        self._tmp, self._new, self._cur = (folder / part for part in ("tmp", "new", "cur"))
        self._compose = compose

    def prepare(self, letters: Sequence[OutgoingLetter]) -> Sequence[Prepared]:
        """Write each letter into tmp/, durably. After a CarrierError none of them is left there."""
        prepared: list[Prepared] = []
        with _explained(self._folder):
            self._make_folders()
            try:
                for outgoing in letters:
                    prepared += [self._prepare_one(outgoing)]
                _sync_folder(self._tmp)
            except OSError:
                self._discard(prepared)
                raise
        return prepared

    def commit(self, prepared: Prepared) -> Receipt:
        """Publish the letter into new/; FAILED when somebody has taken the prepared file away.

        After a CarrierError the letter may be there or not: `resolve` knows.
        """
        if prepared.failure is not None:
            return prepared.failure
        name = letter_name(prepared.outgoing.key, prepared.outgoing.attempt)
        source = self._source(name, prepared.reference)
        with _explained(self._folder):
            if not self._is_published(name):
                try:
                    publish(source, self._new / name)
                except FileNotFoundError:
                    self._folder.stat()  # or the whole outbox is away
                    return Receipt(state=DeliveryState.FAILED, reference=name, detail="withdrawn")
                _sync_folder(self._new)
            # Last, so that a power cut leaves both names rather than neither.
            source.unlink(missing_ok=True)
        return Receipt(state=DeliveryState.SENT, reference=name)

    def sweep(self, open_claims: Sequence[Claim]) -> None:
        """Delete old files in tmp/ that no open claim names."""
        claimed = {claim.reference for claim in open_claims}
        with _explained(self._folder), suppress(FileNotFoundError):  # no folder yet, or another run tidies up too
            files = [(entry, entry.stat().st_mtime) for entry in os.scandir(self._tmp) if ".eml~" in entry.name]
            newest = max((modified for _, modified in files), default=0.0)
            for entry, modified in files:
                if newest - modified > _STALE_SECONDS and entry.name not in claimed:
                    Path(entry).unlink()

    def resolve(self, claim: Claim) -> Receipt:
        """Look where the letter stands, and take it back if it was never published; says the same when asked again.

        Raises CarrierError while the folder itself is away: it may come back, and with it what is known of the letter.
        """
        name = letter_name(claim.key, claim.attempt)
        source = self._source(name, claim.reference)
        mark = source.with_name(source.name + _TAKEN_BACK)
        with _explained(self._folder):
            self._folder.stat()
            taken = not self._is_published(name) and _take(source, mark)
            # Again, since another run may have published it before we took its file in tmp/ away.
            if self._is_published(name):
                mark.unlink(missing_ok=True)
                return Receipt(state=DeliveryState.SENT, reference=name)
            if taken:
                _blank(mark)
        if taken:
            return Receipt(state=DeliveryState.WITHDRAWN, reference=name, detail="taken back")
        return Receipt(state=DeliveryState.UNCERTAIN, reference=name, detail="no file in tmp, new or cur")

    def close(self) -> None:
        """Nothing is held open."""

    def _prepare_one(self, outgoing: OutgoingLetter) -> Prepared:
        message = composed(self._compose, outgoing)
        if isinstance(message, Receipt):
            return Prepared(outgoing=outgoing, failure=message)
        prefix = letter_name(outgoing.key, outgoing.attempt) + "~"
        # A name of its own: another run that prepares the same letter may not change what this one claims.
        handle, path = tempfile.mkstemp(prefix=prefix, dir=self._tmp)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            Path(path).unlink(missing_ok=True)
            raise
        return Prepared(outgoing=outgoing, reference=Path(path).name)

    def _make_folders(self) -> None:
        # Not what lies above them: where that is gone, so is the drive, and letters would end up under where it was.
        for part in (self._folder, self._tmp, self._new, self._cur):
            part.mkdir(mode=0o700, exist_ok=True)

    def _discard(self, prepared: Sequence[Prepared]) -> None:
        for letter in prepared:
            if letter.reference:
                with suppress(OSError):
                    (self._tmp / letter.reference).unlink()

    def _is_published(self, name: str) -> bool:
        """Is the letter in new/, or in cur/, where mail clients move it with its flags ("NAME:2,S")?"""
        if (self._new / name).exists():
            return True
        try:
            with os.scandir(self._cur) as entries:
                return any(entry.name.startswith(name) for entry in entries)
        except FileNotFoundError:
            return False

    def _source(self, name: str, reference: str) -> Path:
        # The log is a tab that people can edit: a name that we could not have made becomes one that no file has.
        ours = re.fullmatch(re.escape(name) + r"~\w+", reference)
        return self._tmp / (reference if ours else f"{name}~")


def letter_name(key: DeliveryKey, attempt: int) -> str:
    """Name the file of a letter: readable, safe on every system, and never the same for two letters."""
    digest = hashlib.sha256(key.candidate_id.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    readable = re.sub(r"[^A-Za-z0-9-]", "_", key.candidate_id)[:40]
    return f"{key.kind}-{readable}-{key.cycle}-{attempt}-{digest}.eml"


def publish(source: Path, target: Path) -> None:
    """Give a file its public name, in one step and never over another file. `source` may be left behind."""
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except FileNotFoundError:
        raise
    except OSError:
        # FAT and some network shares have no links. Only we make names like these, and a claim has one winner,
        # so nobody can take the name between the question and the rename.
        if not target.exists():
            source.rename(target)


def _take(source: Path, mark: Path) -> bool:
    """Take a prepared file out of reach; the mark stays, for a run that dies before it records what it did."""
    try:
        source.rename(mark)
    except FileNotFoundError:
        return mark.exists()
    return True


def _blank(mark: Path) -> None:
    """Keep the name and drop the letter. Emptying the file itself would reach whatever else is linked to it."""
    empty = mark.with_name(mark.name + "~")
    empty.touch(mode=0o600)
    empty.replace(mark)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and keeps its entries without being asked
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _explanation(folder, error) from error


def _explanation(folder: Path, error: OSError) -> CarrierError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return CarrierError(
            f"送信箱 {folder} のディスクに空きがありません。空きを作ってから、もう一度実行してください。",
            f"The disk of the outbox {folder} is full. Make room, then run again.",
        )
    reason = error.strerror or type(error).__name__
    return CarrierError(
        f"送信箱 {folder} に書き込めません（{reason}）。フォルダーの場所と書き込み権限を確かめてください。",
        f"Cannot write to the outbox {folder} ({reason}). Check where the folder is and who may write to it.",
    )
