"""Letters: a template whose first line is the subject, said in the language of who receives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import override

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Letter:
    """A template of plain text such as `accounts/mail/reset.txt`, and what fills it."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)

    def written_in(self, language: str) -> tuple[str, str]:
        """Return subject and body in a language."""
        with override(language):
            text = render_to_string(self.template, dict(self.context))
        subject, _, body = text.strip().partition("\n")
        return " ".join(subject.split()), body.strip() + "\n"
