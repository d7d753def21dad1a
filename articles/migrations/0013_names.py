"""The names that people read of records and fields, and their help: written out, so that they can be translated.

Nothing of it is in the tables.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_analysis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="act",
            options={"ordering": ["-id"], "verbose_name": "act", "verbose_name_plural": "acts"},
        ),
        migrations.AlterModelOptions(
            name="alias",
            options={"ordering": ["name"], "verbose_name": "alias", "verbose_name_plural": "aliases"},
        ),
        migrations.AlterModelOptions(
            name="analysis",
            options={"verbose_name": "analysis", "verbose_name_plural": "analyses"},
        ),
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ["-dated", "-id"],
                "permissions": [("use_admin", "Can use the admin")],
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
        ),
        migrations.AlterModelOptions(
            name="change",
            options={"ordering": ["act_id", "id"], "verbose_name": "change", "verbose_name_plural": "changes"},
        ),
        migrations.AlterModelOptions(
            name="formertext",
            options={
                "ordering": ["article_id", "id"],
                "verbose_name": "former text",
                "verbose_name_plural": "former texts",
            },
        ),
        migrations.AlterModelOptions(
            name="importproblem",
            options={"ordering": ["id"], "verbose_name": "import problem", "verbose_name_plural": "import problems"},
        ),
        migrations.AlterModelOptions(
            name="importrun",
            options={
                "ordering": ["-id"],
                "permissions": [("import_articles", "Can import articles in the browser")],
                "verbose_name": "import run",
                "verbose_name_plural": "import runs",
            },
        ),
        migrations.AlterModelOptions(
            name="keyofcopy",
            options={"verbose_name": "key of copy", "verbose_name_plural": "keys of copies"},
        ),
        migrations.AlterModelOptions(
            name="outlet",
            options={"ordering": ["name"], "verbose_name": "outlet", "verbose_name_plural": "outlets"},
        ),
        migrations.AlterModelOptions(
            name="presence",
            options={"verbose_name": "presence", "verbose_name_plural": "presences"},
        ),
        migrations.AlterModelOptions(
            name="quotation",
            options={
                "ordering": ["article_id", "start", "id"],
                "permissions": [("correct_quotation", "Can correct quotations")],
                "verbose_name": "quotation",
                "verbose_name_plural": "quotations",
            },
        ),
        migrations.AlterModelOptions(
            name="signatureoftext",
            options={"verbose_name": "signature of text", "verbose_name_plural": "signatures of texts"},
        ),
        migrations.AlterModelOptions(
            name="speaker",
            options={"ordering": ["name", "qualifier"], "verbose_name": "speaker", "verbose_name_plural": "speakers"},
        ),
        migrations.AlterModelOptions(
            name="story",
            options={"ordering": ["id"], "verbose_name": "story", "verbose_name_plural": "stories"},
        ),
        migrations.AlterModelOptions(
            name="watchedfile",
            options={"ordering": ["-id"], "verbose_name": "watched file", "verbose_name_plural": "watched files"},
        ),
        migrations.AlterField(
            model_name="act",
            name="article",
            field=models.ForeignKey(
                blank=True,
                help_text="Where it happened, if in one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="act",
            name="at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="at"),
        ),
        migrations.AlterField(
            model_name="act",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AlterField(
            model_name="act",
            name="note",
            field=models.CharField(blank=True, max_length=500, verbose_name="note"),
        ),
        migrations.AlterField(
            model_name="act",
            name="undoes",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undone_by",
                to="articles.act",
                verbose_name="undoes",
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
        migrations.AlterField(
            model_name="article",
            name="byline",
            field=models.CharField(blank=True, max_length=300, verbose_name="byline"),
        ),
        migrations.AlterField(
            model_name="article",
            name="encoding",
            field=models.CharField(blank=True, editable=False, max_length=50, verbose_name="encoding"),
        ),
        migrations.AlterField(
            model_name="article",
            name="extraction_failure",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Why the last try failed.",
                max_length=300,
                verbose_name="extraction failure",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="extraction_tries",
            field=models.PositiveSmallIntegerField(
                default=0,
                editable=False,
                help_text="Failed ones since quotations were last found.",
                verbose_name="extraction tries",
            ),
        ),
        migrations.AlterField(
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
                verbose_name="import run",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="imported_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="imported at"),
        ),
        migrations.AlterField(
            model_name="article",
            name="language",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="ISO 639-1; empty where it could not be told.",
                max_length=3,
                verbose_name="language",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="licence",
            field=models.CharField(
                blank=True,
                help_text="The licence line, as it stands in the text.",
                max_length=500,
                verbose_name="licence",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="needs_second_look",
            field=models.BooleanField(db_default=False, default=False, verbose_name="needs second look"),
        ),
        migrations.AlterField(
            model_name="article",
            name="outlet",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.outlet",
                verbose_name="outlet",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="place",
            field=models.CharField(
                blank=True, help_text="From the dateline: where it was written.", max_length=100, verbose_name="place"
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="published_on",
            field=models.DateField(blank=True, null=True, verbose_name="published on"),
        ),
        migrations.AlterField(
            model_name="article",
            name="reviewed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reviewed at"),
        ),
        migrations.AlterField(
            model_name="article",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                help_text="Who has gone through its quotations.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviewed_articles",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reviewed by",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="second_look_note",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="What to look at.",
                max_length=500,
                verbose_name="second look note",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="source_name",
            field=models.CharField(blank=True, editable=False, max_length=1000, verbose_name="source name"),
        ),
        migrations.AlterField(
            model_name="article",
            name="story",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                help_text="Empty: no near-copy of it is known.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.story",
                verbose_name="story",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="text",
            field=models.TextField(editable=False, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="article",
            name="title",
            field=models.CharField(max_length=500, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="change",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="articles.act",
                verbose_name="act",
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="outlet",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="articles.outlet",
                verbose_name="outlet",
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="quotation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="articles.quotation",
                verbose_name="quotation",
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="speaker",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="articles.speaker",
                verbose_name="speaker",
            ),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="act",
            field=models.OneToOneField(
                blank=True,
                help_text="The correction that replaced it. Empty: a new version came in.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_text",
                to="articles.act",
                verbose_name="act",
            ),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_texts",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="byline",
            field=models.CharField(blank=True, max_length=300, verbose_name="byline"),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="encoding",
            field=models.CharField(blank=True, max_length=50, verbose_name="encoding"),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="import_run",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.importrun",
                verbose_name="import run",
            ),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="imported_at",
            field=models.DateTimeField(help_text="When this text came in.", verbose_name="imported at"),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="published_on",
            field=models.DateField(blank=True, null=True, verbose_name="published on"),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="replaced_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="replaced at"),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="source_name",
            field=models.CharField(blank=True, max_length=1000, verbose_name="source name"),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="text",
            field=models.TextField(editable=False, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="formertext",
            name="title",
            field=models.CharField(max_length=500, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="importproblem",
            name="reason",
            field=models.CharField(max_length=1000, verbose_name="reason"),
        ),
        migrations.AlterField(
            model_name="importproblem",
            name="run",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="problems",
                to="articles.importrun",
                verbose_name="run",
            ),
        ),
        migrations.AlterField(
            model_name="importproblem",
            name="source",
            field=models.CharField(max_length=1000, verbose_name="source"),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="added",
            field=models.PositiveIntegerField(default=0, verbose_name="added"),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="began_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="began at"),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Empty: a command on the server.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="import_runs",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="completed",
            field=models.PositiveIntegerField(
                default=0, help_text="Of those, what an earlier run had left.", verbose_name="completed"
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ended at"),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="extracted",
            field=models.PositiveIntegerField(
                default=0, help_text="Those it has sought, found or not.", verbose_name="extracted"
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="failed",
            field=models.PositiveIntegerField(default=0, verbose_name="failed"),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="given",
            field=models.JSONField(
                default=list, help_text="The paths or file names, as they were given.", verbose_name="given"
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="inputs",
            field=models.PositiveIntegerField(
                blank=True, help_text="Empty: not counted.", null=True, verbose_name="inputs"
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="inputs_read",
            field=models.PositiveIntegerField(default=0, verbose_name="inputs read"),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="mapping",
            field=models.JSONField(
                blank=True, default=dict, help_text="Columns or keys by an article's fields.", verbose_name="mapping"
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="process",
            field=models.CharField(
                blank=True,
                help_text="Host and number of the process that runs it.",
                max_length=200,
                verbose_name="process",
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="seen_at",
            field=models.DateTimeField(
                auto_now_add=True, help_text="When its process last said that it goes on.", verbose_name="seen at"
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="started_at",
            field=models.DateTimeField(
                blank=True, help_text="When its turn came, for the last time.", null=True, verbose_name="started at"
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="state",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="importrun",
            name="to_extract",
            field=models.PositiveIntegerField(
                default=0, help_text="Articles whose quotations it has to seek.", verbose_name="to extract"
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="uid"),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="unchanged",
            field=models.PositiveIntegerField(default=0, verbose_name="unchanged"),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="updated",
            field=models.PositiveIntegerField(
                default=0, help_text="New versions of articles known by their address.", verbose_name="updated"
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="why",
            field=models.CharField(blank=True, help_text="Why it ended early.", max_length=500, verbose_name="why"),
        ),
        migrations.AlterField(
            model_name="outlet",
            name="homepage",
            field=models.URLField(blank=True, verbose_name="homepage"),
        ),
        migrations.AlterField(
            model_name="outlet",
            name="name",
            field=models.CharField(max_length=200, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quotations",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="confidence",
            field=models.FloatField(
                blank=True, help_text="The pipeline's certainty, 0 to 1.", null=True, verbose_name="confidence"
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="content",
            field=models.TextField(verbose_name="content"),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="cue",
            field=models.TextField(blank=True, verbose_name="cue"),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="cue_end",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="cue end"),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="cue_start",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="cue start"),
        ),
        migrations.AlterField(
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
                verbose_name="former text",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="kind",
            field=models.CharField(
                choices=[("direct", "direct"), ("mixed", "mixed"), ("indirect", "indirect")],
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="mention",
            field=models.TextField(blank=True, verbose_name="mention"),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="mention_end",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="mention end"),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="mention_start",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="mention start"),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="note",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="What somebody wants said.",
                max_length=1000,
                verbose_name="note",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="origin",
            field=models.CharField(
                choices=[("machine", "machine"), ("person", "person"), ("imported", "imported")],
                default="machine",
                max_length=8,
                verbose_name="origin",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="settled_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="settled at"),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="settled_quotations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="settled by",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="spans",
            field=models.JSONField(
                default=list,
                help_text="[[start, end], …] in code points of the article's text.",
                verbose_name="spans",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="speaker",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quotations",
                to="articles.speaker",
                verbose_name="speaker",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="state",
            field=models.CharField(
                choices=[("suggested", "suggested"), ("accepted", "accepted"), ("rejected", "rejected")],
                default="suggested",
                max_length=9,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="uid"),
        ),
        migrations.AlterField(
            model_name="speaker",
            name="kind",
            field=models.CharField(
                choices=[("person", "person"), ("body", "body")], default="person", max_length=10, verbose_name="kind"
            ),
        ),
        migrations.AlterField(
            model_name="speaker",
            name="name",
            field=models.CharField(max_length=200, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="speaker",
            name="qualifier",
            field=models.CharField(
                blank=True,
                help_text="Tells two of one name apart: “footballer”.",
                max_length=100,
                verbose_name="qualifier",
            ),
        ),
        migrations.AlterField(
            model_name="speaker",
            name="role",
            field=models.CharField(
                blank=True, help_text="As “Minister of Fisheries”.", max_length=200, verbose_name="role"
            ),
        ),
        migrations.AlterField(
            model_name="watchedfile",
            name="path",
            field=models.CharField(help_text="Its end, where it is longer.", max_length=1000, verbose_name="path"),
        ),
        migrations.AlterField(
            model_name="watchedfile",
            name="size",
            field=models.BigIntegerField(help_text="In bytes.", verbose_name="size"),
        ),
        migrations.AlterField(
            model_name="watchedfile",
            name="taken_at",
            field=models.DateTimeField(auto_now=True, verbose_name="taken at"),
        ),
    ]
