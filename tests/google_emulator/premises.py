"""Everything that a reset makes anew: accounts, files, services, quotas, faults, edits and the log of calls."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from threading import RLock

from tests.google_emulator.accounts import Directory
from tests.google_emulator.clock import Clock, rfc3339
from tests.google_emulator.drive import Drive
from tests.google_emulator.edits import Edits
from tests.google_emulator.faults import Faults
from tests.google_emulator.files import FileStore
from tests.google_emulator.gmail import make_service as make_gmail
from tests.google_emulator.iam import Credentials
from tests.google_emulator.identity import Identity
from tests.google_emulator.identity_keys import IdentityKeys
from tests.google_emulator.metadata import MetadataServer
from tests.google_emulator.quotas import Quotas
from tests.google_emulator.sheets import make_service as make_sheets
from tests.google_emulator.signin import SignIn
from tests.google_emulator.tokens import Tokens
from tests.google_emulator.uploads import Uploads
from tests.google_emulator.wire import Edit, Json, MakeService, Method, World

SEED = 20_261_105
"""Ids are random and repeat from run to run."""


class Premises:
    """One life of the emulator, from a reset to the next."""

    def __init__(self, clock: Clock, makers: dict[str, MakeService]) -> None:
        random = Random(SEED)
        self.lock = RLock()
        self.clock = clock
        self.files = FileStore(clock.now, random)
        self.directory = Directory()
        self.directory.service_account(self.directory.instance_account)
        self.tokens = Tokens(now=clock.now, random=random)
        self.signin = SignIn(self.directory, self.tokens, clock)
        self.identity = Identity(self.directory, self.tokens, clock)
        self.identity_keys = IdentityKeys(clock)
        self.metadata = MetadataServer(self.directory, self.tokens, self.signin)
        self.quotas = Quotas(clock.now)
        self.faults = Faults()
        self.uploads = Uploads(random)
        world = World(now=clock.now, files=self.files, random=random)
        self.services = {name: make(world) for name, make in makers.items()}
        self.services["drive"] = Drive(self.files, self.services["sheets"]).service()
        self.services["iamcredentials"] = Credentials(self.directory, self.tokens, self.signin, clock).service()
        self.methods: dict[str, Method] = {}
        for service in self.services.values():
            self.methods |= service.methods
        self.edits = Edits(self._edit)
        self.log: list[Json] = []
        self.violations: list[Json] = []
        """Answers that do not fit the discovery document."""
        self.problems: list[str] = []
        """What broke inside a service: tracebacks."""
        self._later: list[tuple[datetime, Callable[[], object]]] = []

    def note(self, entry: Json) -> None:
        """Write a call into the log."""
        with self.lock:
            self.log.append({"n": len(self.log) + 1, "time": rfc3339(self.clock.now()), **entry})

    def broke(self) -> None:
        """Keep the error that is being handled, for tests to see."""
        with self.lock:
            self.problems.append(traceback.format_exc())

    def later(self, seconds: float, effect: Callable[[], object]) -> None:
        """Let something happen when this much time has passed on the emulator's clock."""
        with self.lock:
            self._later.append((self.clock.now() + timedelta(seconds=seconds), effect))

    def run_due(self) -> None:
        """Let happen what is due by now."""
        with self.lock:
            now = self.clock.now()
            due = sorted((item for item in self._later if item[0] <= now), key=lambda item: item[0])
            self._later = [item for item in self._later if item[0] > now]
        for _, effect in due:
            effect()

    def edit_around(self, method: str, *, after: bool) -> None:
        """Do what a script has planned around this call; a script that fails is a problem, and not the call's."""
        try:
            self.edits.run(method, after=after)
        except Exception:  # noqa: BLE001  (scripts are tests' own code: what breaks in them has to be seen)
            self.broke()

    def state(self) -> Json:
        """Everything that a test may want to look at."""
        with self.lock:
            return {
                "clock": self.clock.show(),
                "http": sum(not entry["part"] for entry in self.log),
                "calls": dict(Counter(entry["method"] for entry in self.log)),
                "statuses": dict(Counter(str(entry["status"]) for entry in self.log)),
                "quota": self.quotas.show(),
                "faults": self.faults.show(),
                "editsWaiting": self.edits.waiting(),
                "effectsWaiting": len(self._later),
                "violations": self.violations,
                "problems": self.problems,
                "accounts": self.directory.show(),
                "services": {name: service.show() for name, service in self.services.items()},
            }

    def letters(self) -> list[Json]:
        """Every letter that left."""
        with self.lock:
            return self.services["gmail"].letters()

    def _edit(self, name: str) -> Edit | None:
        """An edit by its name, whoever offers it, or of one service: "gmail.bounce"."""
        api, _, bare = name.rpartition(".")
        offers = [self.services[api]] if api in self.services else self.services.values()
        return next((service.edits[bare] for service in offers if bare in service.edits), None)


def found_makers() -> dict[str, MakeService]:
    """The services that there are, each made anew at a reset."""
    return {"sheets": make_sheets, "gmail": make_gmail}
