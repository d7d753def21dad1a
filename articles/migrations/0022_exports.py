"""Exports in the browser: what is written for whom, how far it is, and until when the file is kept."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0021_offered_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="uid")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("finished", "finished"),
                            ("cancelled", "cancelled"),
                            ("stopped", "stopped"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "why",
                    models.CharField(blank=True, help_text="Why it ended early.", max_length=500, verbose_name="why"),
                ),
                ("began_at", models.DateTimeField(auto_now_add=True, verbose_name="began at")),
                (
                    "started_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When its turn came, for the last time.",
                        null=True,
                        verbose_name="started at",
                    ),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        help_text="When its process last said that it goes on.",
                        verbose_name="seen at",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("is_cancelled", models.BooleanField(default=False, verbose_name="to be cancelled")),
                (
                    "process",
                    models.CharField(
                        blank=True,
                        help_text="Host and number of the process that runs it.",
                        max_length=200,
                        verbose_name="process",
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[("articles", "articles"), ("quotations", "quotations")],
                        max_length=10,
                        verbose_name="of",
                    ),
                ),
                (
                    "query",
                    models.CharField(
                        blank=True,
                        help_text="As the address of the list has it.",
                        max_length=4000,
                        verbose_name="search",
                    ),
                ),
                ("with_rejected", models.BooleanField(default=False, verbose_name="with rejected ones")),
                ("format", models.CharField(max_length=40, verbose_name="format")),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        help_text="What permalinks begin with.",
                        max_length=300,
                        verbose_name="address of this site",
                    ),
                ),
                ("articles", models.PositiveIntegerField(blank=True, null=True, verbose_name="articles")),
                ("articles_written", models.PositiveIntegerField(default=0, verbose_name="articles written")),
                ("quotations", models.PositiveIntegerField(blank=True, null=True, verbose_name="quotations")),
                ("quotations_written", models.PositiveIntegerField(default=0, verbose_name="quotations written")),
                (
                    "size",
                    models.PositiveBigIntegerField(blank=True, help_text="In bytes.", null=True, verbose_name="size"),
                ),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="kept until")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="export_runs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["by", "-id"], name="export_run_of_person"),
                    models.Index(condition=models.Q(("ended_at", None)), fields=["state"], name="export_run_open"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("uid",), name="export_run_uid_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "finished", "cancelled", "stopped"])),
                        name="export_run_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state__in", ["waiting", "running"])),
                            models.Q(
                                ("ended_at__isnull", False), ("state__in", ["finished", "cancelled", "stopped"])
                            ),
                            _connector="OR",
                        ),
                        name="export_run_ended_with_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("of__in", ["articles", "quotations"])), name="export_run_of_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "finished"), _negated=True),
                            models.Q(
                                ("expires_at__isnull", False),
                                ("size__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="export_run_finished_with_file",
                    ),
                ],
            },
        ),
    ]
