"""What quotations repeat of their articles, so that lists are read from one index; search/index.py fills it in."""

import datetime

import django.db.models.deletion
from django.db import migrations, models

LISTED = models.Q(is_listed=True)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="quotation",
            name="dated",
            field=models.DateField(db_default=datetime.date(1, 1, 1), editable=False),
        ),
        migrations.AddField(
            model_name="quotation",
            name="is_listed",
            field=models.BooleanField(db_default=False, editable=False),
        ),
        migrations.AddField(
            model_name="quotation",
            name="outlet",
            field=models.ForeignKey(
                db_default=None,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quotations",
                to="articles.outlet",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(reviewed_by__isnull=False), fields=["-dated", "-id"], name="article_reviewed"
            ),
        ),
        migrations.AddIndex(
            model_name="quotation",
            index=models.Index(condition=LISTED, fields=["-dated", "-id"], name="quotation_newest"),
        ),
        migrations.AddIndex(
            model_name="quotation",
            index=models.Index(
                condition=LISTED,
                fields=["speaker", "-dated", "-id", "outlet", "kind", "state"],
                name="quotation_of_speaker",
            ),
        ),
        migrations.AddIndex(
            model_name="quotation",
            index=models.Index(
                condition=LISTED,
                fields=["outlet", "-dated", "-id", "speaker", "kind", "state"],
                name="quotation_of_outlet",
            ),
        ),
        migrations.AddIndex(
            model_name="quotation",
            index=models.Index(condition=LISTED, fields=["state", "-dated", "-id"], name="quotation_of_state"),
        ),
    ]
