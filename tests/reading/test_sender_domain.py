"""SPF, DKIM and DMARC of the sender's domain, as `relay doctor` finds them in a real name server."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sheets_automation.core.sender_domain import is_reserved
from tests.reading.name_server import name_server

DOMAIN = "minato-works.co.jp"
CONFIG = f'[company]\nname = "株式会社みなと製作所"\n[sender]\naddress = "saiyo@{DOMAIN}"\n'


def key_of(bits):
    public = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    return b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.fixture(scope="module")
def good_key():
    return f"v=DKIM1; k=rsa; p={key_of(2048)}"


@pytest.fixture
def zone(good_key):
    """A domain at which all is well."""
    with name_server() as zone:
        zone.put_text(DOMAIN, "v=spf1 include:_spf.mail.example ~all", "google-site-verification=x")
        zone.put_text("_spf.mail.example", "v=spf1 ip4:192.0.2.0/24 -all")
        zone.put_text(f"selector1._domainkey.{DOMAIN}", good_key)
        zone.put_text(f"_dmarc.{DOMAIN}", f"v=DMARC1; p=none; rua=mailto:dmarc@{DOMAIN}")
        zone.put(DOMAIN, "MX", f"10 mx.{DOMAIN}.")
        yield zone


@pytest.fixture
def doctor(relay, zone, tmp_path, monkeypatch):
    """What the doctor says of the domain, by name; "" where all is well."""
    monkeypatch.setenv("RELAY_DNS", zone.address)

    def ask(config=CONFIG, carrier="smtp://127.0.0.1:9", lang="en", prefix=""):
        (tmp_path / "relay.toml").write_text(config)
        answer = relay("doctor", "--carrier", carrier, "--lang", lang, code=7, config=str(tmp_path / "relay.toml"))
        found = {one["name"]: "" if one["ok"] else one["text"] for one in answer["checks"]}
        names = ("dns", "spf", "dkim", "dmarc", "mx")
        return {name: found[prefix + name] for name in names if prefix + name in found}

    return ask


def test_a_domain_at_which_all_is_well_has_nothing_to_put_right(doctor, zone):
    assert doctor() == dict.fromkeys(("dns", "spf", "dkim", "dmarc", "mx"), "")
    assert len(zone.asked) == len(set(zone.asked))  # each question once; a long answer is asked for by TCP instead


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([], "has no SPF record. Add one TXT record: v=spf1"),
        (["v=spf1 -all", "v=spf1 mx ~all"], "2 SPF records"),
        (["v=spf1 mx +all"], "lets everybody send"),
        (["v=spf1 mx ?all"], "lets everybody send"),
        (["v=spf1 mx"], "has no end"),
        (["V=SPF1 MX -ALL"], ""),
        (["v=spf1 redirect=_spf.mail.example"], ""),
        (["v=spf10 mx -all"], "has no SPF record"),
    ],
)
def test_spf_is_one_record_with_an_end(doctor, zone, texts, said):
    zone.put_text(DOMAIN, *texts, "other")

    assert said in doctor()["spf"]
    assert bool(doctor()["spf"]) == bool(said)


def test_the_domain_of_follow_ups_is_asked_about_where_it_is_another_one(doctor, zone):
    news = f'{CONFIG}[follow_up]\naddress = "news@news.{DOMAIN}"\n'

    assert doctor(news) == dict.fromkeys(("dns", "spf", "dkim", "dmarc", "mx"), "")
    assert "no SPF record" in doctor(news, prefix="news_")["spf"]
    assert doctor(f'{CONFIG}[follow_up]\naddress = "news@{DOMAIN}"\n', prefix="news_") == {}


def test_spf_that_leads_to_too_many_questions_is_void(doctor, zone):
    zone.put_text(DOMAIN, "v=spf1 include:many.example ~all")
    zone.put_text("many.example", f"v=spf1 {' '.join(f'include:n{n}.example' for n in range(10))} ~all")

    assert "11 look-ups" in doctor()["spf"]


def test_spf_that_includes_itself_ends(doctor, zone):
    zone.put_text(DOMAIN, f"v=spf1 include:{DOMAIN} ~all")

    assert "look-ups" in doctor()["spf"]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("v=DKIM1; p=", "was taken back"),
        (f"v=DKIM1; k=rsa; p={key_of(1024)[:100]}", "too short, or was cut off"),
        ("v=DKIM1; k=rsa; t=y; p={good}", "marked as a test"),
        ("p={good}", ""),
        ("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", ""),
    ],
)
def test_a_dkim_key_is_whole_and_in_force(doctor, zone, good_key, record, said):
    zone.put_text(f"selector1._domainkey.{DOMAIN}", record.replace("{good}", good_key.rpartition("p=")[2]))

    assert said in doctor()["dkim"]
    assert bool(doctor()["dkim"]) == bool(said)


def test_one_good_key_is_enough_beside_an_old_one(doctor, zone):
    zone.put_text(f"default._domainkey.{DOMAIN}", "v=DKIM1; p=")

    assert doctor()["dkim"] == ""


def test_a_selector_of_ones_own_is_looked_for_and_no_other(doctor, zone, good_key):
    zone.put_text(f"s2026._domainkey.{DOMAIN}", good_key)
    config = CONFIG + 'dkim_selector = "s2026"\n'

    assert doctor(config)["dkim"] == ""
    assert {name for name, _ in zone.asked if "_domainkey" in name} == {f"s2026._domainkey.{DOMAIN}"}
    assert "selector" in doctor(CONFIG + 'dkim_selector = "a b"\n')["dns"]


def test_without_any_key_the_doctor_says_where_to_make_one(doctor, zone):
    del zone.records[f"selector1._domainkey.{DOMAIN}", "TXT"]

    assert "Turn DKIM on at your mail service" in doctor()["dkim"]
    by_gmail = doctor(carrier=f"gmail:saiyo@{DOMAIN}")
    assert by_gmail == {}  # without a sign-in nothing is asked of anybody


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([], f"at _dmarc.{DOMAIN}: v=DMARC1; p=none; rua=mailto:dmarc@{DOMAIN}"),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], "2 DMARC records"),
        (["v=DMARC1; p=maybe"], "no policy that is known"),
        (["v=DMARC1;p=QUARANTINE"], ""),
    ],
)
def test_dmarc_is_one_policy_that_is_known(doctor, zone, texts, said):
    zone.put_text(f"_dmarc.{DOMAIN}", *texts) if texts else zone.records.pop((f"_dmarc.{DOMAIN}", "TXT"))

    assert said in doctor()["dmarc"]
    assert bool(doctor()["dmarc"]) == bool(said)


def test_the_policy_of_the_organisation_holds_for_a_domain_below_it(doctor, zone, good_key):
    below = f"mail.{DOMAIN}"
    zone.put_text(below, "v=spf1 mx ~all")
    zone.put_text(f"selector1._domainkey.{below}", good_key)
    zone.put(below, "A", "192.0.2.1")

    assert doctor(CONFIG.replace(f"@{DOMAIN}", f"@{below}")) == dict.fromkeys(("dns", "spf", "dkim", "dmarc", "mx"), "")


def test_a_domain_that_takes_no_mail_loses_answers_and_bounces(doctor, zone):
    zone.put(DOMAIN, "MX", "0 .")

    assert "takes no mail" in doctor()["mx"]
    assert "メールを受け取れません" in doctor(lang="ja")["mx"]


def test_a_name_server_that_is_silent_is_told_once(doctor, zone, monkeypatch):
    monkeypatch.setattr("sheets_automation.wiring_dns._SECONDS", 0.5)
    zone.silent = True

    assert list(doctor()) == ["dns"]
    assert "No name server answers" in doctor()["dns"]


@pytest.mark.parametrize("domain", ["minato.example", "example.com", "jobs.example.co.jp", "x.invalid", "localhost"])
def test_nobody_is_asked_about_domains_that_belong_to_nobody(doctor, zone, domain):
    assert is_reserved(domain)
    assert doctor(CONFIG.replace(DOMAIN, domain if "." in domain else "x.test")) == {}
    assert zone.asked == []


def test_every_advice_speaks_japanese_too(doctor, zone):
    for record in list(zone.records):
        del zone.records[record]

    said = doctor(lang="ja")

    assert "SPF レコードがありません" in said["spf"]
    assert "DKIM の鍵が見つかりません" in said["dkim"]
    assert "DMARC レコードがありません" in said["dmarc"]
