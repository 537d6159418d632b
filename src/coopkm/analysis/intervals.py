"""Intervals of 95 %: how far a figure of few people can be trusted. Textbook formulas, no tables."""

import math

_Z = 1.959963984540054  # the normal deviate of 97.5 %


def wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's interval of a share, 0 to 1. With partial marks it is a little wider than need be."""
    middle = share + _Z**2 / (2 * n)
    spread = _Z * math.sqrt(max(0.0, share * (1 - share)) / n + _Z**2 / (4 * n**2))
    whole = 1 + _Z**2 / n
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def fisher(correlation: float, n: int) -> tuple[float, float] | None:
    """The interval of a correlation by Fisher's z; None for fewer than four people or a perfect one."""
    if n < 4 or abs(correlation) >= 1:
        return None
    z, spread = math.atanh(correlation), _Z / math.sqrt(n - 3)
    return math.tanh(z - spread), math.tanh(z + spread)


def t_quantile(freedom: int) -> float:
    """Student's t of 97.5 % for whole degrees of freedom, to about 1e-10."""
    low, high = 0.0, 1000.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _between(middle, freedom) < 0.95 else (low, middle)
    return (low + high) / 2


def _between(t: float, freedom: int) -> float:
    """The chance that Student's t lies between -t and t: the finite series for whole degrees of freedom."""
    if freedom > 1000:
        return math.erf(t * (1 - 1 / (4 * freedom)) / math.sqrt(1 + t * t / (2 * freedom)) / math.sqrt(2))
    angle = math.atan2(t, math.sqrt(freedom))
    cosine_2 = math.cos(angle) ** 2
    odd = freedom % 2
    term = total = math.cos(angle) if odd else 1.0
    for step in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine_2 * (step - 1) / step
        total += term
    if not odd:
        return math.sin(angle) * total
    return 2 / math.pi * (angle + (math.sin(angle) * total if freedom > 1 else 0.0))
