from django.db import migrations, models
from django.db.models import F, Q

from articles.querysets.lengths import Band


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_speakers")]

    operations = [
        migrations.AddIndex(
            model_name="quotation",
            index=models.Index(
                *(Band("content"), F("dated").desc(), F("id").desc(), F("kind")),
                condition=Q(("is_listed", True)),
                name="quotation_of_length",
            ),
        ),
    ]
