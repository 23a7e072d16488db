"""Facts of visits as tests write them, and what an assessment says of one matter."""

from typing import Any

from tests.definitions.conftest import Assess

from window_app.domain.assessment import MatterAssessment, RouteOption

HERE = {"visitor": "worker", "capacity": "ordinary", "employer_known": "registered", "workplace": "here"}
EMPLOYED = {**HERE, "employed": True}


def left(day: str, **more: Any) -> dict[str, Any]:
    """Return the facts of a visitor who left on a day."""
    return {**HERE, "employed": False, "employment_ended_on": day, **more}


def wages(position: str = "admits", procedure: str = "none", **more: Any) -> dict[str, Any]:
    """Return the facts of unpaid wages."""
    return {"matter_kind": "wages_unpaid", "employer_position": position, "earlier_procedure": procedure, **more}


def of(kind: str, procedure: str = "none", **more: Any) -> dict[str, Any]:
    """Return the facts of a matter of another kind."""
    return {"matter_kind": kind, "earlier_procedure": procedure, **more}


def only(law: Assess, visit: dict[str, Any], matter: dict[str, Any], **more: Any) -> MatterAssessment:
    """Return the assessment of a visit's one matter."""
    return law(visit, matter, **more).matters[0]


def option(matter: MatterAssessment, route: str) -> RouteOption:
    """Return a route offered."""
    return next(each for each in matter.routes if each.route == route)
