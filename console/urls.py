"""Every address of the desk origin. Sign-up, password reset and mail have none."""

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.urls import path

from console import views
from console.codes import wrap_up_codes
from console.coordinator.urls import urlpatterns as coordinator
from console.passwords import DeskPasswordChange
from console.signin import PasskeyForm, PasswordForm
from console.statistics.bulletin_urls import urlpatterns as bulletins
from console.statistics.urls import urlpatterns as statistics

handler404 = "console.views.not_found"


def _page(name: str) -> dict[str, str]:
    return {"template_name": f"console/{name}.html"}


urlpatterns = [
    path("", views.workspace, name="console_workspace"),
    path("ticket", views.ticket, name="console_ticket"),
    path("codes", wrap_up_codes, name="console_codes"),
    path("account", views.account, name="console_account"),
    path("password", DeskPasswordChange.as_view(), name="console_password"),
    path("language", views.language, name="console_language"),
    path("sign-in", LoginView.as_view(form_class=PasswordForm, **_page("sign_in")), name="account_login"),
    path("sign-out", LogoutView.as_view(**_page("sign_out")), name="account_logout"),
    path("confirm", ReauthenticateView.as_view(**_page("confirm")), name="account_reauthenticate"),
    path("second-step", factor.IndexView.as_view(**_page("factor")), name="mfa_index"),
    path(
        "second-step/code",
        factor.AuthenticateView.as_view(webauthn_form_class=PasskeyForm, **_page("factor_code")),
        name="mfa_authenticate",
    ),
    path(
        "second-step/confirm",
        factor.ReauthenticateView.as_view(**_page("factor_confirm")),
        name="mfa_reauthenticate",
    ),
    path(
        "second-step/app",
        totp.ActivateTOTPView.as_view(**_page("factor_app")),
        name="mfa_activate_totp",
    ),
    path(
        "second-step/app/remove",
        totp.DeactivateTOTPView.as_view(**_page("factor_app_remove")),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-step/recovery",
        recovery.ViewRecoveryCodesView.as_view(**_page("factor_recovery")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-step/recovery/new",
        recovery.GenerateRecoveryCodesView.as_view(**_page("factor_recovery_new")),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-step/passkey",
        passkey.AddWebAuthnView.as_view(**_page("passkey_add")),
        name="mfa_add_webauthn",
    ),
    path(
        "second-step/passkey/confirm",
        passkey.ReauthenticateWebAuthnView.as_view(**_page("passkey_confirm")),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "second-step/passkeys",
        passkey.ListWebAuthnView.as_view(**_page("passkeys")),
        name="mfa_list_webauthn",
    ),
    path(
        "second-step/passkeys/<int:pk>/remove",
        passkey.RemoveWebAuthnView.as_view(**_page("passkey_remove")),
        name="mfa_remove_webauthn",
    ),
    *coordinator,
    *statistics,
    *bulletins,
]
