"""A server on this machine that answers as arXiv, Crossref and doi.org do, and as they fail."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FEED = """\
<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
  xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/x</id>
  <title>arXiv Query</title>
  <updated>2026-04-12T22:10:19Z</updated>
  <opensearch:totalResults>{total}</opensearch:totalResults>
{entries}</feed>
"""

ENTRY = """\
  <entry>
    <id>http://arxiv.org/abs/{number}v2</id>
    <title>On the Analytical Engine:
  Notes &amp; $R^2$</title>
    <updated>2017-05-26T17:59:46Z</updated>
    <link href="https://arxiv.org/abs/{number}v2" rel="alternate" type="text/html"/>
    <summary>The engine weaves algebraic patterns: 50\\% of them.
It does so
  by cards.
## No heading</summary>
    <category term="{archive_class}" scheme="http://arxiv.org/schemas/atom"/>
    <published>2016-05-26T17:59:46Z</published>
    <arxiv:comment>20 pages, 3 figures</arxiv:comment>
    <arxiv:primary_category term="{archive_class}"/>
    <author><name>Ada Lovelace</name></author>
    <author><name>Luigi Federico Menabrea</name></author>
  </entry>
"""

ERROR = """\
  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_x</id>
    <title>Error</title>
    <summary>incorrect id format for x</summary>
    <author><name>arXiv api core</name></author>
  </entry>
"""

WORK: Mapping[str, Any] = {
    "publisher": "Royal Society",
    "issue": "3",
    "type": "journal-article",
    "page": "666-731",
    "title": ["Sketch of the Analytical Engine in CO<sub>2</sub>"],
    "subtitle": [],
    "volume": "7",
    "author": [
        {"given": "Ada", "family": "Lovelace", "ORCID": "https://orcid.org/0000-0002-1825-0097"},
        {"given": "Ludwig", "family": "van Beethoven", "affiliation": []},
        {"name": "The Engine Consortium"},
    ],
    "container-title": ["Scientific Memoirs"],
    "issued": {"date-parts": [[None]]},
    "published": {"date-parts": [[1843, 9]]},
    "ISSN": ["1932-6203"],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>The <jats:italic>engine</jats:italic>"
    " weaves.</jats:p>",
    "updated-by": [{"type": "correction"}],
    "relation": {},
}


@dataclass
class Services:
    """What is known, how often it was asked, and what is said before the answer.

    `before` are (status, headers) for the next requests, one each.
    """

    url: str
    papers: dict[str, str] = field(default_factory=lambda: {"1605.08386": "cs.CL"})
    works: dict[str, Any] = field(default_factory=lambda: {"10.1000/182": WORK})
    others: dict[str, Any] = field(default_factory=dict)
    before: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    body: bytes | None = None

    def answer(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body for a path."""
        if self.body is not None:
            return 200, self.body
        where = urlsplit(path)
        if where.path == "/arxiv":
            return self._feed(parse_qs(where.query)["id_list"][0])
        _, service, doi = unquote(where.path).split("/", 2)
        if service == "crossref" and doi in self.works:
            return 200, json.dumps({"status": "ok", "message": self.works[doi]}).encode()
        if service == "doi" and doi in self.others:
            return 200, json.dumps(self.others[doi]).encode()
        return 404, b"Resource not found."

    def _feed(self, number: str) -> tuple[int, bytes]:
        if number == "0000.00000":
            return 400, FEED.format(total=1, entries=ERROR).encode()
        known = number in self.papers
        entry = ENTRY.format(number=number, archive_class=self.papers[number]) if known else ""
        return 200, FEED.format(total=int(known), entries=entry).encode()


def serve() -> Iterator[Services]:
    """Yield the services, at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            services.asked.append((self.path, self.headers["User-Agent"]))
            status, body, headers = 0, b"", dict[str, str]()
            if services.before:
                status, headers = services.before.pop(0)
            else:
                status, body = services.answer(self.path)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    services = Services(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
