"""The golden form of a report: a line for each field a page gives, then a line for each passage."""

from __future__ import annotations

from dateline.types import Report


def golden(report: Report) -> str:
    fields = {
        "title": report.title,
        "publisher": report.publisher,
        "agency": report.agency,
        "byline": report.byline,
        "published": f"{report.published.start} ({report.published.basis})",
        "url": report.url,
        "language": report.language,
        **{f"credit {credit.role}": f"{credit.name}: {credit.quote}" for credit in report.credits},
    }
    head = [f"{name}: {value}" for name, value in fields.items()]
    body = [f"[{one.kind}] {report.text[one.start : one.end]}" for one in report.passages]
    return "\n".join([*head, "", *body]) + "\n"
