"""Who took back that two speakers are not the same, beside who had said so."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_lengths"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="possibleduplicate",
            name="duplicate_decided_with_time",
        ),
        migrations.AddField(
            model_name="possibleduplicate",
            name="offered_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="possibleduplicate",
            name="offered_by",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="Who took back last that they are not the same.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="possibleduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("is_different", False)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("is_different", True)),
                    models.Q(
                        ("decided_at__isnull", False), ("decided_by__isnull", False), ("offered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="duplicate_decided_with_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="possibleduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("offered_at", None), ("offered_by", None)),
                    models.Q(
                        ("decided_at__isnull", False), ("offered_at__isnull", False), ("offered_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="duplicate_offered_with_time",
            ),
        ),
    ]
