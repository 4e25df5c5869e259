import errno
import mailbox
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from sheets_automation.carriers.outbox import OutboxCarrier, letter_name, publish
from sheets_automation.core.errors import CarrierError
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind, Prepared
from tests.carriers.contract import HOSTILE_IDS, CarrierContract, a_letter, as_mail, claimed


class OutboxPost:
    def __init__(self, folder: Path):
        self.folder = folder

    def carrier(self, compose=as_mail):
        return OutboxCarrier(self.folder, compose)

    def delivered(self):
        return [path.read_bytes() for part in ("new", "cur") for path in sorted((self.folder / part).glob("*"))]


@pytest.fixture
def post(tmp_path):
    folder = tmp_path / "letters" / "outbox"
    folder.mkdir(parents=True)
    return OutboxPost(folder)


def mail_client_opens(post, flags=":2,S"):
    """It moves what is new into cur/ and writes its flags behind the name."""
    for path in (post.folder / "new").iterdir():
        path.rename(post.folder / "cur" / (path.name + flags))


def in_tmp(post):
    return list((post.folder / "tmp").iterdir())


class TestOutbox(CarrierContract):
    pass


def test_the_standard_library_opens_it_as_a_mailbox(post):
    carrier = post.carrier()
    carrier.commit(carrier.prepare([a_letter()])[0])

    [message] = mailbox.Maildir(post.folder, create=False)

    assert message["Subject"] == "test"
    assert message.get_subdir() == "new"


def test_other_people_on_the_machine_cannot_read_the_letters(post):
    carrier = post.carrier()
    carrier.commit(carrier.prepare([a_letter()])[0])

    [path] = (post.folder / "new").iterdir()

    assert path.stat().st_mode & 0o077 == 0
    assert (post.folder / "new").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("flags", [":2,", ":2,RS", ";2,S", ""])
def test_a_letter_that_a_mail_client_moved_is_still_sent(post, flags):
    carrier = post.carrier()
    [prepared] = carrier.prepare([a_letter()])
    carrier.commit(prepared)
    mail_client_opens(post, flags)

    assert carrier.commit(prepared).state is DeliveryState.SENT
    assert post.carrier().resolve(claimed(prepared)).state is DeliveryState.SENT
    assert len(post.delivered()) == 1


def test_taking_a_letter_back_leaves_nothing_of_it_and_is_remembered(post):
    [prepared] = post.carrier().prepare([a_letter()])

    receipts = [post.carrier().resolve(claimed(prepared)) for _ in range(2)]

    assert {receipt.state for receipt in receipts} == {DeliveryState.WITHDRAWN}
    assert [path.read_bytes() for path in in_tmp(post)] == [b""]


def test_taking_back_a_letter_that_was_published_at_that_moment_harms_it_not(post):
    [prepared] = post.carrier().prepare([a_letter()])
    source = post.folder / "tmp" / prepared.reference
    published = post.folder / "new" / letter_name(a_letter().key, 1)
    publish(source, published)
    letter = published.read_bytes()
    source.rename(f"{source}.back")

    receipt = post.carrier().resolve(claimed(prepared))

    assert receipt.state is DeliveryState.SENT
    assert published.read_bytes() == letter
    assert in_tmp(post) == []


def test_a_letter_that_stands_in_tmp_and_new_was_sent(post):
    carrier = post.carrier()
    [prepared] = carrier.prepare([a_letter()])
    publish(post.folder / "tmp" / prepared.reference, post.folder / "new" / letter_name(a_letter().key, 1))

    receipt = post.carrier().resolve(claimed(prepared))

    assert receipt.state is DeliveryState.SENT
    assert carrier.commit(prepared).state is DeliveryState.SENT
    assert len(post.delivered()) == 1


def test_another_run_that_prepares_the_same_letter_does_not_change_what_was_claimed(post):
    first, second = post.carrier(), post.carrier(lambda _outgoing: b"another code")
    [prepared] = first.prepare([a_letter()])
    second.prepare([a_letter()])

    first.commit(prepared)

    assert post.delivered() == [as_mail(a_letter())]


def test_a_commit_and_a_resolve_at_the_same_moment_agree(post):
    ours, theirs = post.carrier(), post.carrier()
    prepared = ours.prepare([a_letter(f"C-{number}") for number in range(100)])

    with ThreadPoolExecutor(2) as threads:
        races = [(threads.submit(ours.commit, p), threads.submit(theirs.resolve, claimed(p))) for p in prepared]
    outcomes = Counter((commit.result().state.value, resolve.result().state.value) for commit, resolve in races)

    assert set(outcomes) <= {("sent", "sent"), ("failed", "withdrawn")}
    assert len(post.delivered()) == outcomes["sent", "sent"]


def test_a_reference_that_somebody_edited_in_the_log_moves_nothing(post, tmp_path):
    [prepared] = post.carrier().prepare([a_letter()])
    precious = tmp_path / "precious"
    precious.write_text("x")
    name = letter_name(a_letter().key, 1)

    for reference in ("../../../precious", f"{name}~/../../../../precious", str(precious), ""):
        edited = replace(prepared, reference=reference)
        assert post.carrier().resolve(claimed(edited)).state is DeliveryState.UNCERTAIN
        assert post.carrier().commit(edited).state is DeliveryState.FAILED

    assert precious.exists()
    assert len(in_tmp(post)) == 1


def test_names_are_safe_short_and_never_the_same():
    ids = [*HOSTILE_IDS, "C-1", "c-1", "C_1", "C/1", "C:1"]
    keys = [DeliveryKey(candidate_id=i, kind=LetterKind.REJECTION, cycle=c) for i in ids for c in (1, 11)]

    names = [letter_name(key, attempt) for key in keys for attempt in (1, 11)]

    assert len({name.lower() for name in names}) == len(names)
    assert all(len(name) < 120 for name in names)
    assert all(name.isascii() and not set(name) & set('/\\:*?"<>|~ ') for name in names)


def test_publishing_never_writes_over_a_file(tmp_path):
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")

    publish(tmp_path / "a", tmp_path / "b")

    assert (tmp_path / "b").read_text() == "b"


def test_where_links_do_not_exist_letters_are_renamed(tmp_path, monkeypatch):
    def no_links(*_args):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    for name in "abc":
        (tmp_path / name).write_text(name)

    publish(tmp_path / "a", tmp_path / "new")
    publish(tmp_path / "b", tmp_path / "c")

    assert (tmp_path / "new").read_text() == "a"
    assert (tmp_path / "c").read_text() == "c"
    with pytest.raises(FileNotFoundError):
        publish(tmp_path / "gone", tmp_path / "new2")


def test_what_a_dead_run_left_in_tmp_is_deleted_after_a_week(post):
    post.carrier().prepare([a_letter("C-old")])
    [old] = in_tmp(post)
    a_day = 24 * 3600
    os.utime(old, (old.stat().st_atime, old.stat().st_mtime - 8 * a_day))
    post.carrier().prepare([a_letter("C-1")])

    post.carrier().sweep([])

    assert not old.exists()
    assert len(in_tmp(post)) == 1


def test_what_an_open_claim_names_is_kept_however_old(post):
    [prepared] = post.carrier().prepare([a_letter("C-old")])
    [old] = in_tmp(post)
    os.utime(old, (old.stat().st_atime, old.stat().st_mtime - 8 * 24 * 3600))
    post.carrier().prepare([a_letter("C-1")])

    post.carrier().sweep([claimed(prepared)])

    assert old.exists()


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(CarrierError) as caught:
        OutboxCarrier(tmp_path / "file", as_mail).prepare([a_letter()])

    assert "送信箱" in caught.value.ja
    assert str(tmp_path / "file") in caught.value.en


def test_a_full_disk_stops_the_run_and_leaves_no_half_letter(tmp_path):
    outcome = in_another_process(
        tmp_path,
        """
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        small, big = a_letter("C-1"), a_letter("C-2")
        compose = lambda outgoing: as_mail(outgoing) if outgoing is small else b"x" * 5000
        try:
            OutboxCarrier(folder, compose).prepare([small, big])
        except CarrierError as error:
            print(error.en)
        """,
    )

    assert "is full" in outcome.stdout
    assert list((tmp_path / "outbox" / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("killed_before", "state"),
    [
        ("os.link", DeliveryState.WITHDRAWN),
        ("outbox._sync_folder", DeliveryState.SENT),
        ("Path.unlink", DeliveryState.SENT),
    ],
)
def test_a_run_that_is_killed_while_committing_is_resolved(tmp_path, killed_before, state):
    outcome = in_another_process(
        tmp_path,
        f"""
        import os, signal
        from pathlib import Path
        from sheets_automation.carriers import outbox
        carrier = OutboxCarrier(folder, as_mail)
        [prepared] = carrier.prepare([a_letter()])
        print(prepared.reference, flush=True)
        {killed_before} = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
        carrier.commit(prepared)
        """,
    )
    assert outcome.returncode == -9
    post = OutboxPost(tmp_path / "outbox")
    claim = claimed(Prepared(outgoing=a_letter(), reference=outcome.stdout.strip()))

    receipt = post.carrier().resolve(claim)

    assert receipt.state is state
    assert len(post.delivered()) == (state is DeliveryState.SENT)


def in_another_process(tmp_path, code):
    setup = """
        import sys
        from pathlib import Path
        from sheets_automation.carriers.outbox import OutboxCarrier
        from sheets_automation.core.errors import CarrierError
        from tests.carriers.contract import a_letter, as_mail
        folder = Path(sys.argv[1])
        """
    lines = [line.removeprefix(" " * 8) for line in (setup + code).splitlines()]
    command = [sys.executable, "-c", "\n".join(lines), str(tmp_path / "outbox")]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
