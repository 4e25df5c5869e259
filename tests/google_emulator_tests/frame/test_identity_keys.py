"""Who signs identity tokens, checked by google-auth as anybody would check them."""

import pytest
import requests
from google.auth import exceptions, jwt
from google.oauth2 import id_token

from tests.google_emulator.redirect import transport_to

AUDIENCE = "407408718192-script.apps.googleusercontent.com"
WHO = "hanako@minato.example"
IAP = "/projects/1234567/locations/asia-northeast1/services/relay"


def test_a_token_passes_the_check_of_google_auth_itself(emulator):
    token = emulator.control.identity_token(WHO, AUDIENCE)

    claims = id_token.verify_oauth2_token(token, transport_to(emulator.address), AUDIENCE)

    assert (claims["email"], claims["email_verified"], claims["hd"]) == (WHO, True, "minato.example")
    assert claims["exp"] - claims["iat"] == 3600


def test_people_without_workspace_have_no_domain(emulator):
    for email in ("somebody@gmail.com", "robot@p.iam.gserviceaccount.com"):
        assert "hd" not in jwt.decode(emulator.control.identity_token(email, AUDIENCE), verify=False)


def test_an_assertion_of_the_proxy_is_signed_by_its_own_keys(emulator):
    assertion = emulator.control.proxy_assertion(WHO, IAP)
    keys = requests.get(f"http://{emulator.address}/iap/verify/public_key", timeout=30).json()

    claims = jwt.decode(assertion, certs=keys, audience=IAP)

    assert (claims["iss"], claims["email"]) == ("https://cloud.google.com/iap", WHO)
    assert jwt.decode_header(assertion)["alg"] == "ES256"


def test_claims_can_be_changed_and_left_out(emulator):
    claims = jwt.decode(emulator.control.identity_token(WHO, AUDIENCE, email_verified=None, iss="x"), verify=False)

    assert "email_verified" not in claims
    assert claims["iss"] == "x"


def test_the_keys_change_and_say_how_long_they_may_be_kept(emulator):
    before = emulator.control.identity_token(WHO, AUDIENCE)
    emulator.control.rotate_identity_keys(kept=60)

    answer = requests.get(f"http://{emulator.address}/oauth2/v1/certs", timeout=30)

    assert answer.headers["cache-control"] == "public, max-age=60, must-revalidate, no-transform"
    assert jwt.decode(emulator.control.identity_token(WHO, AUDIENCE), certs=answer.json())
    with pytest.raises(exceptions.MalformedError):
        jwt.decode(before, certs=answer.json())
