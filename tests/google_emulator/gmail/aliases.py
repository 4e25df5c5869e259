"""The names that a mailbox may send under."""

from __future__ import annotations

from dataclasses import dataclass

from tests.google_emulator.gmail.addresses import domain, same
from tests.google_emulator.gmail.refusals import invalid, not_found
from tests.google_emulator.wire import Json


@dataclass(slots=True, kw_only=True)
class Alias:
    """One address in "Send mail as"."""

    address: str
    display_name: str = ""
    reply_to: str = ""
    signature: str = ""
    is_primary: bool = False
    is_default: bool = False
    treat_as_alias: bool = True
    status: str = "accepted"
    """ "accepted", or "pending" until the owner of the address has confirmed."""

    @property
    def may_send(self) -> bool:
        """Whether letters may go out under it."""
        return self.is_primary or self.status == "accepted"

    def face(self) -> Json:
        """The alias as the API shows it. The primary address has no status: it needs no confirmation."""
        shown: Json = {
            "sendAsEmail": self.address,
            "displayName": self.display_name,
            "replyToAddress": self.reply_to,
            "signature": self.signature,
        }
        if self.is_primary:
            shown["isPrimary"] = True
        if self.is_default:
            shown["isDefault"] = True
        if not self.is_primary:
            shown |= {"treatAsAlias": self.treat_as_alias, "verificationStatus": self.status}
        return shown


class Aliases:
    """All of a mailbox."""

    def __init__(self, primary: str, display_name: str) -> None:
        self._aliases = [Alias(address=primary, display_name=display_name, is_primary=True, is_default=True)]

    def faces(self) -> list[Json]:
        """All of them, the primary address first."""
        return [alias.face() for alias in self._aliases]

    def get(self, address: str) -> Alias:
        """The alias with this address; 404 if there is none."""
        found = self.find(address)
        if found is None:
            raise not_found()
        return found

    def find(self, address: str) -> Alias | None:
        """The alias with this address, if any."""
        return next((alias for alias in self._aliases if same(alias.address, address)), None)

    @property
    def default(self) -> Alias:
        """The one that new letters are written under."""
        return next(alias for alias in self._aliases if alias.is_default)

    def add(self, alias: Alias) -> Alias:
        """Add a name, in the place of one with the same address."""
        self._aliases = [one for one in self._aliases if not same(one.address, alias.address)] + [alias]
        return alias

    def create(self, body: Json) -> Alias:
        """Add a name as the API does: an address of another domain is pending until its owner confirms."""
        address = body.get("sendAsEmail", "")
        if "@" not in address:
            raise invalid("Invalid sendAsEmail")
        if self.find(address):
            raise invalid("Send-as address already exists")
        is_own = domain(address) == domain(self._aliases[0].address)
        alias = self.add(Alias(address=address, status="accepted" if is_own else "pending"))
        self.change(alias, body)
        return alias

    def change(self, alias: Alias, body: Json) -> None:
        """Set what is given."""
        alias.display_name = body.get("displayName", alias.display_name)
        alias.reply_to = body.get("replyToAddress", alias.reply_to)
        alias.signature = body.get("signature", alias.signature)
        alias.treat_as_alias = body.get("treatAsAlias", alias.treat_as_alias)
        if body.get("isDefault"):
            for one in self._aliases:
                one.is_default = one is alias

    def remove(self, alias: Alias) -> None:
        """Take a name away; the primary one stays."""
        if alias.is_primary:
            raise invalid("Cannot delete the primary send-as address")
        self._aliases.remove(alias)
        if alias.is_default:
            self._aliases[0].is_default = True
