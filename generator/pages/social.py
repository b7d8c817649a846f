"""The social cards: one beside each paper's page, and one for all other pages of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.pages.kinds.programs import SocialCard

if TYPE_CHECKING:
    from generator.config import Config
    from generator.pages.kinds.parts import Summary
    from generator.site import Site

_COLORS = ("paper", "ink", "quiet", "accent")


def path_of_paper(config: Config, shown: Summary) -> str:
    """Return where a paper's card is; "" on a site without cards."""
    return f"{shown.path}{shown.slug}.png" if config.social_cards else ""


def path_of_site(config: Config) -> str:
    """Return where the site's card is; "" on a site without cards."""
    return "card.png" if config.social_cards else ""


def paper_card(config: Config, shown: Summary) -> SocialCard:
    """Return a paper's card: its category, title, authors, venue and year."""
    return SocialCard(
        path_of_paper(config, shown),
        label=shown.category_name,
        title=shown.name,
        byline=tuple(one.name for one in shown.authors),
        et_al=shown.et_al,
        source=shown.venue.label,
        year=str(shown.date.year),
        site=config.title,
        colors=_colors(config),
    )


def site_card(site: Site) -> SocialCard:
    """Return the site's own card: its title, what it is, and where."""
    config = site.config
    return SocialCard(
        path_of_site(config),
        label="",
        title=config.title,
        byline=(config.description,),
        et_al=False,
        source=urlsplit(config.url or "").netloc,
        year="",
        site="",
        colors=_colors(config),
    )


def _colors(config: Config) -> tuple[str, ...]:
    """Return the colours that `site.yaml` sets for a light screen; "" for one that it does not."""
    given = {**config.theme.all, **config.theme.light}
    return tuple(given.get(name, "") for name in _COLORS)
