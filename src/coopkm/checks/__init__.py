"""All checks of content. Each is a generator of problems; none prints, raises or knows the others."""

from collections.abc import Callable, Iterator
from datetime import date

from coopkm.checks import (
    bases,
    blueprints,
    consistency,
    dates,
    english,
    glossary,
    handbook,
    identity,
    items,
    km,
    markdown,
    paths,
    provenance,
    questions,
    references,
    wording,
)
from coopkm.library import Library
from coopkm.problems import Problem

Check = Callable[[Library, date], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    bases.bases_are_looked_at,
    identity.id_is_file_name,
    identity.point_ids_differ,
    references.units_exist,
    references.sources_exist,
    references.requires_has_no_circle,
    paths.steps_exist,
    paths.steps_in_order,
    paths.paths_reach_all,
    provenance.basis_has_sources,
    dates.dates_in_order,
    dates.review_not_overdue,
    wording.text_is_clean,
    wording.no_listed_misprints,
    english.english_is_there,
    english.english_is_on_record,
    glossary.names_differ,
    consistency.preferred_names,
    consistency.same_numbers,
    consistency.readable_portions,
    markdown.record_texts,
    markdown.article_texts,
    questions.question_ids_are_new,
    questions.exam_folder_is_its_own,
    questions.question_points_differ,
    questions.question_units_exist,
    questions.questions_have_their_form,
    blueprints.topics_exist,
    blueprints.units_exist,
    blueprints.objectives_exist,
    blueprints.cells_can_be_filled,
    items.options_do_not_tell,
    items.negatives_are_marked,
    items.places_are_balanced,
    items.answers_are_not_given_away,
    items.questions_teach,
    items.questions_are_not_older,
    handbook.handbooks_hold,
    km.year_is_file_name,
    km.km_ids_differ,
    km.km_units_exist,
    km.km_duties_hold,
    km.km_files_exist,
    km.km_counts_fit,
    km.km_duties_are_in_time,
    km.km_share_is_reached,
    km.km_duties_are_all_there,
)


# All that these tell are warnings, which stop no build.
ADVICE = frozenset(
    {
        bases.bases_are_looked_at,
        dates.review_not_overdue,
        paths.paths_reach_all,
        english.english_is_there,
        english.english_is_on_record,
        consistency.preferred_names,
        consistency.same_numbers,
        consistency.readable_portions,
        items.options_do_not_tell,
        items.negatives_are_marked,
        items.places_are_balanced,
        items.answers_are_not_given_away,
        items.questions_teach,
        items.questions_are_not_older,
        km.km_duties_are_in_time,
        km.km_share_is_reached,
        km.km_duties_are_all_there,
    }
)


def check_library(library: Library, today: date, *, advice: bool = True) -> list[Problem]:
    """All problems of a library's content, sorted by place; without `advice`, what can stop a build."""
    checks = [check for check in CHECKS if advice or check not in ADVICE]
    return sorted({found for check in checks for found in check(library, today) if library.tells(found)})
