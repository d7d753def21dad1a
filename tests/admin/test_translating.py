"""What the admin calls its lists, columns and fields can be said in another language, and is unchanged in English."""

import pytest
from django.contrib.admin import site
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.contrib.auth.models import Permission, User
from django.test import RequestFactory
from django.utils.functional import Promise

from articles.admin.users import permission_name

OURS = {model._meta.model_name: model for model in site._registry if model._meta.app_label == "articles"}


@pytest.mark.parametrize("model", OURS)
def test_every_name_is_made_when_it_is_shown(rf: RequestFactory, model: str):
    admin, opts = site._registry[OURS[model]], OURS[model]._meta
    request = rf.get("/admin/")
    request.user = User(is_superuser=True)
    # These two are fields of forms alone.
    shown = {*admin.get_list_display(request), *flatten_fieldsets(admin.get_fieldsets(request))}
    names = {name: label_for_field(name, OURS[model], admin) for name in shown - {"seen_version", "aliases"}}
    assert {name: label for name, label in names.items() if not isinstance(label, Promise)} == {}
    assert isinstance(opts.verbose_name, Promise) and isinstance(opts.verbose_name_plural, Promise)


@pytest.mark.django_db
def test_permissions_are_called_as_they_are_stored():
    for permission in Permission.objects.exclude(content_type__app_label="procrastinate"):
        assert permission_name(permission) == permission.name
