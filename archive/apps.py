"""The site: pages, data forms, exchange."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "Site"

    def ready(self) -> None:
        autodiscover_modules("checks", "admin_lexicon", "receivers")
