"""Offprint: a static site generator for publications pages."""

__version__ = "0.1.0"
