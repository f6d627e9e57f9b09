"""What all pages of the review tell: who decides, what was kept or refused just now, what was typed into a form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from dateline.serve.review.deciding import Form, is_of_event, last_line
from dateline.serve.review.state import State
from dateline.serve.review.who import AnyRequest, reviewer_of, user_of
from dateline.types import Decision


def common(
    request: AnyRequest, state: State, lines: Sequence[Decision], *, form: Form | None, refusal: str | None
) -> Mapping[str, Any]:
    """What all pages of the review show: who decides, what was kept or refused just now, what was typed."""
    reviewer = form.by if form else reviewer_of(request)
    done = lines[state.done - 1] if state.done is not None and state.done <= len(lines) else None
    return {
        "state": state,
        "reviewer": reviewer,
        "signed": user_of(request).name,
        "refusal": refusal,
        "typed": defaultdict(str, form.words if form else {}),
        "done": done,
        "done_is_of_event": done is not None and is_of_event(done),
        "last": last_line(lines, reviewer),
    }
