"""The authority file: speakers that were merged, how names sound, Wikidata, and pairs that may be one."""

import django.core.validators
import django.db.models.deletion
import django.db.models.lookups
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles import bulk
from articles.models.sounds import sound_of

CHUNK = 5000


def hear(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in how the names sound that are there."""
    for model in (apps.get_model("articles", "Speaker"), apps.get_model("articles", "Alias")):
        last = 0
        while rows := list(model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "key")[:CHUNK]):
            bulk.update(model, ["sound"], ((sound_of(key), pk) for pk, key in rows))
            last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_home_and_stories"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PossibleDuplicate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField(help_text="How certain it is that they are one, 0 to 1.")),
                ("why", models.JSONField(default=list, help_text="What speaks for it: codes of articles.likeness.")),
                (
                    "is_different",
                    models.BooleanField(default=False, help_text="Somebody has said that they are not the same."),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "possible duplicate",
                "verbose_name_plural": "possible duplicates",
                "ordering": ["-score", "id"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="alias",
            name="sound",
            field=models.CharField(
                db_default="", default="", editable=False, help_text="How the surname sounds.", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                help_text="Who has all its quotations and names now; it leads on to them.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="articles.speaker",
                verbose_name="merged into",
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="sound",
            field=models.CharField(
                db_default="", default="", editable=False, help_text="How the surname sounds.", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="speaker",
            name="wikidata_id",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="The id of this person or body there, as Q42.",
                max_length=16,
                validators=[
                    django.core.validators.RegexValidator(
                        "^Q[1-9][0-9]{0,14}\\Z", "A Wikidata id is a Q and a number, as Q42."
                    )
                ],
                verbose_name="Wikidata",
            ),
        ),
        migrations.AlterField(
            model_name="act",
            name="verb",
            field=models.CharField(
                choices=[
                    ("accept", "accepted"),
                    ("reject", "rejected"),
                    ("reopen", "reopened"),
                    ("speaker", "changed the speaker of"),
                    ("edit", "edited"),
                    ("create", "added"),
                    ("split", "split"),
                    ("merge", "merged"),
                    ("join", "merged the speaker"),
                    ("part", "split the speaker"),
                    ("restore", "restored an earlier version of"),
                    ("review", "reviewed"),
                    ("flag", "asked for a second look at"),
                    ("text", "corrected the text of"),
                    ("undo", "undid a change to"),
                    ("redo", "did again a change to"),
                ],
                max_length=10,
                verbose_name="verb",
            ),
        ),
        migrations.AddIndex(
            model_name="alias",
            index=models.Index(fields=["sound"], name="alias_sound"),
        ),
        migrations.AddIndex(
            model_name="speaker",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="speaker_merged"
            ),
        ),
        migrations.AddIndex(
            model_name="speaker",
            index=models.Index(fields=["sound"], name="speaker_sound"),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wikidata_id", ""),
                    models.Q(
                        django.db.models.lookups.Exact(
                            models.Func(
                                models.F("wikidata_id"),
                                models.Value("0123456789"),
                                function="rtrim",
                                output_field=models.CharField(),
                            ),
                            models.Value("Q"),
                        ),
                        models.Q(("wikidata_id", "Q"), _negated=True),
                        models.Q(("wikidata_id__startswith", "Q0"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="speaker_wikidata_id_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("is_hidden", True), models.Q(("merged_into", models.F("id")), _negated=True)),
                    _connector="OR",
                ),
                name="speaker_merged_is_hidden",
            ),
        ),
        migrations.AddField(
            model_name="possibleduplicate",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="possibleduplicate",
            name="first",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.speaker"
            ),
        ),
        migrations.AddField(
            model_name="possibleduplicate",
            name="second",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.speaker"
            ),
        ),
        migrations.AddIndex(
            model_name="possibleduplicate",
            index=models.Index(fields=["is_different", "-score", "id"], name="duplicate_most_certain"),
        ),
        migrations.AddConstraint(
            model_name="possibleduplicate",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="duplicate_once_a_pair"),
        ),
        migrations.AddConstraint(
            model_name="possibleduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="duplicate_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="possibleduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__range", (0, 1))), name="duplicate_score_valid"
            ),
        ),
        migrations.AddConstraint(
            model_name="possibleduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("is_different", False)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("is_different", True)),
                    _connector="OR",
                ),
                name="duplicate_decided_with_time",
            ),
        ),
        migrations.RunPython(hear, migrations.RunPython.noop),
    ]
