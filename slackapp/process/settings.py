"""What the environment says. Read once, by the command line; nothing else looks at the environment.

pydantic checks each value. pydantic-settings would replace only the two lines of *read_partly* that gather
names and values, and reads the process's own environment rather than one that it is given; what makes up the
rest (names misspelt, variables that belong together, sentences of what to do) would stay as it is.
"""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from cryptography.fernet import Fernet, MultiFernet
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from coaching.guide.model import Access
from slackapp.process.errors import BadSettings
from storage import is_address, keys_in

SLACK_API = "https://slack.com/api/"
METRICS_PORT = 9464  # where OpenTelemetry's exporter for Prometheus listens by default
OWN = (
    "WAYMARK_DATA_DIR",
    "WAYMARK_MANIFEST",
    "WAYMARK_SECRET_KEY",
    "WAYMARK_URL",
    "WAYMARK_MODEL",
    "WAYMARK_MODEL_URL",
    "WAYMARK_MODEL_SECONDS",
    "WAYMARK_MODEL_KEY",
    "WAYMARK_LOG",
    "WAYMARK_GRACE",
    "WAYMARK_SENTENCE_MODEL",
)
SECRETS = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "WAYMARK_SECRET_KEY",
    "WAYMARK_MODEL_KEY",
)
MODEL_URLS = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
NUMBERS = ("int_parsing", "float_parsing", "greater_than_equal", "less_than_equal", "finite_number")
RANGES = {"WAYMARK_GRACE": "0 to 600", "WAYMARK_MODEL_SECONDS": "0.1 to 15"}
REDIS_SCHEMES = ("redis", "rediss", "unix", "redis+cluster", "rediss+cluster")
REDIS_FILES = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
LONG = 8  # letters from which a name is no other program's by chance
NEAR = 0.88
ELSEWHERES = ("SLACK_API_TOKEN",)  # a name that other programs go by
# What Kubernetes sets in each pod about a Service that is called waymark.
OF_A_SERVICE = re.compile(r"_(?:SERVICE_HOST$|SERVICE_PORT(?:_|$)|PORT(?:$|_[0-9]{1,5}_(?:TCP|UDP|SCTP)))")


class Mode(StrEnum):
    """How Slack reaches the app."""

    SOCKET = "socket"
    HTTP = "http"
    OAUTH = "oauth"


def _starts(prefix: str, where: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefix):
            raise ValueError(f"it should start with {prefix} and stands in {where}")
        return value

    return AfterValidator(check)


def _secret(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if len(text) < 16 or not text.isascii() or len(text.split()) > 1:
        raise ValueError("it should be the letters and digits in Basic Information, App Credentials")
    return value


def _api_base(value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https") or not value.rstrip("/").endswith("/api"):
        raise ValueError("it should be an address that ends in /api/")
    return value.rstrip("/") + "/"


def _redis_url(value: str) -> str:
    if urlsplit(value).scheme not in REDIS_SCHEMES:
        raise ValueError("it should start with redis://, rediss://, unix:// or redis+cluster://")
    if not is_address(value):
        raise ValueError("its port or an option behind `?` is none that Redis knows")
    for name, file in parse_qsl(urlsplit(value).query):
        if name in REDIS_FILES and not Path(file).exists():
            raise ValueError(f"there is no file {file}, which its {name} names")
    return value


def _fernet_keys(value: SecretStr) -> SecretStr:
    keys = keys_in(value.get_secret_value())
    try:
        MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ValueError("it should be a key made by `waymark secret`, or several, with commas") from None
    return value


def _model(value: str) -> str:
    provider, _, name = value.partition(":")
    if provider not in MODEL_URLS or not name.strip() or any(letter.isspace() for letter in value):
        raise ValueError(f"it should be {' or '.join(f'{url}:model-name' for url in MODEL_URLS)}")
    return value


def _public_url(value: str) -> str:
    if urlsplit(value).query or urlsplit(value).fragment:
        raise ValueError("it should be an address without `?` or `#`")
    return _web_address(value)


def _web_address(value: str) -> str:
    url = urlsplit(value)
    is_near = url.hostname in LOOPBACK
    if not url.hostname or url.username or url.scheme not in (("http", "https") if is_near else ("https",)):
        raise ValueError("it should be an https:// address, or http:// on this machine")
    return value.rstrip("/")


def _log_level(value: str) -> str:
    if value.lower() not in ("debug", "info", "warning", "error"):
        raise ValueError("it should be debug, info, warning or error")
    return value.lower()


BotToken = Annotated[SecretStr, _starts("xoxb-", "OAuth & Permissions")]
AppToken = Annotated[SecretStr, _starts("xapp-", "Basic Information, App-Level Tokens")]
SigningSecret = Annotated[SecretStr, AfterValidator(_secret)]
SecretKeys = Annotated[SecretStr, AfterValidator(_fernet_keys)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]


class Settings(BaseModel):
    """Everything the program takes from the environment; the aliases are the variables' names."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    bot_token: BotToken | None = Field(default=None, alias="SLACK_BOT_TOKEN")
    app_token: AppToken | None = Field(default=None, alias="SLACK_APP_TOKEN")
    signing_secret: SigningSecret | None = Field(default=None, alias="SLACK_SIGNING_SECRET")
    client_id: str | None = Field(default=None, alias="SLACK_CLIENT_ID", pattern=r"^[\w.-]+$")
    client_secret: SecretStr | None = Field(default=None, alias="SLACK_CLIENT_SECRET")
    api_url: Annotated[str, AfterValidator(_api_base)] = Field(default=SLACK_API, alias="SLACK_API_URL")
    redis_url: Annotated[str, AfterValidator(_redis_url)] | None = Field(default=None, alias="REDIS_URL")
    host: str = Field(default="0.0.0.0", alias="HOST")
    port: int = Field(default=3000, alias="PORT", ge=0, le=65535)
    metrics_host: str = Field(default="127.0.0.1", alias="METRICS_HOST")
    metrics_port: int | None = Field(default=METRICS_PORT, alias="METRICS_PORT", ge=0, le=65535)
    data_dir: Path = Field(default=Path(".waymark"), alias="WAYMARK_DATA_DIR")
    manifest: Path = Field(default=Path("manifest.yml"), alias="WAYMARK_MANIFEST")
    secret_key: SecretKeys | None = Field(default=None, alias="WAYMARK_SECRET_KEY")
    url: PublicUrl | None = Field(default=None, alias="WAYMARK_URL")
    model: Annotated[str, AfterValidator(_model)] | None = Field(default=None, alias="WAYMARK_MODEL")
    model_url: Annotated[str, AfterValidator(_web_address)] | None = Field(
        default=None, alias="WAYMARK_MODEL_URL"
    )
    model_key: SecretStr | None = Field(default=None, alias="WAYMARK_MODEL_KEY")
    model_seconds: float = Field(default=8.0, alias="WAYMARK_MODEL_SECONDS", ge=0.1, le=15)
    grace: float = Field(default=2.0, alias="WAYMARK_GRACE", ge=0, le=600)
    sentence_model: Path | None = Field(default=None, alias="WAYMARK_SENTENCE_MODEL")
    log: Annotated[str, AfterValidator(_log_level)] = Field(default="info", alias="WAYMARK_LOG")

    @property
    def is_metrics_port_set(self) -> bool:
        """Whether somebody wants the metrics at just this port."""
        return "metrics_port" in self.model_fields_set

    @property
    def access(self) -> Access | None:
        """Where the coaching model is, or None where there is none."""
        if self.model is None:
            return None
        provider, _, name = self.model.partition(":")
        url, key = self.model_url or MODEL_URLS[provider], self.model_key or SecretStr("")
        return Access(provider=provider, model=name, url=url, key=key, seconds=self.model_seconds)

    @property
    def mode(self) -> Mode:
        """How Slack reaches the app: the first mode whose variables are complete."""
        if self.app_token:
            return Mode.SOCKET
        return Mode.HTTP if self.bot_token else Mode.OAUTH


KNOWN = tuple(str(field.alias) for field in Settings.model_fields.values())


def read(environment: Mapping[str, str]) -> Settings:
    """The settings of a complete mode, or raise BadSettings with what to do."""
    settings = read_partly(environment)
    _need_a_whole_mode(settings)
    return settings


def read_partly(environment: Mapping[str, str]) -> Settings:
    """The settings without asking for Slack's tokens: for commands that work without Slack."""
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    _refuse_misspelt(given)
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        raise BadSettings(_sentence(error)) from None
    _need_a_whole_model(settings)
    return settings


def take(environment: MutableMapping[str, str]) -> Settings:
    """Read the settings and remove the secrets, so that no library and no child process finds them there."""
    settings = read(environment)
    # Bolt reads SLACK_CLIENT_ID and SLACK_BOT_TOKEN by itself and would set up stores of its own.
    for name in SECRETS:
        environment.pop(name, None)
    return settings


def _need_a_whole_mode(settings: Settings) -> None:
    for given, needed, missing, name in (
        (settings.app_token, settings.bot_token, "Socket Mode also needs", "SLACK_BOT_TOKEN"),
        (settings.client_id, settings.client_secret, "OAuth also needs", "SLACK_CLIENT_SECRET"),
        (settings.client_secret, settings.client_id, "OAuth also needs", "SLACK_CLIENT_ID"),
    ):
        if given and not needed:
            raise BadSettings(f"{missing} {name}: copy it from your app's page at api.slack.com/apps.")
    if settings.app_token:
        return
    if not settings.bot_token and not settings.client_id:
        raise BadSettings(_nothing_set(settings))
    if not settings.signing_secret:
        raise BadSettings(
            "SLACK_SIGNING_SECRET is missing: copy it from Basic Information, App Credentials"
            + (", or set SLACK_APP_TOKEN to use Socket Mode." if settings.bot_token else ".")
        )
    if settings.client_id and not settings.bot_token and not settings.secret_key:
        raise BadSettings(
            "WAYMARK_SECRET_KEY is missing: it encrypts stored tokens; make one with `waymark secret`."
        )


def _need_a_whole_model(settings: Settings) -> None:
    if settings.model is None and (settings.model_url or settings.model_key):
        raise BadSettings(
            "WAYMARK_MODEL is missing: name the model, like openai:model-name, or unset the rest."
        )
    if settings.model and not settings.model_url and not settings.model_key:
        raise BadSettings(
            "WAYMARK_MODEL_KEY is missing: set it, or WAYMARK_MODEL_URL where a model of your own needs none."
        )


def _nothing_set(settings: Settings) -> str:
    if settings.signing_secret:
        return "SLACK_BOT_TOKEN is missing: copy it from OAuth & Permissions on your app's page."
    return (
        "No Slack tokens are set: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to connect a workspace, "
        "or run `waymark demo` to try Waymark without Slack."
    )


def _refuse_misspelt(given: Mapping[str, str]) -> None:
    for name in sorted(given):
        if name.startswith("WAYMARK_") and name not in OWN and not OF_A_SERVICE.search(name):
            near = get_close_matches(name, OWN, n=1)
            hint = f"did you mean {near[0]}?" if near else f"Waymark knows {', '.join(OWN)}."
            raise BadSettings(f"{name} is not a variable of Waymark: {hint}")
    absent = [known for known in KNOWN if known not in given and len(known) >= LONG]
    for name in sorted(set(given) - {*KNOWN, *ELSEWHERES}):
        if near_one := _meant(name, absent):
            raise BadSettings(f"{name} is not a variable of Waymark: did you mean {near_one}?")


def _meant(name: str, absent: Sequence[str]) -> str | None:
    """Which variable that is not set a name was to be: the same letters, or nearly."""
    letters = _letters(name)
    same = (known for known in absent if _letters(known) == letters)
    return next(same, None) or next(iter(get_close_matches(name, absent, 1, NEAR)), None)


def _letters(name: str) -> str:
    return re.sub(r"[^A-Z]", "", name.upper())


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    name, problem = first["loc"][0], first["msg"].removeprefix("Value error, ")
    if first["type"] in NUMBERS:
        problem = f"it should be a number from {RANGES.get(str(name), '0 to 65535')}"
    return f"{name} is malformed: {problem[0].lower()}{problem[1:].rstrip('.')}."
