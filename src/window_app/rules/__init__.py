"""The rule engine: law as decision tables, three-valued, with trace, proof and export.

- `build_vocabulary`, `build_ruleset`, `build_condition`, `build_basis`: from parsed YAML.
- `evaluate`: one table on known facts; `triage.assess`: a whole visit.
- `checks.check`: proofs and examples; `dmn.export`: DMN 1.3 XML.
"""

from window_app.rules.conditions import Condition, LocalFacts, RecordField, build_condition
from window_app.rules.durations import Duration
from window_app.rules.outcomes import Outcome, evaluate, evaluate_each
from window_app.rules.parameters import Parameters
from window_app.rules.ruleset import RuleSet, build_ruleset
from window_app.rules.source import Source, Where, build_basis, nowhere
from window_app.rules.tables import HitPolicy, Row, Table
from window_app.rules.values import UNCLEAR, UNKNOWN, FactType, Unknown, Value
from window_app.rules.vocabulary import FactDefinition, Vocabulary, build_vocabulary

__all__ = [
    "UNCLEAR",
    "UNKNOWN",
    "Condition",
    "Duration",
    "FactDefinition",
    "FactType",
    "HitPolicy",
    "LocalFacts",
    "Outcome",
    "Parameters",
    "RecordField",
    "Row",
    "RuleSet",
    "Source",
    "Table",
    "Unknown",
    "Value",
    "Vocabulary",
    "Where",
    "build_basis",
    "build_condition",
    "build_ruleset",
    "build_vocabulary",
    "evaluate",
    "evaluate_each",
    "nowhere",
]
