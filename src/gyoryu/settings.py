"""Settings, all of them from the environment; each has a default that is safe on one machine."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(os.environ.get("GYORYU_ROOT", Path(__file__).resolve().parents[2]))
DATA = Path(os.environ.get("GYORYU_DATA", ROOT / "var"))


def setting(name: str, default: str = "") -> str:
    """Return the environment's GYORYU_<name>, or the default."""
    return os.environ.get(f"GYORYU_{name}", default)


def kept_secret(name: str) -> str:
    """Return a secret from the environment, or one made once and kept beside the data."""
    if given := setting(name.upper()):
        return given
    file = DATA / name
    if not file.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def database(address: str) -> dict[str, object]:
    """Read a database address: sqlite:///path or postgresql://user:password@host:port/name."""
    parts = urlparse(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path,
            # To open a file anew for every request throws away what was read of it, and the last
            # to close it writes its log back each time.
            "CONN_MAX_AGE": 60,
            # One writer at a time, and it waits its turn from the first statement on.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Compiling a plan takes longer than any of our questions does. A page from anywhere costs
        # little more than the next one: the default is that of a disk that turns, and has whole
        # tables read for some hundred rows. Our joins begin with what is looked for and add what is
        # shown beside it: to try every order of eight tables takes longer than to read the rows.
        "OPTIONS": {"options": "-c jit=off -c random_page_cost=1.1 -c join_collapse_limit=5"},
    }


DEBUG = setting("DEBUG") == "1"
SECRET_KEY = kept_secret("secret_key")
# While a key is being changed, what the older one signed or encrypted is still read.
SECRET_KEY_FALLBACKS = [setting("SECRET_KEY_OLD")] if setting("SECRET_KEY_OLD") else []
# Seals the history: whoever can write the database but has no key cannot forge an entry.
HISTORY_KEY = kept_secret("history_key")
ALLOWED_HOSTS = setting("HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in setting("ORIGINS").split(",") if origin]
SECURE = setting("HTTPS") == "1"

DATABASES = {"default": database(setting("DATABASE", f"sqlite://{DATA / 'gyoryu.sqlite3'}"))}
if setting("MOVE_TO"):
    DATABASES["target"] = database(setting("MOVE_TO"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "django_htmx",
    "template_partials",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "gyoryu.web",
    "gyoryu.accounts",
    "gyoryu.history",
    "gyoryu.jobs",
    "gyoryu.evidence",
    "gyoryu.outbox",
    "gyoryu.parties",
    "gyoryu.agreements",
    "gyoryu.register",
    "gyoryu.programmes",
    "gyoryu.trade",
    "gyoryu.newsroom",
    "gyoryu.imports",
    "gyoryu.search",
    "gyoryu.insight",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.forms",
]
MIDDLEWARE = [
    "gyoryu.web.middleware.ForEverybodyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "gyoryu.web.middleware.RefusedMiddleware",
    "gyoryu.jobs.views.exports.LongListMiddleware",
    "gyoryu.web.middleware.SecondFactorMiddleware",
]
ROOT_URLCONF = "gyoryu.urls"
WSGI_APPLICATION = "gyoryu.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gyoryu.web.context.shell",
                "gyoryu.insight.views.home.around",
            ],
            "builtins": [
                "gyoryu.web.templatetags.web",
                "django.templatetags.i18n",
                "django.templatetags.static",
                # Its translate stands in for that of i18n.
                "gyoryu.web.templatetags.words",
            ],
        },
    }
]
FORM_RENDERER = "gyoryu.web.forms.Renderer"

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["gyoryu.accounts.adapters.SignedIn"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Not notified but written down: the adapter turns each of them into an entry of the history.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A session ends with the browser, or after half a day: offices share computers.
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = int(setting("SESSION_HOURS", "12")) * 3600
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Who has set a password by a letter's link goes on at once; a second factor is still asked for.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Tries are counted in the database, so that every process and machine counts together.
# Who asks to come in is counted too: an office asks from one address, a letter goes to one person.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/5m/key",
    "join": "20/10m/ip,3/10m/key",
    "kept_post": "30/10m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(setting("PROXIES", "0"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_tries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
# "required": everybody signs in with a second factor. Administrators always do.
SECOND_FACTOR = setting("SECOND_FACTOR", "offered")
ACCOUNT_ADAPTER = "gyoryu.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "gyoryu.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Gyoryu"
# A code typed as it changes still counts: one step either way (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SOCIALACCOUNT_ADAPTER = "gyoryu.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {}
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_TRUST_EMAIL = setting("OIDC_TRUST_EMAIL") == "1"
if setting("OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": setting("OIDC_NAME", "OIDC"),
                "client_id": setting("OIDC_CLIENT"),
                "secret": setting("OIDC_SECRET"),
                "settings": {"server_url": setting("OIDC_SERVER")},
            }
        ],
    }

OIDC_ORIGIN = (
    ["{0.scheme}://{0.netloc}".format(urlparse(setting("OIDC_SERVER")))]
    if setting("OIDC_SERVER")
    else []
)

# Two languages, one clock
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = USE_TZ = True
TIME_ZONE = setting("ZONE", "Asia/Seoul")
# The sample stands still on one day, so that what is overdue in it stays so.
TODAY = setting("TODAY")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "documents"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DOCUMENT_LIMIT = int(setting("DOCUMENT_LIMIT", str(20 * 1024 * 1024)))
# Calls a token may make in a minute.
API_CALLS = int(setting("API_CALLS", "600"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "gyoryu.web.uploads.LimitedUpload",
]

# Work beside the web: in the web process, or only in workers of their own.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
WORKERS_APART = setting("WORKERS_APART") == "1"
# Seconds after its last sign of life that a worker is taken for dead.
LEASE = float(setting("LEASE", "60"))

# Folders whose press releases may be read, divided by ":"; none unless an administrator opens one.
FOLDERS = [folder for folder in setting("FOLDERS").split(":") if folder]

# The public register: under which licence (id, Korean, English, address, divided by "|") its data
# are open, and how many pages a minute one address may read of one web process (0: any number).
REGISTER_LICENCE = setting(
    "REGISTER_LICENCE",
    "KOGL-1|공공누리 제1유형(출처표시)|Korea Open Government License Type 1 (attribution)"
    "|https://www.kogl.or.kr/info/licenseType1.do",
).split("|")
REGISTER_READS = int(setting("REGISTER_READS", "240"))

# What a browser is told
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The button to the identity provider is a form, and its answer leads there.
        "form-action": [SELF, *OIDC_ORIGIN],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Letters
# Without a mail server letters are printed; those of a sample go nowhere.
_POST = "smtp" if setting("SMTP_HOST") else "dummy" if TODAY else "console"
EMAIL_BACKEND = f"django.core.mail.backends.{_POST}.EmailBackend"
EMAIL_HOST = setting("SMTP_HOST", "localhost")
EMAIL_PORT = int(setting("SMTP_PORT", "25"))
EMAIL_HOST_USER = setting("SMTP_USER")
EMAIL_HOST_PASSWORD = setting("SMTP_PASSWORD")
EMAIL_USE_TLS = setting("SMTP_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = setting("FROM", "gyoryu@localhost")
SITE_ADDRESS = setting("ADDRESS", "http://127.0.0.1:8000")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
