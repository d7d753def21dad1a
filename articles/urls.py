from django.urls import path

from .views import browse, correcting, importing, reading, stories, versions

app_name = "articles"

urlpatterns = [
    # Articles: list and reading page
    path("", browse.article_list, name="list"),
    path("articles/<int:pk>/", reading.read_article, name="read"),
    path("articles/<int:pk>/versions/<int:former>/", versions.read_version, name="version"),
    # Quotations: one correction each
    path("quotations/<uuid:uid>/accept/", correcting.accept, name="accept"),
    path("quotations/<uuid:uid>/reject/", correcting.reject, name="reject"),
    path("quotations/<uuid:uid>/reopen/", correcting.reopen, name="reopen"),
    path("quotations/<uuid:uid>/speaker/", correcting.change_speaker, name="change_speaker"),
    path("acts/<uuid:uid>/undo/", correcting.undo, name="undo"),
    # Stories
    path("stories/<int:pk>/", stories.story, name="story"),
    # Imports
    path("import/", importing.import_page, name="import"),
    path("import/<uuid:uid>/", importing.import_run, name="import_run"),
    path("import/<uuid:uid>/articles/", importing.import_articles, name="import_articles"),
    path("import/<uuid:uid>/cancel/", importing.cancel, name="cancel_import"),
    path("import/<uuid:uid>/go-on/", importing.go_on, name="go_on_import"),
    # Speakers
    path("speakers/names/", reading.speaker_names, name="speaker_names"),
]
