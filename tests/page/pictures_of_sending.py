"""A sending on its way, pictured for `tests.page.pictures`: stopped, in doubt, agreed to by two people, frozen."""

from pathlib import Path

from tests.carriers.mail_server import MailServer
from tests.commands.conftest import CONFIG
from tests.service.service_house import running_service

LOW = {"width": 1280, "height": 560}
NARROW = {"width": 300, "height": 720}
PHASE = "document.querySelector('#phase-title').innerText"


def config_with(line, *, instead_of):
    """The example's configuration, but for one line."""
    text = Path(CONFIG).read_text(encoding="utf-8")
    assert instead_of in text
    Path("other.toml").write_text(text.replace(instead_of, line), encoding="utf-8")
    return "other.toml"


def draw_number(artist, workbook):
    """More letters than usual: their number has to be typed."""
    careful = config_with("max_letters_per_run = 5", instead_of="max_letters_per_run = 50")
    with running_service(workbook, carrier="outbox:outbox", config=careful, actor="森本") as service:
        artist.enter(service, "send", {**LOW, "height": 860})
        artist.visitor.types("#expect", str(len(service.get("plan")["letters"])))
        artist.visitor.evaluate("scrollTo(0, 0)")
        artist.keep("page_number")


def draw_the_way(artist, workbook):
    """A mail server that takes its time, a stop on the way, and then one that hangs up before it answers."""
    visitor = artist.visitor
    with (
        MailServer().running() as mail,
        running_service(workbook, carrier=f"smtp://127.0.0.1:{mail.port}", actor="森本") as service,
    ):
        number = len(service.get("plan")["letters"])
        mail.switches.delays["DOT"] = 0.9
        artist.enter(service, "send", LOW)
        for _ in range(2):  # asked once more in the dialog
            visitor.press_button(f"{number} 通を送る")
        visitor.until("document.querySelector('progress')?.value > 2")
        visitor.evaluate("scrollTo(0, 0)")  # a click may have scrolled
        artist.keep("page_progress")
        visitor.press_button("止める")
        visitor.until(f"{PHASE} === '止まっています'")
        artist.keep("page_stopped")
        mail.switches.delays.clear()
        mail.switches.hang_up.add("DOT")
        visitor.click(".final .primary")
        visitor.sees("届いたかどうか分からない通知が")
        for name, screen in (("page_settle", {**LOW, "height": 1010}), ("sidebar_settle", NARROW)):
            artist.enter(service, "settle", screen)
            artist.keep(name)


def draw_second_person(artist, workbook):
    """What the second person sees of what the first has proposed."""
    facts = {
        "carrier": "outbox:outbox",
        "config": config_with("second_person = true", instead_of="second_person = false"),
    }
    with running_service(workbook, **facts, actor="森本") as first:
        first.post("approvals", plan=first.get("plan")["plan"])
    with running_service(workbook, **facts, actor="井上") as second:
        artist.draw(second, [("page_second", "send", {**LOW, "height": 720})])


def draw_freezing(artist, workbook):
    """How everything is stopped, and what every view says then."""
    with running_service(workbook, carrier="outbox:outbox", actor="森本") as service:
        artist.enter(service, "freeze", {**LOW, "height": 640})
        artist.visitor.types("#freeze-because", "宛先の取り違えの疑い")
        artist.visitor.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        artist.keep("page_freeze")
        artist.visitor.press_button("すべて止める")
        artist.visitor.sees("送信を再開する")
        artist.draw(service, [("page_frozen", "plan", LOW)])
