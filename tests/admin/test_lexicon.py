"""Editing the lexicon of verbs in the admin: what changes there and its edition stand or fall together."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from archive.models import LexiconEdition, LexiconVerb, VerbFamily, VerbForms

pytestmark = pytest.mark.django_db


def deleted(editor: Client, model: str, pk: Any) -> Any:
    data = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    return editor.post(reverse(f"admin:archive_{model}_changelist"), data)


def test_verbs_deleted_together_make_one_edition(editor: Client) -> None:
    verb, before = LexiconVerb.objects.order_by("pk")[0], LexiconEdition.objects.count()
    assert deleted(editor, "lexiconverb", verb.pk).status_code == 302
    assert not LexiconVerb.objects.filter(pk=verb.pk).exists()
    assert LexiconEdition.objects.count() == before + 1


def test_where_no_edition_comes_of_it_nothing_is_deleted(editor: Client, monkeypatch: Any) -> None:
    def refuse(_by: Any) -> bool:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("archive.admin_lexicon.publish_lexicon", refuse)
    verb = LexiconVerb.objects.order_by("pk")[0]
    family = VerbFamily.objects.create(key="spare", name="Spare", meaning="None.", number=99)
    forms = VerbForms.objects.filter(verb=verb).count()
    for model, pk in (("lexiconverb", verb.pk), ("verbfamily", family.pk)):
        with pytest.raises(RuntimeError, match="the disk is full"):
            deleted(editor, model, pk)
    assert LexiconVerb.objects.filter(pk=verb.pk).exists()
    assert VerbForms.objects.filter(verb=verb).count() == forms > 0
    assert VerbFamily.objects.filter(pk=family.pk).exists()


def test_what_came_to_rest_on_it_meanwhile_keeps_all_of_it(editor: Client, monkeypatch: Any) -> None:
    """As where a verb is given to the family after the page that asks to confirm was checked."""
    spare = VerbFamily.objects.create(key="spare", name="Spare", meaning="None.", number=99)
    held = LexiconVerb.objects.get(key="reaffirmed").family
    monkeypatch.setattr(
        "archive.admin_lexicon.VerbFamilyAdmin.get_deleted_objects", lambda *_: ([], {}, set(), [])
    )
    before = LogEntry.objects.count(), LexiconEdition.objects.count()
    data = {"action": "delete_selected", "_selected_action": [spare.pk, held.pk], "post": "yes"}
    said = editor.post(reverse("admin:archive_verbfamily_changelist"), data, follow=True).content.decode()
    assert "Nothing was deleted: “" in said
    assert "“reaffirms”" in said
    assert VerbFamily.objects.filter(pk__in=[spare.pk, held.pk]).count() == 2
    assert (LogEntry.objects.count(), LexiconEdition.objects.count()) == before
