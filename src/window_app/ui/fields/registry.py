"""Which editor stands for which type of field."""

from window_app.ui.fields.chooser import ChooserEditor
from window_app.ui.fields.editors import ChoiceEditor, LineEditor, LongEditor, RangeEditor
from window_app.ui.views.visit.state import FieldView

AnyEditor = LineEditor | LongEditor | ChoiceEditor | RangeEditor | ChooserEditor

EDITORS: dict[str, type[AnyEditor]] = {
    "long_text": LongEditor,
    "choice": ChoiceEditor,
    "bool": ChoiceEditor,
    "date_range": RangeEditor,
    "region": ChooserEditor,
    "industry": ChooserEditor,
}


def editor_for(view: FieldView) -> AnyEditor:
    """Return a new editor for a field; types without an editor of their own are one line."""
    return EDITORS.get(view.kind, LineEditor)(view)
