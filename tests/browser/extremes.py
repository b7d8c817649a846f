"""A site of what is rare and must look meant all the same: the longest, the barest, the oldest."""

from __future__ import annotations

HANDS = ", ".join(f"Hand{chr(97 + n // 26)}{chr(97 + n % 26)} Measurer" for n in range(30))
LINKS = (
    "pdf", "data", "model", "project", "publisher", "html", "supplement", "slides", "poster",
    "video", "blog", "demo", "press",
)  # fmt: skip

EVERYTHING = f"""---
title: "Everything at Once: All That an Entry May Hold, in $\\\\mathcal{{O}}(n^2)$ Lines"
authors:
  - {{name: Ada Lovelace, equal: true, corresponding: true, organization: University of London}}
  - {{name: Kurt Gödel, equal: true, organization: University of Vienna}}
  - {{name: Emmy Noether, organization: University of London, orcid: 0000-0002-1694-233X}}
  - {{literal: The Collaboration}}
et_al: true
organizations: [University of London, University of Vienna]
category: LG
date: 2024-05-06
tags: [measurement, evaluation]
venue: Journal of Careful Measurement
type: article-journal
award: Best *Paper*
featured: 1
volume: 12
issue: 3
pages: 101-118
publisher: Example Press
place: Vienna
series: Lecture Notes
isbn: 978-0-262-03384-8
issn: 2150-8097
license: CC BY 4.0
language: de
doi: 10.1000/182
arxiv: 2212.03827
openreview: ETKGuby0hcs
pmid: 33782455
pmcid: PMC8371605
code: https://code.example/
modified: 2024-06-01
editors: [Alan Turing, Grace Hopper]
links: {{{", ".join(f"{kind}: https://{kind}.example/" for kind in LINKS)}}}
versions:
  - {{label: Preprint, arxiv: 2212.03827, date: 2022-12-07}}
  - {{venue: A Workshop, date: 2023-12}}
---
We bound $\\sum_{{i=1}}^{{n}} x_i$ by a line that is longer than any telephone is wide:

$$\\mathcal{{L}}(\\theta, \\phi) = -D_{{\\mathrm{{KL}}}}(q_\\phi(z \\mid x) \\,\\|\\, p_\\theta(z))
+ \\mathbb{{E}}_{{q}} [\\log p_\\theta(x \\mid z)] + \\alpha + \\beta + \\gamma + \\delta$$

## Errata

The constant on page 4 is 3, not 2.
"""

FIELDS = "authors: [Ada Lovelace, Alan Turing]\ncategory: CL\n"

FILES = {
    "site.yaml": (
        "title: Laboratory for Careful Measurement\n"
        "introduction: We measure what is *said* to be measured.\n"
        "url: https://lab.example/papers/\nrepository: https://github.com/lab/papers\n"
        "categories: {LG: Machine Learning, CL: Computation and Language}\n"
        "navigation: [{title: Years, path: /years/}, {title: About, path: /about/}]\n"
        "paginate: 4\nfooter: © The laboratory\n"
    ),
    "people.yaml": "Ada Lovelace: {url: https://ada.example/, member: true}\n",
    "tags.yaml": "measurement: What is measured\nevaluation: How *well*\nsampling: Of what\n",
    "papers/everything.md": EVERYTHING,
    "papers/retracted.md": f"---\ntitle: It Did Not Hold\n{FIELDS}date: 2021\nstatus: retracted\n"
    "tags: [evaluation, sampling]\n---\nWe claimed it.\n",
    "papers/bare.md": f"---\ntitle: No Abstract\n{FIELDS}date: 2012-03\n---\n",
    "papers/word.md": "---\n"
    f"title: Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz\n{FIELDS}"
    f"date: 2022-07-01\nvenue: {'Konferenz' * 7}\n---\n{'wort' * 20} is a word.\n",
    "papers/hands.md": f"---\ntitle: Thirty Hands\nauthors: [{HANDS}, Ada Lovelace]\ncategory: LG\n"
    "date: 2023-02-11\ntags: [measurement, sampling]\n---\nMany hands.\n",
    "papers/right-to-left.md": "---\ntitle: قياس الأشياء بعناية ودقة\n"
    "authors: [محمد بن موسى الخوارزمي, 李雷]\ncategory: CL\ndate: 2020-05-05\nlanguage: ar\n---\n"
    "نقيس الأشياء بعناية.\n",
    "papers/unlisted.md": f"---\ntitle: Unlisted\n{FIELDS}date: 2025\nunlisted: true\n---\nText.\n",
    "papers/draft.md": f"---\ntitle: A Draft\n{FIELDS}date: 2025-11-01\ndraft: true\ncode: true\n"
    "---\nNot yet.\n",
    "pages/about.md": "---\ntitle: About\n---\nWe are a laboratory.\n\n## Where\n\n"
    "| what | where |\n|---|---|\n| door | left |\n\n- one\n- two\n\n> A quotation.\n",
}
ONE = {
    "site.yaml": FILES["site.yaml"],
    "papers/bare.md": FILES["papers/bare.md"],
    "pages/about.md": FILES["pages/about.md"],
}
NONE = {"site.yaml": FILES["site.yaml"], "pages/about.md": FILES["pages/about.md"]}
