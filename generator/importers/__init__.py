"""Other formats and services that tell of papers: each is turned into entries."""
