"""Answers of a model kept on disk, so that an unchanged text is not asked about twice."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from lodeclaim.core.errors import LodeclaimError
from lodeclaim.core.ids import content_hash

__all__ = ["AnswerCache"]


class AnswerCache:
    """A folder with one JSON file an answer, named by the hash of prompt, model and block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LodeclaimError(
                f"cannot be used for answers ({error.strerror or error})",
                where=str(folder),
                remedy="Name a folder that can be written to",
            ) from error

    def key(self, prompt: str, model: str, messages: Sequence[Mapping[str, str]]) -> str:
        """Return the name of an answer: a hash of the prompt's id, the model's name and the question."""
        return content_hash(msgspec.json.encode([prompt, model, list(messages)]))

    def get(self, key: str) -> dict[str, Any] | None:
        """Return the answer; None where there is none, or its file is damaged."""
        try:
            kept = msgspec.json.decode(self._file(key).read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        answer = kept.get("answer") if isinstance(kept, dict) else None
        return answer if isinstance(answer, dict) else None

    def put(self, key: str, model: str, answer: Mapping[str, Any]) -> bool:
        """Keep an answer whole or not at all; tell whether it was kept."""
        target = self._file(key)
        try:
            target.parent.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.encode({"model": model, "answer": answer}))
            Path(name).replace(target)
        except OSError:  # a full disk costs the cache, not the claims
            return False
        return True

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
