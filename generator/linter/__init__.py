"""A built site as search engines, reference managers and feed readers take it: what would fail.

The rules are those of Google Scholar's inclusion guidelines, of RFC 4287 and JSON Feed 1.1, of the
sitemap protocol and of HTML, and the promises that Offprint makes: no dangling link, no other host.
They hold for any folder of pages, whatever wrote it.
"""
