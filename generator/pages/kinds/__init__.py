"""Every kind of page, as a frozen value: its path, its template, and what that template may read.

What a template may read stands here, and is its public interface: a page is its own list of what it
depends on.
"""
