"""Who signs a commitment: the applicant, a guardian with her particulars, or somebody else, who may not."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from window_app.domain.commitment_drafts import APPLICANT, CAPABLE, GUARDIAN, OTHER, Signer
from window_app.ui.views.visit.commitment_reading import NAME, NUMBER, RELATION, CommitmentView
from window_app.ui.views.visit.state import FieldAddress, FieldView
from window_app.ui.widgets.field_grid import FieldGrid
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import Button, label

CAPACITY = "capacity"
CANNOT_WRITE, INCAPABLE = "cannot_write", "incapable"
PLACE = "guardian"


class CommitmentSigner(QWidget):
    """Chooses who signs by key and takes a guardian's particulars down, each problem at its field.

    Signals:
        given: somebody else signs, or other particulars were typed; carries the `Signer`.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signer = Signer()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self.buttons: dict[str, Button] = {}
        row = QWidget()
        flow = FlowLayout(row, spacing=6, between=4)
        for key, (kind, text) in zip("345", self._kinds(), strict=True):
            button = Button(f"{key}  {text}")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, kind=kind: self.choose(kind))
            self.buttons[kind] = button
            flow.addWidget(button)
        self.fields = FieldGrid()
        self._lines.addWidget(label(self.tr("Who signs? Nobody may sign for the applicant but a guardian."), "strong"))
        self._lines.addWidget(row)
        self._lines.addWidget(self.fields)

    def show_view(self, view: CommitmentView) -> None:
        """Show who signs, and what is wrong with it."""
        self._signer = view.signer
        for kind, button in self.buttons.items():
            button.setChecked(kind == view.signer.kind)
        self.fields.setVisible(view.signer.kind == GUARDIAN)
        if view.signer.kind != GUARDIAN:
            return
        for box in self.fields.show_fields(self._fields(view.signer, dict(view.faults))):
            box.left.connect(self._left)

    def choose(self, kind: str) -> None:
        """Take who signs; a guardian's particulars are asked for."""
        for known, button in self.buttons.items():
            button.setChecked(known == kind)
        if kind != self._signer.kind:
            capacity = CANNOT_WRITE if kind == GUARDIAN else CAPABLE
            self.given.emit(Signer(kind, capacity))

    def take_focus(self) -> bool:
        """Put the focus on the guardian's first field; answers whether there is one."""
        boxes = [] if self.fields.isHidden() else self.fields.ordered()
        for box in boxes:
            if not box.value():
                box.editor.target().setFocus()
                return True
        return False

    def move_focus(self, step: int) -> bool:
        """Go to another field; answers whether the focus was in one and there is another."""
        boxes = [] if self.fields.isHidden() else self.fields.ordered()
        at = next((place for place, box in enumerate(boxes) if box.has_focus()), None)
        if at is None or not 0 <= at + step < len(boxes):
            return False
        boxes[at + step].editor.target().setFocus()
        return True

    def typed(self) -> Signer:
        """Return the signer with what stands in the fields now."""
        if self._signer.kind != GUARDIAN:
            return self._signer
        said = {box.address.field: str(box.value() or "") for box in self.fields.ordered()}
        return replace(self._signer, **said)

    def _left(self) -> None:
        typed = self.typed()
        if typed != self._signer:
            self._signer = typed
            self.given.emit(typed)

    def _kinds(self) -> tuple[tuple[str, str], ...]:
        return (
            (APPLICANT, self.tr("the applicant in person")),
            (GUARDIAN, self.tr("the applicant's guardian")),
            (OTHER, self.tr("somebody else")),
        )

    def _fields(self, signer: Signer, faults: dict[str, str]) -> tuple[FieldView, ...]:
        why = ((CANNOT_WRITE, self.tr("cannot write")), (INCAPABLE, self.tr("has no legal capacity")))
        asked = (
            (CAPACITY, "choice", self.tr("The applicant"), signer.capacity, why),
            (NAME, "person_name", self.tr("Guardian's name"), signer.name, ()),
            (RELATION, "text", self.tr("Guardian of the applicant as"), signer.relation, ()),
            (NUMBER, "resident_id", self.tr("Guardian's identity number"), signer.id_number, ()),
        )
        return tuple(
            FieldView(
                FieldAddress(PLACE, 0, field),
                kind,
                title,
                due=True,
                choices=choices,
                value=value,
                problem=faults.get(field, ""),
                # What was not typed yet is only missing; what was typed wrong is to be put right.
                severity=("error" if value else "due") if field in faults else "",
            )
            for field, kind, title, value, choices in asked
        )
