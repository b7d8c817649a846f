"""Sites of any size for measuring: as many varied papers as are asked for, always the same ones."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

WORDS = (
    "adaptive", "bayesian", "causal", "deep", "efficient", "fair", "graph", "hidden",
    "implicit", "joint", "kernel", "latent", "model", "neural", "online", "policy", "query",
    "robust", "sparse", "tensor", "uncertain", "variational", "wide", "zero", "learning",
    "inference", "networks", "estimation", "alignment", "evaluation", "representation",
    "optimization", "sampling", "attention", "transfer", "forecasting", "retrieval",
    "benchmark", "circuits", "probing", "scaling", "generalization",
)  # fmt: skip
GIVEN = (
    "Ada", "Kurt", "Emmy", "Alan", "Grace", "Sofia", "Jürgen", "Zoë", "Łukasz", "Mei", "Ravi",
    "Aïcha", "Noël", "Chen", "Amara", "Igor",
)  # fmt: skip
FAMILY = (
    "Lovelace", "Gödel", "Noether", "Turing", "Hopper", "Kovalevskaya", "Schmidhuber",
    "Suárez", "Zhang", "Okafor", "Müller", "O'Neil", "Nakamura", "Ivanov", "Haddad", "Åkesson",
    "Lindqvist", "Moreau", "Silva", "Novák", "Kim", "Popescu", "Fischer", "Bianchi",
)  # fmt: skip
CATEGORIES = ("AI", "CL", "CR", "CV", "GT", "LG", "ML")
FORMULAS = (
    r"$R^2$",
    r"$\alpha$-divergence",
    r"$\mathcal{O}(n \log n)$",
    r"$D_{0}$",
    r"10\%",
    r"\textit{very}",
)
_SENTENCES = 7


def write(folder: Path, count: int) -> None:
    """Write a site of `count` papers into a folder; paper n is the same whatever the count."""
    content = folder / "content"
    (content / "papers").mkdir(parents=True)
    categories = "\n".join(f"  {code}: The category {code}" for code in CATEGORIES)
    (content / "site.yaml").write_text(
        f"title: Varied papers\nurl: https://publications.example/\ncategories:\n{categories}\n",
        encoding="utf-8",
    )
    for number in range(count):
        year = 1990 + number % 36
        where = content / "papers" / str(year)
        where.mkdir(exist_ok=True)
        (where / f"paper-{number:06}.md").write_text(_paper(number, year), encoding="utf-8")


def _paper(number: int, year: int) -> str:
    chance = random.Random(number)  # noqa: S311 - not for secrets: the same papers every time
    title = " ".join(chance.choices(WORDS, k=chance.randint(4, 11))).capitalize()
    # Every thousand papers bring a few hundred new authors, as in a real collection.
    group = "".join("abcdefghij"[int(digit)] for digit in str(number // 1000)).capitalize()
    names = ", ".join(
        sorted({f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}-{group}" for _ in range(4)})
    )
    tags = ", ".join(sorted(set(chance.choices(WORDS, k=3))))
    abstract = " ".join(_sentence(chance) for _ in range(_SENTENCES))
    date = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return (
        f"---\ntitle: {title} {number}\nauthors: [{names}]\ncategory: {chance.choice(CATEGORIES)}\n"
        f"date: {date}\nvenue: Conference {number % 40}\ntags: [{tags}]\n---\n{abstract}\n"
    )


def _sentence(chance: random.Random) -> str:
    words = chance.choices(WORDS, k=chance.randint(12, 30))
    words.insert(chance.randrange(len(words)), chance.choice(FORMULAS))
    return f"The {' '.join(words)}."


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a site of varied papers into a new folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    options = parser.parse_args()
    write(options.folder, options.count)
