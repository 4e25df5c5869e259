"""Who gets into `relay serve`: people of the organisation with a genuine token of Google's, and nobody else.

Longer than a module should be because it is one door, with a table of all that it keeps out.
"""

import base64
import hashlib
import hmac
import json
import time

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import crypt, jwt

from tests.google_emulator.redirect import transport_to
from tests.plain_http import NO_CERTIFICATES
from tests.service.cloud_service import HANAKO, PROXIED, SCRIPT, Visitor, bearing, running_cloud, store_of, write_config


@pytest.fixture
def store(google):
    return store_of(google, HANAKO)


@pytest.fixture
def cloud(google, store, tmp_path):
    with running_cloud(google, write_config(tmp_path, store.id, iap_audience=PROXIED)) as cloud:
        yield cloud


def part(document) -> str:
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def refused(visitor, code=401):
    answer = visitor.ask("GET", "/api/session")
    assert answer.status_code == code, answer.text
    return answer.json()["error"]


def test_somebody_of_the_organisation_is_known_by_the_address(cloud, store):
    session = cloud.visitor(store.id).get("session")

    assert (session["actor"], session["mode"]) == (HANAKO, "cloud")
    assert session["workbook"]["kind"] == "google"


def test_an_address_is_the_same_in_capitals(cloud, store):
    assert cloud.visitor(store.id, "Hanako@Minato.Example", hd="Minato.Example").get("session")["actor"] == HANAKO


@pytest.mark.parametrize("audience", [SCRIPT, "https://relay-abc.a.run.app"])
@pytest.mark.parametrize("issuer", ["https://accounts.google.com", "accounts.google.com"])
def test_both_audiences_and_both_spellings_of_the_issuer_count(cloud, store, audience, issuer):
    cloud.visitor(store.id, audience=audience, iss=issuer).get("session")


NOW = int(time.time())
WRONG_CLAIMS = {
    "another audience": {"audience": "999-other.apps.googleusercontent.com"},
    "no audience": {"aud": None},
    "a list of audiences": {"aud": [SCRIPT]},
    "another issuer": {"iss": "https://accounts.google.com.evil.example"},
    "no issuer": {"iss": None},
    "expired": {"iat": NOW - 7200, "exp": NOW - 3600},
    "expired beyond the skew of clocks": {"iat": NOW - 3600, "exp": NOW - 300},
    "not valid yet": {"iat": NOW + 3600, "exp": NOW + 7200},
    "no end": {"exp": None},
    "times that are no numbers": {"iat": "yesterday", "exp": "never"},
    "an address that nobody verified": {"email_verified": False},
    "an address of which it is not said": {"email_verified": None},
    "verified in words": {"email_verified": "true"},
    "no address": {"email": None},
    "an address with a place of its own": {"email": "taro@minato.example (sidebar)"},
    "an address with a bracket": {"email": "taro(x)@minato.example"},
    "two addresses": {"email": "taro,jiro@minato.example"},
    "an address that is a list": {"email": [HANAKO]},
    "another organisation": {"hd": "evil.example"},
    "an organisation below ours": {"hd": "minato.example.evil.example"},
    "an organisation that ends as ours": {"hd": "evilminato.example"},
    "a part of our organisation": {"hd": "sales.minato.example"},
    "no organisation": {"hd": None},
}


@pytest.mark.parametrize("claims", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS.keys())
def test_a_token_of_google_that_says_anything_else_lets_nobody_in(cloud, store, claims):
    error = refused(cloud.visitor(store.id, **claims))

    assert error["name"] == "not_signed_in"


def test_a_little_difference_between_clocks_is_forgiven(cloud, store):
    cloud.visitor(store.id, iat=int(time.time()) + 10).get("session")


def test_what_went_wrong_is_said_in_a_sentence_that_helps(cloud, store):
    said = {
        name: refused(cloud.visitor(store.id, **WRONG_CLAIMS[name]))["text"]
        for name in ("expired", "another audience", "another organisation")
    }

    assert "期限" in said["expired"]
    assert "audiences" in said["another audience"]
    assert "会社のアカウント" in said["another organisation"]


def hs256(head, body, secret):
    signed = f"{part({**head, 'alg': 'HS256'})}.{part(body)}"
    return f"{signed}.{part(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


@pytest.mark.parametrize(
    "attack", ["none", "empty", "hs256", "edited", "edited head", "other key", "no key id", "key id", "key ids"]
)
def test_a_token_that_google_did_not_sign_so_lets_nobody_in(google, cloud, store, attack):
    token = google.control.identity_token(HANAKO, SCRIPT)
    head, body, seal = token.split(".")
    claims, first = jwt.decode(token, verify=False), jwt.decode_header(token)
    certificates = transport_to(google.address)("https://www.googleapis.com/oauth2/v1/certs").data
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = stranger.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    by_stranger = crypt.RSASigner.from_string(pem)
    forged = {
        "none": f"{part({**first, 'alg': 'none'})}.{body}.",
        "empty": f"{head}.{body}.",
        "hs256": hs256(first, claims, next(iter(json.loads(certificates).values())).encode()),
        "edited": f"{head}.{part({**claims, 'email': 'ceo@minato.example'})}.{seal}",
        "edited head": f"{part({**first, 'x': 1})}.{body}.{seal}",
        "other key": jwt.encode(by_stranger, claims, key_id=first["kid"]).decode(),
        "no key id": jwt.encode(by_stranger, claims).decode(),
        "key ids": f"{part({**first, 'kid': [first['kid']]})}.{body}.{seal}",
        "key id": jwt.encode(by_stranger, claims, key_id="../../etc/passwd").decode(),
    }[attack]

    assert refused(cloud.holder(forged, store.id))["name"] == "not_signed_in"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "a.b.c",
        "....",
        "é",
        "e30.e30.e30",
        f"{part(b'[' * 5000)}.e30.e30",
        "A" * 20_000,
        "bnVsbA.bnVsbA.bnVsbA",
    ],
    ids=["empty", "word", "three words", "dots", "accent", "empty objects", "deep", "long", "null"],
)
def test_what_is_no_token_lets_nobody_in(cloud, store, text):
    headers = {"authorization": (b"Bearer " + text.encode()).strip(), "x-relay-workbook": store.id}
    answer = Visitor(cloud.root).ask("GET", "/api/session", headers=headers)

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_a_signature_that_cloud_run_took_away_counts_for_nothing_and_the_way_out_is_said(google, cloud, store):
    token = google.control.identity_token(HANAKO, SCRIPT).rpartition(".")[0] + ".SIGNATURE_REMOVED_BY_GOOGLE"

    assert "X-Serverless-Authorization" in refused(cloud.holder(token, store.id))["text"]


def test_what_cloud_run_checks_for_itself_is_no_proof_to_us(google, cloud, store):
    token = google.control.identity_token(HANAKO, SCRIPT)
    headers = {"x-serverless-authorization": f"Bearer {token}", "x-relay-workbook": store.id}

    refused(Visitor(cloud.root, headers))


@pytest.mark.parametrize("scheme", ["Basic", "bearer-token", "Digest", "Bearer,"])
def test_another_way_to_sign_in_is_none(google, cloud, store, scheme):
    token = google.control.identity_token(HANAKO, SCRIPT)

    refused(Visitor(cloud.root, {**bearing(token, store.id), "authorization": f"{scheme} {token}"}))


def test_of_two_tokens_neither_counts(google, cloud, store):
    token = google.control.identity_token(HANAKO, SCRIPT)
    twice = [("authorization", f"Bearer {token}"), ("authorization", "Bearer x"), ("x-relay-workbook", store.id)]

    assert httpx.get(f"{cloud.root}/api/session", headers=twice, verify=NO_CERTIFICATES).status_code == 401


@pytest.mark.parametrize(
    "path", ["/", "/main.js", "/openapi.json", "/docs", "/nothing", "/api/session", "/api/nothing"]
)
def test_without_a_sign_in_nothing_is_shown(cloud, path):
    answer = Visitor(cloud.root).ask("GET", path)

    assert answer.status_code == 401
    assert answer.json()["error"]["name"] == "not_signed_in"


def test_whoever_is_signed_in_finds_no_description_of_the_interface(cloud, store):
    for path in ("/openapi.json", "/docs", "/redoc"):
        assert cloud.visitor(store.id).ask("GET", path).status_code == 404


def test_keys_are_fetched_once_and_anew_when_google_changes_them(google, cloud, store):
    for _ in range(3):
        cloud.visitor(store.id).get("session")
    before = len(google.control.calls("certificates"))
    cloud.gate.signer.keys._asked_at -= 61  # a minute later

    google.control.rotate_identity_keys()
    cloud.visitor(store.id).get("session")

    assert before == 1
    assert len(google.control.calls("certificates")) == 2


def test_made_up_key_ids_do_not_make_us_ask_each_time(google, cloud, store):
    cloud.visitor(store.id).get("session")
    signer = crypt.RSASigner.from_string(
        rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )

    for number in range(5):
        refused(cloud.holder(jwt.encode(signer, {"iss": "x"}, key_id=f"k{number}").decode(), store.id))

    assert len(google.control.calls("certificates")) == 1


def test_where_google_does_not_tell_its_keys_nobody_is_let_in_and_nobody_is_accused(google, cloud, store):
    google.control.fault("certificates", "status", status=503, every=1)

    error = refused(cloud.visitor(store.id), code=503)

    assert error["name"] == "workbook_unreachable"


class TestBehindTheProxy:
    """Identity-Aware Proxy signs people in at a browser."""

    def test_the_page_opens_and_works_in_a_spreadsheet(self, cloud, store):
        page = cloud.browser().ask("GET", f"/?workbook={store.id}", headers={"sec-fetch-site": "none"})

        assert page.status_code == 200
        assert "text/html" in page.headers["content-type"]
        assert cloud.browser(store.id).get("session")["actor"] == HANAKO

    @pytest.mark.parametrize(
        "claims",
        [
            {"audience": "/projects/1234567/locations/asia-northeast1/services/other"},
            {"iss": "https://accounts.google.com"},
            {"iat": NOW - 1200, "exp": NOW - 600},
            {"hd": "evil.example"},
            {"hd": None},
            {"email": None},
            {"email": "accounts.google.com:hanako@minato.example\n"},
        ],
    )
    def test_an_assertion_that_says_anything_else_lets_nobody_in(self, cloud, store, claims):
        assert refused(cloud.browser(store.id, **claims))["name"] == "not_signed_in"

    def test_neither_kind_of_token_passes_for_the_other(self, google, cloud, store):
        token = google.control.identity_token(HANAKO, PROXIED)
        assertion = google.control.proxy_assertion(HANAKO, SCRIPT, iss="https://accounts.google.com")
        browser = cloud.browser(store.id)

        refused(Visitor(cloud.root, {**browser.headers, "x-goog-iap-jwt-assertion": token}))
        refused(cloud.holder(assertion, store.id))

    def test_who_it_says_in_plain_headers_is_not_believed(self, cloud, store):
        headers = {
            "x-goog-authenticated-user-email": f"accounts.google.com:{HANAKO}",
            "x-goog-authenticated-user-id": "accounts.google.com:1",
            "x-relay-workbook": store.id,
        }

        refused(Visitor(cloud.root, headers))

    @pytest.mark.parametrize(
        "headers",
        [
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": "https://evil.example"},
            {"origin": "null"},
        ],
    )
    def test_no_other_page_can_make_us_do_anything_with_its_cookie(self, cloud, store, headers):
        browser = cloud.browser(store.id)
        body = {"ids": ["C-1"], "word": "sent"}

        answer = browser.ask("POST", "/api/settle", json=body, headers=headers)

        assert (answer.status_code, answer.json()["error"]["name"]) == (403, "not_allowed")

    def test_a_change_must_come_from_our_own_page(self, cloud, store):
        browser = cloud.browser(store.id)
        del browser.headers["origin"], browser.headers["sec-fetch-site"]

        assert browser.ask("POST", "/api/settle", json={"ids": [], "word": "sent"}).status_code == 403

    def test_where_no_proxy_is_configured_its_header_means_nothing(self, google, store, tmp_path):
        with running_cloud(google, write_config(tmp_path, store.id)) as cloud:
            refused(cloud.browser(store.id))
