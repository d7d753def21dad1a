from django.db import migrations, models
from django.db.models import F, Q

from articles.querysets.counting import Lot


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_finding")]

    operations = [
        migrations.AddIndex(
            model_name="quotation",
            index=models.Index(
                *(Lot("id"), F("dated"), F("outlet"), F("speaker"), F("kind"), F("state"), F("id")),
                condition=Q(("is_listed", True)),
                name="quotation_lots",
            ),
        ),
        migrations.AddIndex(
            model_name="quotation",
            index=models.Index(
                *(Lot("article"), F("dated"), F("outlet"), F("speaker"), F("kind"), F("state"), F("article")),
                condition=Q(("is_listed", True)),
                name="quotation_article_lots",
            ),
        ),
    ]
