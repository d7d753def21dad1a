"""Where an article comes from: what read it, of which bytes, and in which language it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_indexes_and_decisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="language",
            field=models.CharField(
                blank=True, editable=False, help_text="ISO 639-1; empty where it could not be told.", max_length=3
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="reader",
            field=models.CharField(
                blank=True, editable=False, help_text="What read it.", max_length=30, verbose_name="format"
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="source_sha256",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Of the bytes it was read from.",
                max_length=64,
                verbose_name="SHA-256 of the input",
            ),
        ),
    ]
