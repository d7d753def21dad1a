from django.urls import path, re_path

from .api.serving import serve
from .views import (
    api,
    browse,
    correcting,
    exporting,
    history,
    home,
    importing,
    joining,
    marking,
    news,
    permalinks,
    pictures,
    quotations,
    reading,
    searches,
    settling,
    speakers,
    stories,
    versions,
    webhooks,
)

app_name = "articles"

urlpatterns = [
    # Home
    path("", home.home, name="home"),
    path("samples/", home.bring_samples, name="bring_samples"),
    # Articles: list and reading page
    path("articles/", browse.article_list, name="list"),
    path("articles/facets/", browse.article_facets, name="facets"),
    path("articles/<int:pk>/", reading.read_article, name="read"),
    path("articles/<int:pk>/news/", news.news, name="news"),
    path("articles/<int:pk>/next/", reading.next_article, name="next"),
    path("articles/<int:pk>/versions/<int:former>/", versions.read_version, name="version"),
    # Quotations: list and permalink
    path("quotations/", quotations.quotation_list, name="quotations"),
    path("quotations/facets/", quotations.quotation_facets, name="quotation_facets"),
    path("quotations/<uuid:uid>/", permalinks.quotation, name="quotation"),
    path("quotations/<uuid:uid>/cite.<slug:suffix>", permalinks.citation_file, name="citation_file"),
    # Quotations: one correction each
    path("quotations/<uuid:uid>/accept/", correcting.accept, name="accept"),
    path("quotations/<uuid:uid>/reject/", correcting.reject, name="reject"),
    path("quotations/<uuid:uid>/reopen/", correcting.reopen, name="reopen"),
    path("quotations/<uuid:uid>/speaker/", correcting.change_speaker, name="change_speaker"),
    path("quotations/<uuid:uid>/edit/", marking.edit, name="edit"),
    path("quotations/<uuid:uid>/split/", marking.split, name="split"),
    path("quotations/<uuid:uid>/merge/", marking.merge, name="merge"),
    path("quotations/<uuid:uid>/duplicate/", marking.duplicate, name="duplicate"),
    path("articles/<int:pk>/quotations/", marking.add, name="add"),
    # Settling an article
    path("articles/<int:pk>/settle/", settling.settle, name="settle"),
    path("articles/<int:pk>/review/", settling.review, name="review"),
    path("articles/<int:pk>/flag/", settling.flag, name="flag"),
    path("articles/<int:pk>/text/", settling.correct_text, name="correct_text"),
    path("articles/<int:pk>/reopen/", settling.reopen, name="reopen_article"),
    # History
    path("quotations/<uuid:uid>/history/", history.quotation_history, name="quotation_history"),
    path("articles/<int:pk>/history/", history.article_history, name="article_history"),
    path("speakers/<int:pk>/history/", history.speaker_history, name="speaker_history"),
    path("history/<str:kind>/<int:pk>/restore/", history.restore, name="restore"),
    # Taking an act back
    path("acts/<uuid:uid>/undo/", correcting.undo, name="undo"),
    path("acts/<uuid:uid>/redo/", correcting.redo, name="redo"),
    # Stories
    path("stories/", stories.story_list, name="stories"),
    path("stories/<int:pk>/", stories.story, name="story"),
    # Saved searches
    path("searches/", searches.saved_searches, name="saved_searches"),
    path("searches/save/", searches.save_search, name="save_search"),
    path("searches/<uuid:uid>/", searches.saved_search, name="saved_search"),
    path("searches/<uuid:uid>/new/", searches.new_results, name="new_results"),
    path("searches/<uuid:uid>/change/", searches.change_search, name="change_search"),
    path("searches/<uuid:uid>/feed/<uuid:key>/", searches.search_feed, name="search_feed"),
    # Pictures
    path("pictures/", pictures.all_pictures, name="pictures"),
    path("pictures/facets/", pictures.picture_facets, name="picture_facets"),
    path("pictures/<slug:name>/", pictures.picture, name="picture"),
    path("pictures/<slug:name>.csv", pictures.picture_as_csv, name="picture_csv"),
    # Imports
    path("import/", importing.import_page, name="import"),
    path("import/<uuid:uid>/", importing.import_run, name="import_run"),
    path("import/<uuid:uid>/articles/", importing.import_articles, name="import_articles"),
    path("import/<uuid:uid>/cancel/", importing.cancel, name="cancel_import"),
    path("import/<uuid:uid>/go-on/", importing.go_on, name="go_on_import"),
    # Exports
    path("exports/", exporting.exports, name="exports"),
    path("exports/new/", exporting.new_export, name="new_export"),
    path("exports/<uuid:uid>/", exporting.export_run, name="export_run"),
    path("exports/<uuid:uid>/file/", exporting.download, name="download_export"),
    path("exports/<uuid:uid>/cancel/", exporting.cancel, name="cancel_export"),
    path("exports/<uuid:uid>/go-on/", exporting.go_on, name="go_on_export"),
    # Speakers
    path("speakers/", speakers.speaker_list, name="speakers"),
    path("speakers/names/", reading.speaker_names, name="speaker_names"),
    path("speakers/<int:pk>/", speakers.speaker, name="speaker"),
    path("speakers/<int:pk>/edit/", speakers.edit_speaker, name="edit_speaker"),
    path("quotations/<uuid:uid>/candidates/", speakers.possible_speakers, name="possible_speakers"),
    # The API: its reference, its resources, and the tokens for it
    path("api/", api.reference, name="api"),
    re_path(r"^api/v1/(?P<rest>.*)$", serve, name="api_v1"),
    path("tokens/", api.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", api.revoke, name="revoke_token"),
    # Merging and splitting them
    path("speakers/<int:pk>/merge/", joining.merge, name="merge_speakers"),
    path("speakers/<int:pk>/split/", joining.split, name="split_speaker"),
    path("speakers/acts/<uuid:uid>/undo/", joining.undo, name="undo_speakers"),
    path("speakers/duplicates/", joining.duplicates, name="duplicates"),
    path("speakers/duplicates/<int:pk>/", joining.compare, name="compare_speakers"),
    path("speakers/duplicates/<int:pk>/different/", joining.tell_apart, name="tell_apart"),
    # Webhooks
    path("webhooks/", webhooks.webhook_list, name="webhooks"),
    path("webhooks/add/", webhooks.add, name="add_webhook"),
    path("webhooks/<uuid:uid>/", webhooks.webhook, name="webhook"),
    path("webhooks/<uuid:uid>/edit/", webhooks.edit, name="edit_webhook"),
    path("webhooks/<uuid:uid>/change/", webhooks.change, name="change_webhook"),
    path("webhooks/<uuid:uid>/test/", webhooks.send_test, name="test_webhook"),
    path("webhooks/<uuid:uid>/secret/", webhooks.secret, name="webhook_secret"),
    path("webhooks/<uuid:uid>/deliveries/<uuid:delivery>/", webhooks.told, name="webhook_told"),
    path("webhooks/<uuid:uid>/deliveries/<uuid:delivery>/again/", webhooks.send_again, name="send_again"),
]
