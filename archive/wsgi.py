"""The archive as a WSGI application."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

application = get_wsgi_application()

# Views are loaded now, not by the first reader, and what is loaded stays: the collector need not walk it for each page.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
