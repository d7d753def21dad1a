from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        from .search import index
        from .server_encoding import demand_unicode

        connection_created.connect(demand_unicode)
        connection_created.connect(index.teach)
        pre_migrate.connect(index.make_way, sender=self)
        post_migrate.connect(index.keep, sender=self)
