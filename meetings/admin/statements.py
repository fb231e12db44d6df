"""Entering a statement: what it is, its texts and their paragraphs."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meetings.admin.meetings import PartAdmin
from meetings.models import (
    Paragraph,
    Signature,
    Statement,
    StatementLocation,
    StatementMeeting,
    StatementTitle,
    Text,
)
from registry.admin import CorrectionForm, RecordAdmin
from registry.kit.text import split_paragraphs
from registry.models import Edition, Record


class StatementMeetingInline(admin.TabularInline):
    model = StatementMeeting
    extra = 0
    autocomplete_fields = ["meeting"]


class StatementTitleInline(admin.TabularInline):
    model = StatementTitle
    extra = 0


class StatementLocationInline(admin.TabularInline):
    model = StatementLocation
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    extra = 0


class SignatureInline(admin.TabularInline):
    model = Signature
    extra = 0
    autocomplete_fields = ["country"]


class TextForm(CorrectionForm):
    """A text in one language, which can be pasted whole."""

    pasted = forms.CharField(
        label=_("Paste the text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Paragraphs are told by empty lines and numbered p1, p2…; added after those that are there."
        ),
    )

    class Meta:
        model = Text
        fields = ("language", "kind", "read_in", "note", "certainty", "confidence", "sources")

    def save(self, commit: bool = True) -> Any:
        text = super().save(commit)
        if commit:
            add_paragraphs(text, self.cleaned_data.get("pasted") or "")
        return text


def add_paragraphs(text: Text, pasted: str) -> None:
    """Append the pasted paragraphs under keys that no edition of the statement has used."""
    number = max(text.paragraphs.values_list("number", flat=True), default=0)
    key = highest_key(text)
    for place, words in enumerate(split_paragraphs(pasted), 1):
        Paragraph.objects.create(text=text, number=number + place, key=f"p{key + place}", words=words)


def highest_key(text: Text) -> int:
    """The highest n of any paragraph key pn this text has or had."""
    keys = set(text.paragraphs.values_list("key", flat=True))
    for edition in Edition.objects.filter(pid=text.statement_id):
        for one in edition.data["texts"]:
            if one["segment"] == text.segment:
                keys.update(paragraph["key"] for paragraph in one["paragraphs"])
    return max((int(number) for key in keys for number in re.findall(r"^p([0-9]+)$", key)), default=0)


class TextInline(admin.StackedInline):
    model = Text
    form = TextForm
    fields = ("language", "kind", "read_in", "pasted", "note", "certainty", "confidence", "sources")
    extra = 0
    show_change_link = True
    autocomplete_fields = ["read_in", "sources"]


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    list_display = ["title_printed", "kind", "date", "dialogue", "issuer_state", "certainty", "state"]
    list_filter = ["kind", "issuer_state", "certainty", "dialogue"]
    search_fields = ["title_printed", "titles__text", "pid__path", "dialogue__name"]
    autocomplete_fields = ["dialogue", "issuers", "annex_of", "sources"]
    list_select_related = ["pid", "dialogue"]
    inlines = [
        StatementMeetingInline,
        TextInline,
        StatementTitleInline,
        StatementLocationInline,
        SignatureInline,
    ]


class ParagraphInline(admin.StackedInline):
    model = Paragraph
    extra = 0
    autocomplete_fields = ["topics"]


@admin.register(Text)
class TextAdmin(PartAdmin):
    form = TextForm

    def owner(self, obj: Any) -> Record:
        owner: Record = obj.statement
        return owner

    list_display = ["statement", "language", "kind"]
    search_fields = ["statement__title_printed"]
    autocomplete_fields = ["read_in", "sources"]
    list_select_related = ["statement"]
    inlines = [ParagraphInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Paragraph)
class ParagraphAdmin(PartAdmin):
    """For choosing a paragraph elsewhere."""

    list_display = ["key", "words", "text"]
    search_fields = ["key", "words", "text__statement__title_printed"]
    autocomplete_fields = ["topics"]
    list_select_related = ["text__statement"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
