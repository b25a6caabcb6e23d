"""How sign-in (allauth) meets the house: no sign-up, encrypted second factors, OIDC by setting."""

import base64
import hashlib
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gyoryu.accounts import queries
from gyoryu.accounts.actions import people
from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused

log = logging.getLogger(__name__)


class SignedIn(AuthenticationBackend):
    """Reads who is signed in together with what they may do, because every page asks both."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the user of a session, unless the account was closed."""
        user = queries.with_access(user_id)
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """Go on in the language the person has chosen for good."""
        reply: HttpResponse = super().post_login(request, user, **more)
        reply.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=31_536_000,
            samesite="Lax",
            secure=settings.SECURE,
        )
        return reply

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter at once, or say that it could not be sent."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as trouble:
            log.warning("the mail server did not take %s: %s", template_prefix, trouble)
            raise Refused(
                _("The letter could not be sent just now. Try again in a few minutes.")
            ) from trouble

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **more: Any
    ) -> None:
        """Write down what a person did to their way in: a new password, a second factor."""
        people.note_security(user, template_prefix.rpartition("/")[2], by=user, at=timezone.now())


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted under the deployment's key."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a stored secret."""
        return _box().decrypt(encrypted_text.encode()).decode()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Lets the government's own identity provider sign in people whom the house already knows."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Only known addresses come in; the provider makes no accounts."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect the provider's account with the person of the same e-mail address, once."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        user = queries.called_by(vouched_address(sociallogin))
        if user is None:
            page = render(request, "account/signup_closed.html", status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, user)


def vouched_address(sociallogin: SocialLogin) -> str:
    """Return the e-mail address the provider vouches for, or nothing.

    A provider that lets people write any address into their profile must not open anybody's
    account: the address counts when it says ``email_verified``, or when the deployment says that
    its provider vouches for all of them (GYORYU_OIDC_TRUST_EMAIL=1).
    """
    for address in sociallogin.email_addresses:
        if address.verified or settings.OIDC_TRUST_EMAIL:
            return str(address.email)
    if settings.OIDC_TRUST_EMAIL:
        return str(sociallogin.user.email or "")
    return ""


def _box() -> MultiFernet:
    """Return the box of the deployment's key, which also opens what an older key has closed."""
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor" + key.encode()).digest()))
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def too_often(request: HttpRequest, what: str, key: str = "") -> bool:
    """Count a try of something that is limited (ACCOUNT_RATE_LIMITS); tell whether it is too many.

    Counted in the database like tries to sign in, by address of the network and by ``key``.
    """
    return not ratelimit.consume(request, action=what, key=key.lower())
