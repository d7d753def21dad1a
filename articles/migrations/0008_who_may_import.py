"""Analysts and editors import in the browser; editors see all imports in the admin."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GIVEN = {
    "analyst": ["import_articles"],
    "editor": ["import_articles", "view_importrun", "view_importproblem", "view_watchedfile"],
}


def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # As in 0002: permissions are otherwise made only after the last migration has run.
    config = apps.get_app_config("articles")
    config.models_module = True  # type: ignore[assignment]
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    config.models_module = None
    for group, permissions in _given(apps):
        group.permissions.add(*permissions)


def take_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group, permissions in _given(apps):
        group.permissions.remove(*permissions)


def _given(apps: Apps):  # type: ignore[no-untyped-def]
    """Each role that is there, with the permissions that this migration is about."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for group in Group.objects.filter(name__in=GIVEN):
        names = GIVEN[group.name]
        yield group, Permission.objects.filter(content_type__app_label="articles", codename__in=names)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_watched_files")]

    operations = [migrations.RunPython(give, take_back)]
