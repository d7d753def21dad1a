"""Tokens of the API, what was spent of its limits, and editors who see and revoke everybody's tokens."""

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PERMISSIONS = ["view_apitoken", "change_apitoken"]


def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # As in 0002: permissions are otherwise made only after the last migration has run.
    config = apps.get_app_config("articles")
    config.models_module = True  # type: ignore[assignment]
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    config.models_module = None
    for group in apps.get_model("auth", "Group").objects.filter(name="editor"):
        group.permissions.add(*_permissions(apps))


def take_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name="editor"):
        group.permissions.remove(*_permissions(apps))


def _permissions(apps: Apps):  # type: ignore[no-untyped-def]
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.filter(content_type__app_label="articles", codename__in=PERMISSIONS)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0022_exports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Spent",
            fields=[
                ("caller", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("minute", models.BigIntegerField(help_text="Since 1970.")),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "spent",
                "verbose_name_plural": "spent",
                "indexes": [models.Index(fields=["minute"], name="spent_minute")],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="What it is for, as “nightly report”.", max_length=100, verbose_name="name"
                    ),
                ),
                ("prefix", models.CharField(help_text="Of the secret.", max_length=9, verbose_name="begins with")),
                ("secret_sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the secret")),
                (
                    "scopes",
                    models.CharField(
                        help_text="In the order of Scope, with spaces between.", max_length=30, verbose_name="scopes"
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at")),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["user", "-id"], name="api_token_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("secret_sha256",), name="api_token_secret_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "scopes__in",
                                [
                                    "read",
                                    "import",
                                    "correct",
                                    "export",
                                    "read import",
                                    "read correct",
                                    "read export",
                                    "import correct",
                                    "import export",
                                    "correct export",
                                    "read import correct",
                                    "read import export",
                                    "read correct export",
                                    "import correct export",
                                    "read import correct export",
                                ],
                            )
                        ),
                        name="api_token_scopes_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))), name="api_token_expires_later"
                    ),
                ],
            },
        ),
        migrations.RunPython(give, take_back),
    ]
