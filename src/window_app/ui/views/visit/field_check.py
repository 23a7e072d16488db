"""What is wrong with a field while somebody types in it: the field alone, at once. No Qt.

The whole form, with what the law makes of it, is read when the typing rests; this is for the eye.
"""

from window_app.forms import check_field
from window_app.forms.definitions import FieldDefinition
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.ui.views.visit.state import FieldAddress


class FieldCheck:
    """Checks what is typed against the definition of its field; touches no store and may be asked on any thread."""

    def __init__(self, desk: Desk, texts: Catalogue) -> None:
        self._desk = desk
        self._texts = texts
        self._known: dict[tuple[str, str, str], FieldDefinition | None] = {}

    def problem(self, route: str, address: FieldAddress, value: object) -> str:
        """Return what is wrong with a value, as a sentence; "" where nothing is, or nothing was typed."""
        definition = self._definition(route, address)
        if definition is None:
            return ""
        problem = check_field(definition, value, self._desk.clock.today())
        return "" if problem is None else self._texts.text(problem.code, **problem.params)

    def _definition(self, route: str, address: FieldAddress) -> FieldDefinition | None:
        key = (route, address.section, address.field)
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def _find(self, route: str, section: str, code: str) -> FieldDefinition | None:
        known = self._desk.definitions
        own = known.matter_for_route.get(route)
        for matter in (*([] if own is None else [known.matters[own]]), *known.matters.values()):
            for one in matter.sections:
                if one.code == section:
                    for field in one.fields:
                        if field.code == code:
                            return field
        return None
