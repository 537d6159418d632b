"""Test forms on paper: equal forms drawn from a pool by a blueprint, and what is printed of them. Pure."""
