"""Settings: each wrong variable stops the start with one sentence that names it."""

import pytest
from cryptography.fernet import Fernet

from slackapp.process.errors import BadSettings
from slackapp.process.settings import Mode, read, read_partly

BOT, APP, SECRET = "xoxb-1-abc", "xapp-1-abc", "0123456789abcdef0123456789abcdef"
SOCKET = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}
HTTP = {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SECRET}
OAUTH = {
    "SLACK_CLIENT_ID": "12.34",
    "SLACK_CLIENT_SECRET": "s3cret",
    "SLACK_SIGNING_SECRET": SECRET,
    "WAYMARK_SECRET_KEY": Fernet.generate_key().decode(),
}


@pytest.mark.parametrize(
    ("environment", "mode"),
    [
        (SOCKET, Mode.SOCKET),
        (HTTP, Mode.HTTP),
        (OAUTH, Mode.OAUTH),
        (SOCKET | HTTP, Mode.SOCKET),
        (HTTP | OAUTH, Mode.HTTP),
    ],
)
def test_the_tokens_that_are_set_choose_the_mode(environment, mode):
    assert read(environment).mode is mode


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, ["waymark demo", "SLACK_BOT_TOKEN"]),
        ({"SLACK_APP_TOKEN": APP}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": BOT}, ["SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"]),
        ({"SLACK_SIGNING_SECRET": SECRET}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_CLIENT_ID": "12.34"}, ["SLACK_CLIENT_SECRET"]),
        ({"SLACK_CLIENT_SECRET": "s"}, ["SLACK_CLIENT_ID"]),
        ({k: v for k, v in OAUTH.items() if k != "SLACK_SIGNING_SECRET"}, ["SLACK_SIGNING_SECRET"]),
        ({k: v for k, v in OAUTH.items() if k != "WAYMARK_SECRET_KEY"}, ["WAYMARK_SECRET_KEY"]),
        (SOCKET | {"SLACK_BOT_TOKEN": APP}, ["SLACK_BOT_TOKEN", "xoxb-"]),
        (SOCKET | {"SLACK_APP_TOKEN": BOT}, ["SLACK_APP_TOKEN", "xapp-"]),
        (HTTP | {"SLACK_SIGNING_SECRET": "short"}, ["SLACK_SIGNING_SECRET"]),
        (SOCKET | {"SLACK_API_URL": "https://slack.com"}, ["SLACK_API_URL", "/api/"]),
        (SOCKET | {"REDIS_URL": "localhost:6379"}, ["REDIS_URL", "redis://"]),
        (SOCKET | {"REDIS_URL": "redis://localhost:port"}, ["REDIS_URL", "its port"]),
        (SOCKET | {"REDIS_URL": "redis://localhost?patience=1"}, ["REDIS_URL", "option"]),
        (SOCKET | {"REDIS_URL": "redis+cluster://localhost:port"}, ["REDIS_URL", "its port"]),
        (SOCKET | {"REDIS_URL": "rediss://localhost?ssl_ca_certs=/no/ca.pem"}, ["no file /no/ca.pem"]),
        (SOCKET | {"REDIS_URI": "redis://localhost"}, ["REDIS_URI", "did you mean REDIS_URL?"]),
        (SOCKET | {"redis_url": "redis://localhost"}, ["redis_url", "did you mean REDIS_URL?"]),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APPTOKEN": APP}, ["SLACK_APPTOKEN", "SLACK_APP_TOKEN?"]),
        ({"SLACK_BOT_TOKN": BOT, "SLACK_APP_TOKEN": APP}, ["SLACK_BOT_TOKN", "SLACK_BOT_TOKEN?"]),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECERT": SECRET}, ["SLACK_SIGNING_SECRET?"]),
        ({"SLACK_CLIENTID": "1.2"}, ["SLACK_CLIENTID", "SLACK_CLIENT_ID?"]),
        (SOCKET | {"METRIC_PORT": "9464"}, ["METRIC_PORT", "METRICS_PORT?"]),
        (SOCKET | {"WAYMARK_SERVICE_HOSTS": "x"}, ["WAYMARK_SERVICE_HOSTS is not a variable"]),
        (SOCKET | {"PORT": "eighty"}, ["PORT", "number"]),
        (SOCKET | {"PORT": "99999"}, ["PORT", "65535"]),
        (SOCKET | {"METRICS_PORT": "off"}, ["METRICS_PORT", "number"]),
        (SOCKET | {"METRICS_PORT": "99999"}, ["METRICS_PORT", "65535"]),
        (SOCKET | {"WAYMARK_LOG": "loud"}, ["WAYMARK_LOG", "debug"]),
        (SOCKET | {"WAYMARK_GRACE": "long"}, ["WAYMARK_GRACE", "from 0 to 600"]),
        (SOCKET | {"WAYMARK_GRACE": "inf"}, ["WAYMARK_GRACE", "from 0 to 600"]),
        (SOCKET | {"WAYMARK_SECRET_KEY": "abc"}, ["WAYMARK_SECRET_KEY", "waymark secret"]),
        (SOCKET | {"WAYMARK_MODEL": "gpt"}, ["WAYMARK_MODEL", "openai:model-name"]),
        (SOCKET | {"WAYMARK_MODEL": "acme:one"}, ["WAYMARK_MODEL", "anthropic:model-name"]),
        (SOCKET | {"WAYMARK_MODEL": "openai:one"}, ["WAYMARK_MODEL_KEY", "WAYMARK_MODEL_URL"]),
        (SOCKET | {"WAYMARK_MODEL_URL": "https://models.example"}, ["WAYMARK_MODEL is missing"]),
        (SOCKET | {"WAYMARK_MODEL_SECONDS": "0"}, ["WAYMARK_MODEL_SECONDS", "0.1"]),
        (
            SOCKET | {"WAYMARK_MODEL": "openai:one", "WAYMARK_MODEL_URL": "http://models.example"},
            ["WAYMARK_MODEL_URL", "https://"],
        ),
        (
            SOCKET | {"WAYMARK_MODEL": "openai:one", "WAYMARK_MODEL_URL": "https://me:key@models.example"},
            ["WAYMARK_MODEL_URL", "https://"],
        ),
        (SOCKET | {"WAYMARK_MANIFST": "m.yml"}, ["WAYMARK_MANIFST", "WAYMARK_MANIFEST"]),
    ],
)
def test_a_wrong_variable_is_named_in_one_sentence(environment, words):
    with pytest.raises(BadSettings) as refusal:
        read(environment)

    sentence = refusal.value.sentence
    assert all(word in sentence for word in words), sentence
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence


def test_a_sentence_never_repeats_a_secret():
    with pytest.raises(BadSettings) as refusal:
        read(SOCKET | {"SLACK_APP_TOKEN": "hunter2hunter2"})

    assert "hunter2" not in refusal.value.sentence


def test_an_empty_variable_counts_as_unset():
    assert read(SOCKET | {"REDIS_URL": " ", "SLACK_CLIENT_ID": ""}).redis_url is None


def test_the_address_of_the_api_gets_its_slash():
    settings = read(SOCKET | {"SLACK_API_URL": "http://127.0.0.1:8400/api"})

    assert settings.api_url == "http://127.0.0.1:8400/api/"


def test_a_model_is_reached_at_its_providers_address_unless_another_is_set():
    hosted = read(SOCKET | {"WAYMARK_MODEL": "openai:one:small", "WAYMARK_MODEL_KEY": "k"}).access
    own = read(
        SOCKET | {"WAYMARK_MODEL": "openai:one", "WAYMARK_MODEL_URL": "http://127.0.0.1:8080/v1/"}
    ).access

    assert (hosted.terms.host, hosted.model) == ("api.openai.com", "one:small")
    assert (own.terms.host, own.url) == ("127.0.0.1:8080", "http://127.0.0.1:8080/v1")


def test_without_a_model_there_is_no_access():
    assert read(SOCKET).access is None


def test_commands_without_slack_need_no_token():
    assert read_partly({}).bot_token is None


def test_settings_show_no_secret_when_printed():
    settings = read(SOCKET | OAUTH | {"WAYMARK_MODEL": "openai:one", "WAYMARK_MODEL_KEY": "m0delkey"})

    assert not any(
        secret in repr(settings)
        for secret in (BOT, APP, SECRET, "s3cret", "m0delkey", OAUTH["WAYMARK_SECRET_KEY"])
    )


def test_what_other_programs_and_kubernetes_set_is_none_of_our_business():
    others = {
        "WAYMARK_SERVICE_HOST": "10.0.0.1",
        "WAYMARK_SERVICE_PORT_HTTP": "3000",
        "WAYMARK_PORT": "tcp://10.0.0.1:3000",
        "WAYMARK_PORT_3000_TCP_ADDR": "10.0.0.1",
        "WAYMARK_WEB_SERVICE_HOST": "10.0.0.1",
        "REDIS_PORT": "tcp://10.0.0.2:6379",
        "REDIS_HOST": "redis",
        "REDIS_TLS_URL": "rediss://x",
        "SLACK_TOKEN": "xoxp-1",
        "SLACK_API_TOKEN": "xoxp-1",
        "SLACK_APP_ID": "A1",
        "SLACK_WEBHOOK_URL": "https://hooks.slack.com/x",
        "HOSTNAME": "box",
        "HOSTS": "a",
    }

    assert read(HTTP | others).mode is Mode.HTTP


def test_a_name_that_is_nearly_right_beside_the_right_one_stops_nothing():
    assert read(SOCKET | {"REDIS_URL": "redis://one", "REDIS_URI": "redis://two"}).redis_url == "redis://one"
