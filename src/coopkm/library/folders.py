"""Where a project keeps what: names of its folders and files."""

KNOWLEDGE, QUIZZES, KM, CHANGES = "knowledge", "quizzes", "km", "changes"
EXAM = f"{QUIZZES}/exam/"  # banks below it are the exam pool: never on the site
BLUEPRINTS = f"{QUIZZES}/blueprints/"  # no banks
HANDBOOK = "handbook.yml"
ENGLISH_RECORD = f"{KNOWLEDGE}/english.json"
BASE_LOCK = f"{KNOWLEDGE}/base.lock.json"
PROJECT, SOURCES, GLOSSARY, MISPRINTS, PATHS = (
    f"{KNOWLEDGE}/{name}.yml" for name in ("project", "sources", "glossary", "misprints", "paths")
)
