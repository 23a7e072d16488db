"""The form engine: the definition set, field types, forms being filled, facts taken out of them."""

from window_app.forms.citations import (
    CitationClass,
    CitationProblem,
    CitedPlace,
    check_citations,
    cited_places,
    classify,
    count_classes,
)
from window_app.forms.commitment_definitions import CommitmentDefinition
from window_app.forms.commitments import commitment_values
from window_app.forms.definitions import (
    CheckDefinition,
    FieldDefinition,
    FieldType,
    MaterialDefinition,
    MatterDefinition,
    Repeat,
    SectionDefinition,
)
from window_app.forms.fields import FieldFault, Problem, check_field, is_empty, parse_field
from window_app.forms.files import find_errors
from window_app.forms.filled_records import VisibleField, VisibleRecord
from window_app.forms.filling import FormFilling, MaterialLine, VisibleSection
from window_app.forms.loader import DefinitionSet, load_definitions, unpack
from window_app.forms.office_definitions import LocalityDefinition, OfficeDefinition
from window_app.forms.statutes import StatuteLibrary, StatuteTitles
from window_app.forms.wording import WordingDefinition

__all__ = [
    "CheckDefinition",
    "CitationClass",
    "CitationProblem",
    "CitedPlace",
    "CommitmentDefinition",
    "DefinitionSet",
    "FieldDefinition",
    "FieldFault",
    "FieldType",
    "FormFilling",
    "LocalityDefinition",
    "MaterialDefinition",
    "MaterialLine",
    "MatterDefinition",
    "OfficeDefinition",
    "Problem",
    "Repeat",
    "SectionDefinition",
    "StatuteLibrary",
    "StatuteTitles",
    "VisibleField",
    "VisibleRecord",
    "VisibleSection",
    "WordingDefinition",
    "check_citations",
    "check_field",
    "cited_places",
    "classify",
    "commitment_values",
    "count_classes",
    "find_errors",
    "is_empty",
    "load_definitions",
    "parse_field",
    "unpack",
]
