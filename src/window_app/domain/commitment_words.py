"""The words of commitments that events are written in: kinds of events, states, outcomes, faults."""

from enum import StrEnum

from window_app.domain.events import EventType

COMMITMENT_TYPES = frozenset(
    {
        EventType.COMMITMENT_MADE,
        EventType.COMMITMENT_WITHDRAWN,
        EventType.COMMITMENT_VERIFIED,
        EventType.COMMITMENT_HEARING,
        EventType.COMMITMENT_DECIDED,
        EventType.RECOVERY_NOTED,
        EventType.COMMITMENT_OBJECTED,
        EventType.OBJECTION_DECIDED,
        EventType.CREDIT_LISTED,
        EventType.CREDIT_REPAIRED,
    }
)
"""Events about a commitment; all of them on the stream of its case."""


class CommitmentState(StrEnum):
    """Where a commitment stands. `unclear` waits for a further verification, as `made` does for the first."""

    MADE = "made"
    WITHDRAWN = "withdrawn"
    VERIFIED_TRUE = "verified_true"
    UNCLEAR = "unclear"
    FOUND_FALSE = "found_false"
    HEARING = "hearing"
    HEARD = "heard"
    DECIDED = "decided"


class Verification(StrEnum):
    """When a commitment is verified: never, while the matter goes on, or after it ended."""

    EXEMPT = "exempt"
    DURING = "during"
    AFTER = "after"


class Result(StrEnum):
    """What a verification found; the fact `result` of `CommitmentVerified`."""

    TRUE = "true"
    FALSE = "false"
    UNCLEAR = "unclear"


class HearingStep(StrEnum):
    """The fact `step` of `CommitmentHearing`: notice was given; the person spoke, waived it or did not come."""

    NOTICE = "notice"
    HEARD = "heard"
    WAIVED = "waived"
    ABSENT = "absent"


class Outcome(StrEnum):
    """What was decided of a commitment found false: it holds all the same, or the other three."""

    UPHELD = "upheld"
    ENDED = "ended"
    CORRECTED = "corrected"
    REVOKED = "revoked"


class Objection(StrEnum):
    """What became of an objection to the decision; `kept` leaves it, `struck` takes it and its listing away."""

    NONE = ""
    OPEN = "open"
    KEPT = "kept"
    STRUCK = "struck"


class FaultCode(StrEnum):
    """Why an event about a commitment is not believed."""

    TWICE = "twice"
    AFTER_COMPLETION = "after_completion"
    NOT_COUNTER = "not_counter"
    NOT_OFFICE = "not_office"
    AFTER_WITHDRAWAL = "after_withdrawal"
    TOO_LATE = "too_late"
    NO_FINDING = "no_finding"
    NO_NOTICE = "no_notice"
    NO_HEARING = "no_hearing"
    SAME_PERSON = "same_person"
    NO_DECISION = "no_decision"
    NO_OBJECTION = "no_objection"
    NOT_LISTED = "not_listed"
    UNREADABLE = "unreadable"


class SignerKind(StrEnum):
    """Who signed: the applicant, or a guardian for one who cannot."""

    APPLICANT = "applicant"
    GUARDIAN = "guardian"


class SignatureKind(StrEnum):
    """How: on a printed pair, or on the screen."""

    PAPER = "paper"
    INK = "ink"
