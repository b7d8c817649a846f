"""What a service knows of a paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of an entry, without its category, and what the service sorts the paper under.

    `archive_class` is one of arXiv's, such as `cs.CL`, or empty; `remarks` are for the maintainer
    to judge.
    """

    fields: dict[str, Any]
    archive_class: str = ""
    remarks: list[str] = field(default_factory=list)
