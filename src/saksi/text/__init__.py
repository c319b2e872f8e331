"""Text: folding and tokens, the same for every language."""
