"""What people did, in words that stand by themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0025_why_and_site"),
    ]

    operations = [
        migrations.AlterField(
            model_name="act",
            name="verb",
            field=models.CharField(
                choices=[
                    ("accept", "accepted"),
                    ("reject", "rejected"),
                    ("reopen", "reopened"),
                    ("speaker", "changed the speaker"),
                    ("edit", "edited"),
                    ("create", "added"),
                    ("split", "split"),
                    ("merge", "merged"),
                    ("join", "merged the speaker"),
                    ("part", "split the speaker"),
                    ("restore", "restored an earlier version"),
                    ("review", "reviewed"),
                    ("flag", "asked for a second look"),
                    ("text", "corrected the text"),
                    ("undo", "undid a change"),
                    ("redo", "did a change again"),
                ],
                max_length=10,
                verbose_name="verb",
            ),
        ),
    ]
