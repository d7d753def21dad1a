"""Runs of imports on record, former texts of articles, and failed tries of extraction."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_stories"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="extraction_failure",
            field=models.CharField(blank=True, editable=False, help_text="Why the last try failed.", max_length=300),
        ),
        migrations.AddField(
            model_name="article",
            name="extraction_tries",
            field=models.PositiveSmallIntegerField(
                default=0, editable=False, help_text="Failed ones since quotations were last found."
            ),
        ),
        migrations.CreateModel(
            name="FormerText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(editable=False)),
                ("text_sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256 of the text")),
                ("title", models.CharField(max_length=500)),
                ("byline", models.CharField(blank=True, max_length=300)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("source_name", models.CharField(blank=True, max_length=1000)),
                ("source_sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the input")),
                ("encoding", models.CharField(blank=True, max_length=50)),
                ("reader", models.CharField(blank=True, max_length=30, verbose_name="format")),
                ("imported_at", models.DateTimeField(help_text="When this text came in.")),
                ("replaced_at", models.DateTimeField(auto_now_add=True)),
                ("anchors", models.JSONField(default=list)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_texts",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "ordering": ["article_id", "id"],
            },
        ),
        migrations.AddField(
            model_name="quotation",
            name="former_text",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                help_text="Where its words stand, if they are not in the article's text any more.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quotations",
                to="articles.formertext",
            ),
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("given", models.JSONField(default=list, help_text="The paths or file names, as they were given.")),
                (
                    "mapping",
                    models.JSONField(blank=True, default=dict, help_text="Columns or keys by an article's fields."),
                ),
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
                    ),
                ),
                ("why", models.CharField(blank=True, help_text="Why it ended early.", max_length=500)),
                ("began_at", models.DateTimeField(auto_now_add=True)),
                (
                    "seen_at",
                    models.DateTimeField(auto_now_add=True, help_text="When its process last said that it goes on."),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("is_cancelled", models.BooleanField(default=False, verbose_name="to be cancelled")),
                (
                    "process",
                    models.CharField(
                        blank=True, help_text="Host and number of the process that runs it.", max_length=200
                    ),
                ),
                ("inputs", models.PositiveIntegerField(blank=True, help_text="Empty: not counted.", null=True)),
                ("inputs_read", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                (
                    "updated",
                    models.PositiveIntegerField(
                        default=0, help_text="New versions of articles known by their address."
                    ),
                ),
                ("unchanged", models.PositiveIntegerField(default=0)),
                (
                    "to_extract",
                    models.PositiveIntegerField(default=0, help_text="Articles whose quotations it has to seek."),
                ),
                ("extracted", models.PositiveIntegerField(default=0, help_text="Those it has sought, found or not.")),
                (
                    "completed",
                    models.PositiveIntegerField(default=0, help_text="Of those, what an earlier run had left."),
                ),
                ("failed", models.PositiveIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Empty: a command on the server.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_runs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=1000)),
                ("reason", models.CharField(max_length=1000)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problems",
                        to="articles.importrun",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="formertext",
            name="import_run",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.importrun",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="import_run",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                help_text="Empty: it came in before runs were kept on record.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.importrun",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("url", ""), _negated=True), fields=["url"], name="article_at_url"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("extracted_with", "")), fields=["id"], name="article_pending"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("extraction_tries__gte", 2)), fields=["id"], name="article_set_aside"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["import_run", "id"], name="article_of_import"),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(fields=["by", "-id"], name="import_run_of_person"),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["state"], name="import_run_open"),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.UniqueConstraint(fields=("uid",), name="import_run_uid_unique"),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "running", "finished", "cancelled", "stopped"])),
                name="import_run_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state__in", ["waiting", "running"])),
                    models.Q(("ended_at__isnull", False), ("state__in", ["finished", "cancelled", "stopped"])),
                    _connector="OR",
                ),
                name="import_run_ended_with_time",
            ),
        ),
        migrations.AddIndex(
            model_name="importproblem",
            index=models.Index(fields=["run", "id"], name="import_problem_of_run"),
        ),
        migrations.AddIndex(
            model_name="formertext",
            index=models.Index(fields=["article", "id"], name="former_text_in_order"),
        ),
        migrations.AddIndex(
            model_name="formertext",
            index=models.Index(fields=["text_sha256"], name="former_text_digest"),
        ),
    ]
