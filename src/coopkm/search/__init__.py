"""Search: entries, tokens, weights, ranking. Pure; the same in the browser."""
