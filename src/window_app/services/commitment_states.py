"""Where the commitment of a paper stands, in the word by which the printing table asks for it."""

from collections.abc import Mapping

from window_app.domain.commitments import Commitment, CommitmentState, fold_commitments
from window_app.domain.credit_list import CreditStanding
from window_app.domain.papers import PaperRecord
from window_app.services.case_files import CaseFile

_WORDS: Mapping[CommitmentState, str] = {
    CommitmentState.FOUND_FALSE: "found_false",
    CommitmentState.HEARING: "told",
    CommitmentState.HEARD: "told",
    CommitmentState.DECIDED: "decided",
}
_ENDED = frozenset({CreditStanding.REPAIRED, CreditStanding.STRUCK})


def committed(record: PaperRecord, file: CaseFile) -> Mapping[str, str]:
    """Return the fact `commitment_state` for a paper that names a commitment of its case; nothing for others."""
    named = record.content.get("values", {}).get("commitment")
    if named is None:
        return {}
    found = next((one for one in fold_commitments(file.events) if str(one.commitment_id) == named), None)
    return {"commitment_state": "none" if found is None else state_word(found)}


def state_word(commitment: Commitment) -> str:
    """Return none, made, found_false, told, decided or repaired."""
    if commitment.barred:
        return "none"
    if commitment.list_standing in _ENDED:
        return "repaired"
    return _WORDS.get(commitment.state, "made")
