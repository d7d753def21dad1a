from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_saved_searches"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("needs_second_look", True)), fields=["-dated", "-id"], name="article_flagged"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("story__isnull", False)), fields=["-dated", "-id"], name="article_newest_in_story"
            ),
        ),
    ]
