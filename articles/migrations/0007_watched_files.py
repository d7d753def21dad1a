"""Files taken from watched folders, when an import was started, and the permission to import in the browser."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_intake"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="importrun",
            options={"ordering": ["-id"], "permissions": [("import_articles", "Can import articles in the browser")]},
        ),
        migrations.AddField(
            model_name="importrun",
            name="started_at",
            field=models.DateTimeField(blank=True, help_text="When its turn came, for the last time.", null=True),
        ),
        migrations.CreateModel(
            name="WatchedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, verbose_name="SHA-256 of the path")),
                ("path", models.CharField(help_text="Its end, where it is longer.", max_length=1000)),
                ("size", models.BigIntegerField(help_text="In bytes.")),
                ("mtime_ns", models.BigIntegerField(help_text="Nanoseconds since 1970.", verbose_name="modified")),
                ("taken_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [models.UniqueConstraint(fields=("key",), name="watched_file_key_unique")],
            },
        ),
    ]
