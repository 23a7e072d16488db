"""The aid of claims: calculates an amount, keeps how it differs from what is claimed, adds the claims up."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from window_app.forms.calculating import Calculation
from window_app.forms.calculators import CLAIM_SECTIONS
from window_app.services.calculators import KeptCalculation, in_capitals, title_of
from window_app.ui.fields.field_box import FieldBox
from window_app.ui.fields.line import Line
from window_app.ui.views.visit.aids import AidPanel, AidPlace
from window_app.ui.views.visit.calculator_panel import CALCULATE_KEY, CalculatorPanel
from window_app.ui.views.visit.state import FieldAddress
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import ENTER, Button, bind_here, label


class ClaimAid:
    """Stands at the sections whose records are claims."""

    @property
    def sections(self) -> frozenset[str]:
        """Return the sections of claims."""
        return frozenset(CLAIM_SECTIONS)

    def panel(self, place: AidPlace) -> AidPanel:
        """Return a panel for one of them."""
        return ClaimPanel(place)


class ReasonLine(Line):
    """A line that keeps Enter to itself: it says what was typed is meant."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the line on Enter, which hands the reason over."""
        if event.key() in ENTER:
            self.left.emit()
            return
        super().keyPressEvent(event)


class ClaimPanel(AidPanel):
    """The sum of the claims, the calculation of the one on show, and the calculator."""

    def __init__(self, place: AidPlace) -> None:
        super().__init__()
        self._at = place
        self._reason_shown = ""
        self._opened: tuple[str, int] | None = None
        self._bound = False
        self._build()

    def refresh(self) -> None:
        """Show the sum, and what was calculated for the claim on show."""
        self._bind()
        draft, key = self._at.draft(), self._at.matter_key
        total = self._at.place.desk.calculators.total(draft, key, self._at.section)
        self._total.setText(self.tr("Claimed in all: {amount} yuan").format(amount=f"{total.figures:,.2f}"))
        self._capitals.setText(total.capitals if total.figures else "")
        self._open.setText(self.tr("{n} without an amount").format(n=total.open) if total.open else "")
        self._open.setVisible(bool(total.open))
        self._show_kept(self._at.place.desk.calculators.kept(draft, key, self._at.section, self._at.record()))
        if self._opened is not None and self._opened != (key, self._at.record()):
            self.close_calculator(focus=False)

    def _bind(self) -> None:
        """Bind the key to the whole section, once the panel stands in it."""
        section = self._section()
        if not self._bound and section is not None:
            self._bound = True
            bind_here(section, CALCULATE_KEY, self.calculate)

    def _section(self) -> QWidget | None:
        strip = self.parentWidget()
        return strip.parentWidget() if strip is not None else None

    def calculate(self) -> None:
        """Open the calculator of the claim on show; where it is open, take its result over."""
        if self.calculator.isVisible():
            self.calculator.take()
            return
        self._at.change(lambda draft: draft, self._open_calculator)

    def close_calculator(self, *, focus: bool = True) -> None:
        """Close the calculator; nothing is taken over."""
        self._opened = None
        self.calculator.hide()
        if focus:
            self._at.show_record(self._at.record())
            self._stand_at_amount()

    def _stand_at_amount(self) -> None:
        """Put the focus on the amount, from where the form goes on."""
        section = self._section()
        for box in section.findChildren(FieldBox) if section is not None else ():
            if box.address == FieldAddress(self._at.section, self._at.record(), "amount"):
                box.editor.target().setFocus()

    def _open_calculator(self) -> None:
        draft, key, record = self._at.draft(), self._at.matter_key, self._at.record()
        calculators = self._at.place.desk.calculators
        fitting = calculators.fitting(self._kind())
        self._none.setVisible(not fitting)
        if not fitting:
            self._none.setText(self._why_none())
            return
        self._opened = (key, record)
        self.calculator.offer(fitting, draft.legal_day(self._at.place.desk.clock.today()))
        kept = calculators.kept(draft, key, self._at.section, record)
        code = kept.calculator if kept is not None else ""
        first = next((each for each in fitting if each.code == code), fitting[0])
        self._turn(first.code)
        self.calculator.show()
        self.calculator.take_focus()

    def _turn(self, code: str) -> None:
        calculators = self._at.place.desk.calculators
        values = calculators.prefilled(self._at.draft(), self._at.matter_key, self._at.section, self._at.record(), code)
        self.calculator.show_calculator(calculators.find(code), values)

    def _why_none(self) -> str:
        if not self._kind():
            return self.tr("Choose what is claimed first; the calculator follows from it.")
        return self.tr("There is no calculator for this kind of claim; please type the amount.")

    def _kind(self) -> str | None:
        draft, key = self._at.draft(), self._at.matter_key
        return self._at.place.desk.calculators.kind(draft, key, self._at.section, self._at.record())

    def _take(self, made: Calculation) -> None:
        calculators = self._at.place.desk.calculators
        key, section, record = self._at.matter_key, self._at.section, self._at.record()
        self._at.change(
            lambda draft: calculators.take_over(draft, key, section, record, made),
            self.close_calculator,
        )

    def _show_kept(self, kept: KeptCalculation | None) -> None:
        self._kept.setVisible(kept is not None)
        differs = kept is not None and kept.difference != 0
        self._reason_label.setVisible(differs)
        self.reason.setVisible(differs)
        if kept is None:
            return
        title = self._at.place.texts.of(title_of(self._at.place.desk.definitions, kept.calculator))
        told = self.tr("Calculated ({title}): {amount} yuan").format(title=title, amount=f"{kept.calculated:,.2f}")
        if differs:
            claimed = f"{kept.claimed:,.2f}" if kept.claimed is not None else "—"
            told += self.tr("; claimed {claimed}, a difference of {difference}").format(
                claimed=claimed, difference=f"{kept.difference:+,.2f}"
            )
        elif kept.claimed is not None:
            told += f"（{in_capitals(kept.claimed)}）"
        self._kept.setText(told)
        if kept.reason != self._reason_shown or not self.reason.hasFocus():
            self._reason_shown = kept.reason
            self.reason.setText(kept.reason)

    def _give_reason(self) -> None:
        reason = self.reason.text()
        if self.reason.composing or reason.strip() == self._reason_shown:
            return
        self._reason_shown = reason.strip()
        calculators = self._at.place.desk.calculators
        key, section, record = self._at.matter_key, self._at.section, self._at.record()
        self._at.change(lambda draft: calculators.with_reason(draft, key, section, record, reason))

    def _build(self) -> None:
        self._total = label("", "strong")
        self._capitals = label("", "secondary", wrap=True)
        self._open = label("", "due")
        self.button = Button(self.tr("Calculate…  {key}").format(key=CALCULATE_KEY), "choose")
        self.button.clicked.connect(self.calculate)
        self._kept = label("", "note-plain", wrap=True)
        self._reason_label = label(self.tr("Why it differs (kept on record)"), "field-label")
        self.reason = ReasonLine()
        self.reason.setAccessibleName(self._reason_label.text())
        self.reason.left.connect(self._give_reason)
        self._none = label("", "due", wrap=True)
        self._none.hide()
        self.calculator = CalculatorPanel(self._at.place)
        self.calculator.hide()
        self.calculator.chosen.connect(self._turn)
        self.calculator.taken.connect(self._take)
        self.calculator.closed.connect(self.close_calculator)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        head = FlowLayout(spacing=12)
        for shown in (self._total, self._open, self.button):
            head.addWidget(shown)
        lines.addLayout(head)
        for part in (self._capitals, self._kept, self._reason_label, self.reason, self._none, self.calculator):
            lines.addWidget(part)
