"""Reading `site.yaml`, `tags.yaml` and `people.yaml`."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from generator import entry as entries
from generator import gate, links, names
from generator.config import Config, Person, Tag, Theme, base_url
from generator.diagnostics import Note
from generator.markup import Reader
from generator.site import Reference, Settings, Token
from generator.source import Location
from generator.taxonomy import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.diagnostics import Diagnostics
    from generator.entry import Entry
    from generator.folder import Folder
    from generator.yamlvalues import Path

M = TypeVar("M", Tag, Person)


def read(folder: Folder, address: str | None) -> Settings:
    """Read the settings files; what has faults is left out, so that papers are still looked at.

    `address` takes the place of the site's own.
    """
    config = _config(folder, address)
    tags = _registry(folder, "tags", Tag)
    people = _registry(folder, "people", Person) or {}
    vocabulary = Vocabulary(
        tags=_canonical({label: tag.aliases for label, tag in (tags or {}).items()}),
        people=_canonical({name: person.aliases for name, person in people.items()}),
    )
    return Settings(config, tags, people, vocabulary)


def _config(folder: Folder, address: str | None) -> Config:
    path = "content/site.yaml"
    if not (folder.root / path).exists():
        folder.found.error(
            Location(path),
            f"There is no file '{path}'.",
            "Rename 'content/site.yml' to it."
            if (folder.root / "content" / "site.yml").exists()
            else "Create it, with a line such as 'title: Publications'.",
        )
        return Config()
    text = folder.source(path)
    entry = entries.read_settings(text, folder.found, "title: Publications") if text else None
    if entry is None:
        return Config()
    # The macros of the site serve its own introduction too, so they are looked at before the rest.
    macros = entry.data.get("macros")
    folder.reader = Reader(macros if _is_flat(macros) else None)
    config = gate.admit(Config, entry, folder.reader, folder.found)
    if config is None:
        # With other faults in it, the file still says which categories there are.
        given = entry.data.get("categories")
        categories = given if isinstance(given, dict) and _is_flat(given) else {}
        return Config(categories={code: name for code, name in categories.items() if name.strip()})
    folder.reader = Reader(config.macros)
    folder.references += [
        Reference(item.path, entry.location("navigation", i, "path"))
        for i, item in enumerate(config.navigation)
        if item.path.startswith("/")
    ]
    folder.tokens += [
        Token(name, value, entry.key_location("theme", screen, name))
        for screen in Theme.model_fields
        for name, value in getattr(config.theme, screen).items()
    ]
    for name in ("introduction", "footer"):
        folder.references += links.references(entry, (name,), getattr(config, name))
    if address:
        config = config.model_copy(update={"url": base_url(address)})
    if config.social_cards and find_spec("PIL") is None:
        folder.found.error(
            entry.location("social_cards"),
            "Social cards are drawn by Pillow, which is not installed.",
            "Install it with: pip install pillow, or delete this line.",
        )
    if not config.url:
        folder.found.warning(
            Location(path),
            "The site has no address, so it gets no sitemap and no canonical links.",
            "Add a line such as 'url: https://example.org/papers/', or build with --base-url.",
        )
    return config


def _is_flat(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


_EXAMPLES = {
    "tags": "interpretability: What happens inside a model",
    "people": "Ada Lovelace: {url: https://example.org/}",
}


def _registry(folder: Folder, name: str, model: type[M]) -> dict[str, M] | None:
    """Read `tags.yaml` or `people.yaml`; None where there is none, or where it has faults."""
    path = f"content/{name}.yaml"
    if not (folder.root / path).exists():
        return None
    text = folder.source(path)
    entry = entries.read_settings(text, folder.found, _EXAMPLES[name], prose=True) if text else None
    made: dict[str, M] = {}
    if entry is None:
        return None
    for label, below in entry.children().items():
        child = _registered(entry, label, below, model, folder.found)
        admitted = gate.admit(model, child, folder.reader, folder.found) if child else None
        # A label whose fields have faults is known all the same, so that papers are judged by it.
        made[label] = admitted or model()
    _refuse_shared(entry, made, folder.found)
    return made


def _registered(
    entry: Entry, label: str, child: Entry, model: type[M], found: Diagnostics
) -> Entry | None:
    """Return what stands under a label of a registry; a text alone is a tag's description."""
    value = entry.data[label]
    if isinstance(value, str) and value.strip() and "description" in model.model_fields:
        marks: dict[Path, tuple[int, int]] = {("description",): child.marks[()]}
        return replace(child, data={"description": value}, marks=marks)
    if isinstance(value, dict) or not value:
        return child
    found.error(
        entry.location(label),
        f"What stands under '{label}' must be fields.",
        f"Indent them below it, one a line: {', '.join(model.model_fields)}.",
    )
    return None


def _refuse_shared(entry: Entry, made: Mapping[str, Tag | Person], found: Diagnostics) -> None:
    """Report a way of writing, also as an alias, that two labels of a registry claim."""
    first: dict[str, str] = {}
    for label, one in made.items():
        for i, written in enumerate((label, *one.aliases)):
            owner = first.setdefault(names.fold(written), label)
            if owner != label:
                found.error(
                    entry.location(label, "aliases", i - 1) if i else entry.key_location(label),
                    f"'{written}' stands for '{owner}' already.",
                    "Keep it with one of the two; case and accents make no difference.",
                    Note(entry.key_location(owner), "The other one is here."),
                )


def _canonical(aliases_of: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return every way of writing, folded, with the canonical one."""
    known = {names.fold(alias): label for label, aliases in aliases_of.items() for alias in aliases}
    return known | {names.fold(label): label for label in aliases_of}
