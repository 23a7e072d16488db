"""Claims: who works on a case, told to everybody and holding nobody up."""

from window_app.domain.cases import Claim
from window_app.domain.events import EventType
from window_app.domain.ports import Records, Station
from window_app.services.authors import author_of
from window_app.services.case_files import CaseFile, CaseFiles
from window_app.services.session import Session


class Claims:
    """Claims cases and gives them back; works without a line like everything else."""

    def __init__(self, records: Records, session: Session, station: Station) -> None:
        self._records = records
        self._files = CaseFiles(records)
        self._actor = author_of(station, session)

    @property
    def own_code(self) -> str:
        """Return the code under which this session claims."""
        return self._actor.id

    def is_own(self, claim: Claim) -> bool:
        """Answer whether a claim is this clerk's: at another station the same code is somebody else."""
        return claim.claimant == self.own_code and self._records.is_here(claim.station_id)

    def claim(self, number: str) -> CaseFile:
        """Say that this clerk works on a case; a repeat writes nothing.

        Raises:
            NoSuchCase: where no such case is held here.
        """
        with self._records.unit_of_work() as work:
            file = self._files.get(number)
            if any(map(self.is_own, file.state.claims)):
                return file
            work.append(self._actor, [file.about(EventType.CASE_CLAIMED, facts={"claimant": self.own_code})])
        return self._files.again(file)

    def release(self, number: str, claimant: str | None = None) -> CaseFile:
        """Give a case back: this clerk's claim, or the one of a colleague who is away; a repeat writes nothing.

        Raises:
            NoSuchCase: where no such case is held here.
        """
        with self._records.unit_of_work() as work:
            file = self._files.get(number)
            released = [
                file.about(EventType.CASE_RELEASED, facts={"claimant": claim.claimant, "claim": str(claim.event_id)})
                for claim in file.state.claims
                if (self.is_own(claim) if claimant is None else claim.claimant == claimant)
            ]
            work.append(self._actor, released)
        return self._files.again(file)
