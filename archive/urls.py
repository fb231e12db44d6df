"""Addresses of the site; records answer for everything that no other room has taken."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
