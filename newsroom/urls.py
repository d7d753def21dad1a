from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from .views import ChangeOwnPassword

handler500 = "newsroom.views.server_error"

urlpatterns = [
    path("", include("articles.urls")),
    path("accounts/sign-in/", auth_views.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("accounts/sign-out/", auth_views.LogoutView.as_view(), name="logout"),
    path("accounts/password/", ChangeOwnPassword.as_view(), name="password_change"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
]
