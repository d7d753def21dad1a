"""Searches that are kept under a name, and what was seen of them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "of",
                    models.CharField(
                        choices=[("articles", "articles"), ("quotations", "quotations")],
                        max_length=10,
                        verbose_name="of",
                    ),
                ),
                ("query", models.CharField(max_length=4000)),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared")),
                (
                    "feed_key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, help_text="Whoever knows it reads the feed."
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("is_removed", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="SeenResults",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("newest", models.PositiveBigIntegerField()),
                ("seen_at", models.DateTimeField(auto_now=True)),
                (
                    "search",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="articles.savedsearch",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "seen results",
                "verbose_name_plural": "seen results",
            },
        ),
        migrations.AddIndex(
            model_name="savedsearch",
            index=models.Index(fields=["by", "name"], name="saved_search_of_person"),
        ),
        migrations.AddIndex(
            model_name="savedsearch",
            index=models.Index(condition=models.Q(("is_shared", True)), fields=["name"], name="saved_search_shared"),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(fields=("uid",), name="saved_search_uid_unique"),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("of__in", ["articles", "quotations"])), name="saved_search_of_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="seenresults",
            constraint=models.UniqueConstraint(fields=("search", "user"), name="seen_results_once"),
        ),
    ]
