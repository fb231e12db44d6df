"""A second web server on a hot standby of PostgreSQL answers readers as the first does, and refuses to store."""

from __future__ import annotations

import json
import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.postgres import primary_and_standby
from tests.served import MANAGE, environment, free_port, prepare, serving

READ = [
    "/",
    "/quad/",
    "/search/?q=maritime",
    "/search/?q=%22free+and+open%22&format=json",
    "/meetings/?format=csv",
    "/verify/?text=a+free+and+open+Indo-Pacific+that+is+inclusive+and+resilient",
    "/changes/?format=json",
    "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc",
    "/pictures/meets/",
    "/timemap/quad/",
]
DATED = re.compile("<responseDate>[^<]+")
"""When an answer of OAI-PMH was given."""
PUBLISH = """
from dialogues.models import Topic
from registry import verbs
made = Topic.objects.draft(slug="lighthouses", name="Lighthouses")
verbs.publish(made, by=None)
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], str, str]]:
    """The first server's environment, its address, and that of the server on the standby."""
    env = environment(tmp_path_factory.mktemp("primary"))

    def filled(url: str) -> None:
        env["DATABASE_URL"] = url
        prepare(env)

    with primary_and_standby(filled) as (_url, follows):
        reads = {**env, "DATABASE_URL": follows}
        with serving(env) as first, serving(reads, at=f"http://127.0.0.1:{free_port()}") as second:
            yield env, first, second


def asked(url: str, data: bytes | None = None, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


@pytest.mark.parametrize("path", READ)
def test_both_answer_readers_alike(both: tuple[dict[str, str], str, str], path: str) -> None:
    _env, first, second = both
    mine, theirs = asked(first + path), asked(second + path)
    assert mine[0] == 200
    assert [DATED.sub("", said) for said in theirs[1:]] == [DATED.sub("", said) for said in mine[1:]]
    assert theirs[0] == 200


def test_what_is_published_is_read_there_and_nothing_stale(both: tuple[dict[str, str], str, str]) -> None:
    env, _first, second = both
    for path in ("/topics/", "/search/?q=lighthouses&format=json"):
        assert "Lighthouses" not in asked(second + path)[1]
    subprocess.run([*MANAGE, "shell", "-v0", "-c", PUBLISH], env=env, check=True)
    deadline = time.monotonic() + 20
    while "Lighthouses" not in asked(f"{second}/topics/")[1] and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "Lighthouses" in asked(f"{second}/topics/")[1]
    assert json.loads(asked(f"{second}/search/?q=lighthouses&format=json")[1])["count"] == 1


def test_what_would_be_stored_is_refused(both: tuple[dict[str, str], str, str]) -> None:
    _env, first, second = both
    kept = urlencode({"text": "a free and open Indo-Pacific that is inclusive", "keep": "1"}).encode()
    status, page = asked(f"{second}/verify/", kept)
    assert status == 503
    assert "Nothing can be stored here" in page
    status, said = asked(f"{second}/verify/", kept, Accept="application/json")
    assert (status, json.loads(said)["title"]) == (503, "Nothing can be stored here")
    assert asked(f"{first}/verify/", kept)[0] == 200
