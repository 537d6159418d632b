"""The typed model: units, sources, terms, misprints, project. Made from nodes; library wording never gets out."""
