"""Digital maturity self-assessment for councils: ask, score, compare, report."""

__version__ = "0.1.0"
