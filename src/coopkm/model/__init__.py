"""The typed model: units, sources, terms, misprints, project. Library wording never gets out."""
