"""Webhooks, which editors manage, and what was sent to them."""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # As in 0002: permissions are otherwise made only after the last migration has run.
    config = apps.get_app_config("articles")
    config.models_module = True  # type: ignore[assignment]
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    config.models_module = None
    for group, permissions in _given(apps):
        group.permissions.add(*permissions)


def take_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group, permissions in _given(apps):
        group.permissions.remove(*permissions)


def _given(apps: Apps):  # type: ignore[no-untyped-def]
    """The role of editors, if it is there, with the permission that this migration is about."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    named = Permission.objects.filter(content_type__app_label="articles", codename="manage_webhooks")
    for group in Group.objects.filter(name="editor"):
        yield group, named


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_api_tokens"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("url", models.CharField(max_length=2000, verbose_name="address")),
                ("events", models.JSONField(default=list, help_text="Values of Event.", verbose_name="tells of")),
                (
                    "query",
                    models.CharField(
                        blank=True, help_text="Only what this search of quotations finds.", max_length=4000
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        help_text="Where this Newsroom is, for permalinks; without a slash.", max_length=300
                    ),
                ),
                ("secret_number", models.PositiveIntegerField(default=1, help_text="How many secrets it has had.")),
                ("secret_changed_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "off",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "somebody switched it off"),
                            ("failing", "nothing was delivered for three days"),
                            ("gone", "its receiver answered that it is gone for good (410)"),
                            ("owner", "whose it is may not have webhooks any more"),
                            ("restored", "this Newsroom was restored from a backup, for a trial"),
                        ],
                        max_length=10,
                    ),
                ),
                ("off_at", models.DateTimeField(null=True)),
                ("is_removed", models.BooleanField(default=False)),
                ("after_quotation", models.PositiveBigIntegerField()),
                ("after_change", models.PositiveBigIntegerField()),
                ("failing_since", models.DateTimeField(null=True)),
                ("held_by", models.UUIDField(help_text="Whoever delivers at the moment.", null=True)),
                ("held_until", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="webhooks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["name", "id"],
                "permissions": [("manage_webhooks", "Can manage webhooks")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, help_text="The header webhook-id, at each try the same."
                    ),
                ),
                ("after_quotation", models.PositiveBigIntegerField()),
                ("upto_quotation", models.PositiveBigIntegerField()),
                ("after_change", models.PositiveBigIntegerField()),
                ("upto_change", models.PositiveBigIntegerField()),
                ("number", models.PositiveIntegerField(help_text="Of events, at the last try.")),
                ("made_at", models.DateTimeField()),
                ("tries", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "not sent yet"),
                            ("delivered", "delivered"),
                            ("refused", "the receiver did not accept it"),
                            ("unreached", "no answer"),
                            ("forbidden", "nothing may be sent to that address"),
                            ("nothing", "nothing was left to tell"),
                            ("dropped", "given up: it began again from later on"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(help_text="Of the last answer.", null=True)),
                (
                    "said",
                    models.CharField(
                        blank=True, help_text="The answer's first line, or what went wrong.", max_length=300
                    ),
                ),
                ("milliseconds", models.PositiveIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "webhook",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="articles.webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.UniqueConstraint(fields=("uid",), name="webhook_uid_unique"),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_active", True), ("off", ""), ("off_at", None)),
                    models.Q(
                        ("is_active", False),
                        ("off__in", ["person", "failing", "gone", "owner", "restored"]),
                        ("off_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="webhook_off_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_by", None), ("held_until", None)),
                    models.Q(("held_by__isnull", False), ("held_until__isnull", False)),
                    _connector="OR",
                ),
                name="webhook_held_until",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("uid",), name="delivery_uid_unique"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("webhook",), name="delivery_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("next_try_at__isnull", False)),
                    models.Q(("ended_at__isnull", False), ("next_try_at", None)),
                    _connector="OR",
                ),
                name="delivery_open_has_next_try",
            ),
        ),
        migrations.RunPython(give, take_back),
    ]
