"""Social cards: the picture that stands beside a link to a paper where someone shares it."""
