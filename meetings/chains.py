"""How a commitment was taken up through the years."""

from __future__ import annotations

from collections import defaultdict

from django.db import connection

from meetings.models import Commitment, CommitmentLink
from registry.models import State

LONGEST = 12
MOST = 200

REACHED = """
WITH RECURSIVE reached(pid, depth) AS (
    SELECT CAST(%s AS varchar(8)), 0
    UNION
    SELECT CASE WHEN link.commitment_id = reached.pid THEN link.target_id ELSE link.commitment_id END,
           reached.depth + 1
    FROM reached
    JOIN meetings_commitmentlink AS link
      ON link.commitment_id = reached.pid OR link.target_id = reached.pid
    WHERE reached.depth < %s
)
SELECT DISTINCT pid FROM reached LIMIT %s
"""


class CommitmentChain:
    """Every public commitment connected with this one by links, oldest first; three queries.

    `steps` are (commitment, links from it to earlier ones); `gaps` the years between first and last
    in which nothing of the chain was said.
    """

    def __init__(self, pid: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(REACHED, [pid, LONGEST, MOST])
            connected = [row[0] for row in cursor.fetchall()]
        commitments = list(Commitment.objects.public().filter(pk__in=connected).for_list().oldest_first())
        links: dict[str, list[CommitmentLink]] = defaultdict(list)
        for link in CommitmentLink.objects.filter(
            commitment__in=commitments, target__in=commitments, target__pid__state=State.PUBLIC
        ).select_related("target__pid"):
            links[link.commitment_id].append(link)
        self.steps = [(commitment, links[commitment.pk]) for commitment in commitments]

    def __len__(self) -> int:
        return len(self.steps)

    def gaps(self) -> list[int]:
        years = [
            int(commitment.meeting.start[:4])
            for commitment, _links in self.steps
            if commitment.meeting and commitment.meeting.start
        ]
        return [year for year in range(min(years), max(years)) if year not in years] if years else []
