"""Projects that a project extends: where they are, how their records come together, what changed in them since."""
