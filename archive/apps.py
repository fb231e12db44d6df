"""The site: pages, data forms, exchange."""

from django.apps import AppConfig
from django.core import checks

from archive.checks import check_database_rules, check_guards


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "Site"

    def ready(self) -> None:
        checks.register(check_database_rules, checks.Tags.database)
        checks.register(check_guards, checks.Tags.database)
