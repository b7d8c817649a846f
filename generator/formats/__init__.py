"""Citation formats: pure functions from a paper to text. Formats know papers; papers know none."""
