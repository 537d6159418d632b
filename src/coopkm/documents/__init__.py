"""Printed matter as a tree of blocks, and the writers that make PDF, Word and EPUB files of it."""
