"""Our LINE is one by LINE's own description: the models of line-bot-sdk read what it says and write what it is sent."""

import json

import pytest
from linebot.v3.messaging import ApiClient, ApiException, Configuration, MessagingApi, PushMessageRequest, TextMessage
from linebot.v3.webhook import SignatureValidator, WebhookParser
from linebot.v3.webhooks import AccountLinkEvent, CallbackRequest, FollowEvent, MessageEvent, UnfollowEvent

from tests.line_server.account import SECRET, TOKEN, Account, user
from tests.line_server.people import Phones, signature

TARO = user(1)
KEY = "123e4567-e89b-12d3-a456-426614174000"


@pytest.fixture
def api(post):
    post.account.friends.add(TARO)
    client = ApiClient(Configuration(host=f"http://{post.server.place}", access_token=TOKEN))
    yield MessagingApi(client)
    client.close()


def push(api, to=TARO, text="本文", key=KEY):
    request = PushMessageRequest(to=to, messages=[TextMessage(text=text)])
    return api.push_message_with_http_info(request, x_line_retry_key=key)


def status_of(ask):
    with pytest.raises(ApiException) as caught:
        ask()
    return caught.value.status


def test_the_vendors_client_reads_a_push_a_quota_and_a_link_token(post, api):
    post.account.quota = 200

    answer = push(api)

    assert answer.data.sent_messages[0].id
    assert answer.headers["x-line-request-id"]
    assert api.get_message_quota().value == 200
    assert api.get_message_quota_consumption().total_usage == 1
    assert api.issue_link_token(TARO).link_token


def test_a_plan_without_a_limit_names_none(api):
    quota = api.get_message_quota()

    assert (quota.type.value, quota.value) == ("none", None)


def test_a_key_is_taken_once_and_dies_after_a_day(post, api):
    push(api)
    with pytest.raises(ApiException) as caught:
        push(api)
    assert caught.value.status == 409
    assert caught.value.headers["x-line-accepted-request-id"] == "request-1"

    post.account.now = post.account.now.replace(day=25, hour=2)
    push(api)

    assert len(post.account.delivered) == 2


def test_it_refuses_what_line_refuses(post, api):
    post.account.quota = 0

    assert status_of(lambda: push(api)) == 429
    assert status_of(lambda: push(api, text="a" * 5001)) == 400
    assert status_of(lambda: push(api, to=user(404))) == 400
    assert status_of(lambda: push(api, key="no-uuid")) == 400
    api.api_client.configuration.access_token = "another"
    assert status_of(api.get_message_quota) == 401


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (lambda phones: phones.sends(TARO, "こんにちは"), MessageEvent),
        (lambda phones: phones.adds(TARO), FollowEvent),
        (lambda phones: phones.blocks(TARO), UnfollowEvent),
        (lambda phones: phones.links("token", "nonce-nonce"), AccountLinkEvent),
    ],
)
def test_the_vendors_parser_reads_every_webhook_and_its_signature(act, kind):
    deliveries = []

    def post(body, headers):
        deliveries.append((body, headers))
        return 500

    phones = Phones(Account(link_tokens={"token": TARO}), post)
    act(phones)
    phones.redeliver()

    for (body, headers), is_redelivery in zip(deliveries, (False, True), strict=True):
        CallbackRequest.from_dict(json.loads(body))
        [event] = WebhookParser(SECRET).parse(body.decode(), headers["x-line-signature"])
        assert isinstance(event, kind)
        assert event.source.user_id == TARO
        assert event.delivery_context.is_redelivery == is_redelivery
    first, second = (json.loads(body)["events"][0]["webhookEventId"] for body, _ in deliveries)
    assert first == second


def test_our_reading_of_a_signature_is_the_vendors():
    from sheets_automation.service.line_webhook import is_signed

    body = '{"events": []} 日本語'

    for secret in (SECRET, "another"):
        signed = signature(body.encode(), secret)
        assert is_signed(body.encode(), signed, SECRET) == SignatureValidator(SECRET).validate(body, signed)
