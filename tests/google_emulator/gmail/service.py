"""Gmail v1 as a service of the emulator."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.google_emulator.gmail.account_methods import account_methods
from tests.google_emulator.gmail.addresses import same
from tests.google_emulator.gmail.draft_methods import DraftMethods
from tests.google_emulator.gmail.ids import Ids
from tests.google_emulator.gmail.mailbox import Mailbox
from tests.google_emulator.gmail.message_methods import MessageMethods
from tests.google_emulator.gmail.people import People
from tests.google_emulator.gmail.post_office import PostOffice
from tests.google_emulator.gmail.refusals import delegation_denied, no_mail
from tests.google_emulator.gmail.showing import letters, show
from tests.google_emulator.gmail.thread_methods import thread_methods
from tests.google_emulator.wire import Call, Json, Method, Service, World

_OnMailbox = Callable[[Call, Mailbox], Json]


def make_service(world: World) -> Service:
    """A Gmail without any mail. Every account has a mailbox; `add_mailbox` gives one a name, aliases and caps."""
    office = PostOffice(world=world, ids=Ids(world.random))
    drafts = DraftMethods(office)
    methods = {**account_methods(), **drafts.all(), **MessageMethods(office).all(), **thread_methods()}
    return Service(
        methods={f"gmail.users.{name}": _opened(office, method) for name, method in methods.items()},
        edits=People(office, drafts).edits(),
        show=partial(show, office),
        letters=partial(letters, office),
    )


def _opened(office: PostOffice, method: _OnMailbox) -> Method:
    """The method with the mailbox that the path names, which has to be the caller's own."""

    def answer(call: Call) -> Json:
        asked, own = call.path.get("userId", "me"), call.principal.email
        if asked != "me" and not same(asked, own):
            raise delegation_denied(own)
        if own.endswith(".gserviceaccount.com"):
            # A service account without a subject has no mailbox, and this is all that Gmail says about it.
            raise no_mail("Precondition check failed.")
        mailbox = office.mailbox(own)
        if not mailbox.is_enabled:
            raise no_mail("Mail service not enabled")
        return method(call, mailbox)

    return answer
