"""Slides for trainers: a module of the course as a deck, and the deck as a file that can be edited."""
