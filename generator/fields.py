"""The kinds of value that a field may hold, read from text, with errors that say what to write."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, ClassVar, NoReturn, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator import dates, names
from generator.diagnostics import nearest
from generator.markup import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.gate import Gate


class Model(BaseModel):
    """A frozen set of fields; a field that is not declared is an error.

    `elsewhere` names fields that other programs have, and what to write for each here: the name of
    a field, or a line of its own.
    """

    elsewhere: ClassVar[Mapping[str, str]] = MappingProxyType({})

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def fault(message: str, help: str) -> NoReturn:  # noqa: A002 - the word users see
    """Refuse a value: the message completes "'field' …", the help says what to write."""
    raise PydanticCustomError("fault", "{text}", {"text": message, "help": help})


def _text(value: object) -> str:
    if not isinstance(value, str):
        kind = "a list" if isinstance(value, list) else "a set of fields"
        fault(f"must be one text, not {kind}.", "Write the value on one line, after the colon.")
    return " ".join(value.split())


def filled(value: object) -> str:
    """Read a text in one line that is not empty."""
    text = _text(value)
    if not text:
        raise PydanticCustomError("empty", "is empty.")
    return text


def _flag(value: object) -> bool:
    text = _text(value)
    if text not in {"true", "false"}:
        fault(f"must be true or false, not '{text}'.", "Write true, or delete the field.")
    return text == "true"


def _date(value: object) -> dates.PartialDate:
    text = filled(value)
    try:
        return dates.parse(text)
    except ValueError as error:
        meant = dates.meant(text)
        way_out = f"Write it so: {meant.iso}" if meant else _DATES
        fault(f"is '{text}', which {error}.", way_out)


_DATES = "Write a date such as 2022-12-07, 2022-12 or 2022."


def _number(value: object) -> int:
    text = filled(value)
    if not re.fullmatch(r"[0-9]{1,9}", text):
        fault(f"must be a whole number, not '{text}'.", "Write digits only.")
    return int(text)


_URL = re.compile(r"https?://[^\s/?#<>\"'\\`{}|^@]+(?:[/?#][^\s<>\"\\`{}|^]*)?", re.IGNORECASE)


def _url(value: object) -> str:
    text = filled(value)
    if not _URL.fullmatch(text):
        fault(
            f"must be an address that begins with https:// or http://, not '{text}'.",
            "Copy the whole address out of the browser.",
        )
    return text


def _slug(value: object) -> str:
    text = filled(value)
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) or len(text) > names.LONGEST_SLUG:
        fault(
            "must be small letters, digits and single hyphens, at most "
            f"{names.LONGEST_SLUG}, not '{text}'.",
            f"Write it so: {names.slug(text)}",
        )
    if names.is_device(text):
        fault(
            f"is '{text}', which Windows keeps for a device and cannot store.",
            f"Write another one, such as: {names.slug(text)}",
        )
    return text


def _key(value: object) -> str:
    text = filled(value)
    if not re.fullmatch(r"[A-Za-z0-9:_./+-]+", text):
        fault(
            f"may hold only ASCII letters, digits and : _ . / + -, and is '{text}'.",
            f"Write it so: {names.slug(text)}; BibTeX reads no other character in a key.",
        )
    return text


def _language(value: object) -> str:
    text = filled(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text):
        fault(
            f"must be a language tag, not '{text}'.",
            "Write a tag of BCP 47 such as en, de or pt-BR.",
        )
    return text


_PATH = 1_000  # characters: systems take 1,024 bytes or more, with the folder of the output
_PART = 240  # bytes: file systems take 255, of which '.html' and the like need some


def _alias(value: object) -> str:
    text = filled(value)
    if (
        not re.fullmatch(r"/(?:[\w~.-]+/)*(?:[\w~.-]+)?", text)
        or "/." in text
        or text == "/"
        or len(text) > _PATH
    ):
        fault(
            f"must be an address on this site such as /old/address/, not '{text}'.",
            "Write the path alone: no host, no '?', no '#'.",
        )
    for part in text.split("/"):
        if names.is_device(part) or part.endswith(".") or len(part.encode()) > _PART:
            fault(
                f"has a part that not every disk can store: '{part}'.",
                f"Leave it out: parts have at most {_PART} bytes, end in no '.', and are no name "
                "that Windows keeps for a device, such as 'con'.",
            )
    return text if text.endswith(("/", ".html")) else text + "/"


def _code(value: object) -> bool | str:
    text = filled(value)
    return text == "true" if text in {"true", "false"} else _url(text)


def _featured(value: object) -> int:
    text = filled(value)
    if text in {"true", "false"}:
        return int(text == "true")
    if not re.fullmatch(r"[0-9]{1,9}", text):
        fault(f"must be true, or a rank, not '{text}'.", "Write true, or a whole number from 1.")
    return int(text)


def _pdf_or_url(value: object) -> str:
    text = filled(value)
    if ":" in text:
        return _url(text)
    if not text.lower().endswith(".pdf"):
        fault(
            f"must be an address, or the name of a .pdf file beside the entry, not '{text}'.",
            "Copy the whole address, with https://, out of the browser; or add '.pdf'.",
        )
    return text


def pattern(
    what: str, form: str, prefixes: str, example: str, within: str = r"\Z."
) -> Callable[[object], str]:
    """Return a reader of an identifier of the given form, in any way in which people paste it.

    `within` is the form of one in a text that is none, to be proposed.
    """
    whole, front = re.compile(form), re.compile(prefixes, re.IGNORECASE)

    def read(value: object) -> str:
        text = front.sub("", filled(value)).rstrip(".,; ")
        if not whole.fullmatch(text):
            found = re.search(within, text)
            way_out = f"Write it so: {found[0]}" if found else f"Write it like {example}."
            fault(f"must be {what}, not '{text}'.", way_out)
        return text

    return read


def marked(value: object, info: ValidationInfo) -> Text:
    """Read a line that may hold Markdown and TeX; what is odd in it becomes a warning."""
    return _read(filled(value), info, "inline")


def _named(value: object, info: ValidationInfo) -> str:
    """Read a name, in which TeX may write accents, as plain text."""
    text = filled(value)
    return _read(text, info, "inline").plain if _TEX.search(text) else text


def _paragraphs(value: object, info: ValidationInfo) -> Text:
    text = _long(value)
    if not text:
        raise PydanticCustomError("empty", "is empty.")
    return _read(text, info, "abstract")


def _document(value: object, info: ValidationInfo) -> Text:
    return _read(_long(value), info, "document")


def _long(value: object) -> str:
    if not isinstance(value, str):
        fault("must be one text.", "Write '|' after the colon, and the text, indented, below it.")
    return value.rstrip()


def _read(source: str, info: ValidationInfo, mode: str) -> Text:
    gate = cast("Gate", info.context)
    text = gate.read_text(source, mode, info.field_name or "")
    if not text.plain.strip() and mode == "inline":
        fault(f"holds no text: '{source}'.", "Write words, or delete the field.")
    return text


# Items of a list; the longest known is that of a paper of 2021 with 15,025 authors (COVIDSurg).
_MOST = 20_000


def _items(value: object) -> object:
    """Refuse a list that was written as one text, and say how it is written."""
    if isinstance(value, list):
        if len(value) > _MOST:
            fault(
                f"has {len(value):,} items, and a list may have {_MOST:,}.",
                "Name the first ones; more authors than are named are said by: et_al: true",
            )
        return value
    if isinstance(value, dict):
        fault("must be a list, even of one.", "Put '- ' before the first line of each item.")
    if re.match(r"-\w", str(value)):
        fault("must be a list, even of one.", "Put a space after each '-' that begins an item.")
    fault("must be a list, even of one.", f"Write it in brackets: [{_listed(str(value)) or '…'}]")


def _listed(text: str) -> str:
    """Return the items of a text, with commas between; names as in BibTeX, given names first.

    Where ` and ` or `;` stands between all items, a comma is within a name.
    """
    parts = [part.strip() for part in re.split(r";| and ", text)]
    if len(parts) > 1 and all(part.count(",") == 1 for part in parts):
        parts = [" ".join(reversed(part.split(","))) for part in parts]
    return ", ".join(part.strip() for one in parts for part in one.split(",") if part.strip())


# What a name holds only as TeX; anything else in it is the name's own.
_TEX = re.compile(r"[\\${}~]")
_STRING = WithJsonSchema({"type": "string"})
_SCALAR = WithJsonSchema({"type": ["string", "number"]})

Words = Annotated[str, BeforeValidator(filled), _SCALAR]
Named = Annotated[str, BeforeValidator(_named), _SCALAR]
Flag = Annotated[bool, BeforeValidator(_flag)]
Date = Annotated[dates.PartialDate, BeforeValidator(_date), _SCALAR]
Number = Annotated[int, BeforeValidator(_number)]
Url = Annotated[str, BeforeValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
Slug = Annotated[str, BeforeValidator(_slug), _STRING]
Key = Annotated[str, BeforeValidator(_key), _STRING]
Language = Annotated[str, BeforeValidator(_language), _STRING]
Alias = Annotated[str, BeforeValidator(_alias), _STRING]
Code = Annotated[bool | str, BeforeValidator(_code)]
Featured = Annotated[
    int, BeforeValidator(_featured), WithJsonSchema({"type": ["boolean", "integer"]})
]
PdfOrUrl = Annotated[str, BeforeValidator(_pdf_or_url), _STRING]
Marked = Annotated[Text, BeforeValidator(marked), _STRING]
Paragraphs = Annotated[Text, BeforeValidator(_paragraphs), _STRING]
Document = Annotated[Text, BeforeValidator(_document), _STRING]
ItemList = BeforeValidator(_items)


def choice(options: tuple[str, ...]) -> Callable[[object], str]:
    """Return a reader of a text that must be one of the given."""

    def read(value: object) -> str:
        text = filled(value)
        if text not in options:
            close = nearest(text, options)
            meant = f"Did you mean '{close}'? " if close else ""
            fault(f"is '{text}', which is not known.", f"{meant}Known: {', '.join(options)}.")
        return text

    return read


def positive(value: object) -> int:
    """Read a whole number of at least 1."""
    number = _number(value)
    if number < 1:
        fault("must be at least 1.", "Write a larger number, or delete the field.")
    return number
