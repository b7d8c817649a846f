"""Citation formats: pure functions from a paper to text. They know papers; papers know none."""
