"""Faults of content are data: a place, a code, and the values that fill its message."""

from coopkm.problems.catalogue import CATALOGUE, Rule
from coopkm.problems.problem import Place, Problem, has_errors, problem

__all__ = ["CATALOGUE", "Place", "Problem", "Rule", "has_errors", "problem"]
