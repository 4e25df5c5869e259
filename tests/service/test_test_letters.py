"""Test letters from the page: to whoever asks, and past no guard to anybody else."""

from tests.service.service_house import delivered


def test_a_test_letter_to_a_candidate_is_refused_and_nothing_leaves(service, tmp_path):
    one, other = service.get("plan")["letters"][:2]

    own = service.post("test", code=422, ids=[one["id"]], to=one["address"])
    others = service.post("test", code=422, lang="en", ids=[one["id"]], to=other["address"].upper())

    assert own["error"]["name"] == others["error"]["name"] == "not_for_oneself"
    assert "試し送りできません" in own["error"]["text"]
    assert one["address"] not in own["error"]["text"]
    assert delivered(tmp_path / "out") == []


def test_while_all_sending_is_stopped_no_test_letter_leaves(service, tmp_path):
    ids = [service.get("plan")["letters"][0]["id"]]
    service.post("freeze", because="別の方に届いた")

    refused = service.post("test", code=422, ids=ids, to="me@minato.example")

    assert refused["error"]["name"] == "sending_frozen"
    assert delivered(tmp_path / "out") == []
