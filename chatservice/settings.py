"""The one settings file. Every value that an operator sets comes from the environment, through `env`."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

from chatservice import env, logs

BASE = Path(__file__).resolve().parent.parent

# -- what kind of start this is ----------------------------------------------------------------------------------
MODE = env.choice("KUULOLLA_MODE", default="production", choices=("production", "demo", "test"))
PRODUCTION = MODE == "production"
DEBUG = env.flag("DEBUG", default=False)
SERVICE_NAME = env.text("SERVICE_NAME", default="Kuulolla")
LOG_LEVEL = env.choice("LOG_LEVEL", default="INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR"))


def outside_production(value: str) -> str:
    """Return a default for demo and tests; production has none and must be told."""
    return "" if PRODUCTION else value


# -- secrets and keys --------------------------------------------------------------------------------------------
SECRET_KEY = env.secret("SECRET_KEY", default=outside_production("for tests and demonstrations, never for people"))
KEY_DIRECTORY = env.folder("KEY_DIRECTORY", default=outside_production(str(BASE / "var" / "keys")))

# -- the two origins ---------------------------------------------------------------------------------------------
CHAT_ORIGIN = env.origin("CHAT_ORIGIN", default=outside_production("http://chat.localhost:8000"))
DESK_ORIGIN = env.origin("DESK_ORIGIN", default=outside_production("http://desk.localhost:8000"))
ALLOWED_HOSTS = sorted({urlsplit(origin).hostname or "" for origin in (CHAT_ORIGIN, DESK_ORIGIN)})
CSRF_TRUSTED_ORIGINS = [DESK_ORIGIN]
SECURE = DESK_ORIGIN.startswith("https://")
EXIT_URL = env.address("EXIT_URL", default="https://www.ilmatieteenlaitos.fi/")
TRUSTED_ADDRESS_HEADER = env.text("TRUSTED_ADDRESS_HEADER", default="").lower()

# -- promises to people ------------------------------------------------------------------------------------------
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", default=PRODUCTION)
HOLD_MINUTES = env.number("HOLD_MINUTES", default=60, least=1, most=1440)
RETENTION_HOURS = env.number("RETENTION_HOURS", default=24, least=0, most=72)

# -- limits of one socket and of one process ---------------------------------------------------------------------
LIMIT_MESSAGES_PER_SECOND = env.number("LIMIT_MESSAGES_PER_SECOND", default=1, least=1, most=10_000)
LIMIT_MESSAGE_BURST = env.number("LIMIT_MESSAGE_BURST", default=8, least=1, most=10_000)
LIMIT_FRAMES_PER_SECOND = env.number("LIMIT_FRAMES_PER_SECOND", default=12, least=1, most=10_000)
LIMIT_SOCKETS = env.number("LIMIT_SOCKETS", default=2000, least=1, most=100_000)
MESSAGE_CHARACTERS = env.number("MESSAGE_CHARACTERS", default=4000, least=100, most=4000)
FRAME_BYTES = env.number("FRAME_BYTES", default=16_384, least=1024, most=16_384)
UNACKED_BYTES = env.number("UNACKED_BYTES", default=262_144, least=32_768, most=4_194_304)

# -- PostgreSQL --------------------------------------------------------------------------------------------------
DATABASE_POOL_SIZE = env.number("DATABASE_POOL_SIZE", default=8, least=2, most=200)
NOWHERE = outside_production("postgresql://nobody@localhost/nowhere")
APPLICATION_ROLE = "kuulolla_app"
APPLICATION_URL = env.database("DATABASE_URL", default=NOWHERE)
# Without an owner of its own the one login does the migrations; either way the service acts as the application role.
OWNER_URL = (
    env.database("DATABASE_OWNER_URL")
    if "DATABASE_OWNER_URL" in os.environ or "DATABASE_OWNER_URL_FILE" in os.environ
    else APPLICATION_URL
)
# A stalled link must not hang a thread for ever (threats M19).
LINK_LIMITS = {"connect_timeout": "3", "tcp_user_timeout": "5000"}
APPLICATION_LIMITS = f"-c role={APPLICATION_ROLE} -c statement_timeout=5s -c lock_timeout=3s"
ASYNC_DATABASE = {**LINK_LIMITS, **APPLICATION_URL, "options": APPLICATION_LIMITS, "application_name": "kuulolla"}


def django_database(parameters: dict[str, str], **options: Any) -> dict[str, Any]:
    """Translate libpq's parameters to Django's names; what Django has no name for travels in OPTIONS."""
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    plain = {names[key]: value for key, value in parameters.items() if key in names}
    others = {key: value for key, value in parameters.items() if key not in names}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **plain,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**others, **options},
    }


DATABASES = {
    "default": django_database(
        ASYNC_DATABASE, pool={"min_size": 0, "max_size": DATABASE_POOL_SIZE, "timeout": 3, "reconnect_timeout": 3}
    ),
    # `migrate --database owner`: the tables belong to this role.
    "owner": django_database(
        {**LINK_LIMITS, **OWNER_URL, "application_name": "kuulolla-owner"}, options="-c lock_timeout=5s"
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Redis or Valkey: nudges and counters, never a word ----------------------------------------------------------
REDIS_URL = env.redis("REDIS_URL", default=outside_production("redis://localhost:1/0"))
# allauth counts failed sign-ins here: process memory, because sign-in must work while Redis is away.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# -- rooms and faces ---------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "chatservice.places",
    "chatservice.hours",
    "chatservice.content",
    "chatservice.accounts",
    "chatservice.audit",
    "chatservice.vault",
    "chatservice.mailing",
    "chatservice.duty",
    "chatservice.conversations",
    "chatservice.statistics",
    "chatservice.bulletins",
    "chatservice.annual",
    "chatservice.queues",
    "chatservice.screening",
    "chatservice.wrapup",
    "chatservice.delivery",
    "widget",
    "console",
]
ROOT_URLCONF = "chatservice.urls"
ASGI_APPLICATION = "chatservice.asgi.application"
MIDDLEWARE = [
    "widget.middleware.VisitorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "chatservice.staticstorage.StaticFilesMiddleware",
    "chatservice.urls.FaceByHost",
    "console.middleware.DeskHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "console.middleware.DeskLanguage",
    "console.middleware.SecondFactorGate",
    "console.statistics.gate.ReadersGate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# -- languages: Finnish and Swedish are equal by law, English is third -------------------------------------------
LANGUAGES = [("fi", gettext_noop("Finnish")), ("sv", gettext_noop("Swedish")), ("en", gettext_noop("English"))]
LANGUAGE_CODE = "fi"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

# -- static files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", default=str(BASE / "var" / "static"))
STATICFILES_DIRS = [BASE / "chatservice" / "static"]
STORAGES = {"staticfiles": {"BACKEND": "chatservice.staticstorage.MinifiedStorage"}}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# -- professionals' accounts -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Worker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "console.signin.DeskAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# allauth counts tries by address, and no address reaches us: `chatservice.accounts.throttle` counts by account.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_ADAPTER = "console.signin.DeskFactorAdapter"
MFA_FORMS = {
    "authenticate": "console.signin.CodeForm",
    "reauthenticate": "console.signin.ConfirmCodeForm",
    "activate_totp": "console.signin.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_RATE_LIMITS = False  # counted by account, like the password
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 12
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

# -- mail to staff: numbers and addresses of the desk, never a word of a visitor ----------------------------------
EMAIL_HOST = env.text("EMAIL_HOST", default="")
EMAIL_PORT = env.number("EMAIL_PORT", default=587, least=1, most=65_535)
EMAIL_ENCRYPTION = env.choice("EMAIL_ENCRYPTION", default="starttls", choices=("starttls", "tls", "none"))
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_ENCRYPTION == "starttls", EMAIL_ENCRYPTION == "tls"
EMAIL_HOST_USER = env.text("EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_PASSWORD") if EMAIL_HOST_USER else ""
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = env.folder("EMAIL_FOLDER", default=str(BASE / "var" / "mail"))
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", default=outside_production("kuulolla@desk.localhost"))
# A demonstration writes its mail into a folder; production without a server sends none, and says so.
MAIL_GOES_OUT = bool(DEFAULT_FROM_EMAIL and (EMAIL_HOST or not PRODUCTION))
EMAIL_BACKENDS = {True: "smtp", False: "dummy" if PRODUCTION else "filebased"}
EMAIL_BACKEND = f"django.core.mail.backends.{EMAIL_BACKENDS[bool(EMAIL_HOST)]}.EmailBackend"

# How long everybody on duty is alarmed of an urgent talk before the coordinators get a mail.
ALERT_MAIL_SECONDS = env.number("ALERT_MAIL_SECONDS", default=60, least=0, most=3600)

# -- moderation: where the development messages are on which coordinators try a change; not needed for screening ----
MODERATION_SETS = env.folder("MODERATION_SETS", default=str(BASE / "tests" / "moderation" / "data"))

# -- sessions and requests ---------------------------------------------------------------------------------------
# `__Host-` binds a cookie to this one host over TLS; browsers refuse the prefix over plain HTTP.
COOKIE_PREFIX = "__Host-" if SECURE else ""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = SECURE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "console.views.forgery_refused"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # ends with the browser's session
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 65_536
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
DATA_UPLOAD_MAX_NUMBER_FILES = 0
FILE_UPLOAD_HANDLERS: list[str] = []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # each face sets its own: the visitor's page may be embedded
# Not no-referrer: with that a browser sends `Origin: null` in form posts, which the CSRF check refuses. The visitor's
# pages, which post no form, set no-referrer themselves.
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # frame-ancestors says who may embed; X-Frame-Options cannot name hosts
    "security.W008",  # the proxy leads plain http to https before it reaches us
    "security.W021",  # the browsers' preload list is the operator's own decision
]

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logs.configuration(level=LOG_LEVEL)
