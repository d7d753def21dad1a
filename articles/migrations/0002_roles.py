"""The three roles as groups: viewer (reads), analyst (corrects), editor (admin, speakers, users)."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

VIEWER = [
    "articles.view_act",
    "articles.view_alias",
    "articles.view_article",
    "articles.view_change",
    "articles.view_outlet",
    "articles.view_quotation",
    "articles.view_speaker",
]
ANALYST = [*VIEWER, "articles.correct_quotation"]
EDITOR = [
    *ANALYST,
    "articles.use_admin",
    "articles.change_article",
    "articles.change_quotation",
    *(f"articles.{act}_{model}" for model in ("outlet", "speaker") for act in ("add", "change")),
    *(f"auth.{act}_user" for act in ("view", "add", "change")),
    "auth.view_group",
]
ROLES = {"viewer": VIEWER, "analyst": ANALYST, "editor": EDITOR}


def make_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Permissions are otherwise made only after the last migration has run; create_permissions passes over apps
    # without a models module, which those of a migration's state lack.
    for label in ("articles", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True  # type: ignore[assignment]
        create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for role, names in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        for name in names:
            label, codename = name.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))


def drop_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_tables"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, drop_roles)]
