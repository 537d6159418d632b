"""CoopKM: knowledge units in YAML become a searchable bilingual site."""

__version__ = "0.1.0"
