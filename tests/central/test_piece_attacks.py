"""What the holder of a station's login can do with attachments that are not its own: nothing.

`ATTACKS` goes on with the table of `test_attacks`; docs/testing.md shows both.
"""

import hashlib
import os
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import errors
from tests.central.attacker import token_of
from tests.central.pen import Ends, Pen
from tests.postgres import CentreDatabase

from window_app.central.schema import own_root
from window_app.domain.attachments import HandingState, PieceAnswer
from window_app.domain.line import StationRefused

ATTACKS = (
    ("read pieces of confidential attachments, or of a case another office has", "no content", "read"),
    ("name another station's attachment in an event of one's own", "an empty one of one's own", "named"),
    ("hand in pieces of another station's attachment, of none, of a quarantined event", "UNKNOWN", "foreign"),
    ("hand in other bytes, other numbers, more than the event says", "MALFORMED; nothing kept", "altered"),
    ("attachments of billions of pieces, of no sense, in an envelope", "the event stands, without files", "senseless"),
    ("get pieces without a clerk or a reason, or after being revoked", "refused", "unnamed"),
    ("call the functions of pieces whose own checks were broken", "no row: row-level security holds alone", "broken"),
    ("read, change or drop the tables of pieces; call what they are built of", "permission denied", "tables"),
    ("put pieces back after an erasure by law", "ERASED; none kept", "erased"),
)  # fmt: skip


@dataclass(frozen=True)
class Sealed:
    """A file as a station seals it."""

    pieces: tuple[bytes, ...]

    @property
    def digest(self) -> str:
        return hashlib.sha256(b"".join(self.pieces)).hexdigest()

    @property
    def envelope(self) -> list[Any]:
        size = sum(map(len, self.pieces))
        return [self.digest, size, "image/jpeg", [hashlib.sha256(one).hexdigest() for one in self.pieces]]


def sealed(count: int = 3) -> Sealed:
    return Sealed(tuple(os.urandom(500) for _ in range(count)))


def attach(pen: Pen, case: UUID, file: Sealed, **said: Any) -> UUID:
    """State an attachment of a case."""
    return pen.write("MaterialAttached", case, {"key": "00"}, attachments=[file.envelope], **said)


@dataclass(frozen=True)
class Victim:
    """The eastern counter with a case and a report, each with a file that the centre holds whole."""

    pen: Pen
    case: UUID
    hidden: UUID
    file: Sealed
    secret: Sealed


@pytest.fixture
def victim(ends: Ends) -> Victim:
    pen = ends.pen("east")
    hidden = pen.receive("310101-2", office="inspection", **{"class": "confidential"})
    made = Victim(pen, pen.receive("310101-1"), hidden, sealed(), sealed())
    attach(pen, made.case, made.file)
    attach(pen, made.hidden, made.secret, **{"class": "confidential"})
    pen.push(ends["east"])
    for file in (made.file, made.secret):
        for number, piece in enumerate(file.pieces):
            assert ends["east"].put_piece(file.digest, number, piece) is PieceAnswer.OK
    return made


def test_each_row_of_the_table_has_its_test() -> None:
    assert [name for *_, name in ATTACKS if f"test_attack_{name}" not in globals()] == []


def test_what_they_are_for(ends: Ends, centre: CentreDatabase, victim: Victim) -> None:
    digests = [victim.file.digest, victim.secret.digest, "00" * 32]
    assert ends["east"].attachment_states(digests) == dict.fromkeys(digests[:2], HandingState.WHOLE)
    assert ends["east"].held_pieces(victim.secret.digest) == (0, 1, 2)
    for name, case, file in (("arbitration", victim.case, victim.file), ("inspection", victim.hidden, victim.secret)):
        got = [ends[name].get_piece(case, file.digest, at, "0031", "decide") for at in range(3)]
        assert tuple(got) == file.pieces
    assert ends["east"].get_piece(victim.case, victim.file.digest, 0, "0012", "inquiry") == victim.file.pieces[0]
    # Once an hour for each clerk, not once a piece.
    assert centre.execute("SELECT count(*) FROM centre.attachment_read") == [(3,)]
    assert ends["east"].put_piece(victim.file.digest, 1, victim.file.pieces[1]) is PieceAnswer.OK
    assert centre.execute("SELECT count(*) FROM centre.piece") == [(6,)]


def test_attack_read(ends: Ends, victim: Victim) -> None:
    for name in ("west", "east"):
        assert ends[name].get_piece(victim.hidden, victim.secret.digest, 0, "0012", "why not") is None
        # Nor by naming the case one may read.
        assert ends[name].get_piece(victim.case, victim.secret.digest, 0, "0012", "why not") is None
    assert ends["inspection"].get_piece(victim.case, victim.file.digest, 0, "0031", "not our case") is None
    assert ends["arbitration"].get_piece(victim.hidden, victim.secret.digest, 0, "0031", "not our case") is None
    assert ends["west"].attachment_states([victim.file.digest]) == {}
    assert ends["west"].held_pieces(victim.file.digest) == ()


def test_attack_named(ends: Ends, victim: Victim) -> None:
    thief = ends.pen("west")
    own = thief.receive("310101-7", office="inspection")
    for file in (victim.file, victim.secret):
        attach(thief, own, file)
    thief.push(ends["west"])
    for file in (victim.file, victim.secret):
        assert ends["west"].attachment_states([file.digest]) == {file.digest: HandingState.OPEN}
        assert ends["west"].held_pieces(file.digest) == ()
        assert ends["west"].get_piece(own, file.digest, 0, "0012", "mine") is None
        assert ends["inspection"].get_piece(own, file.digest, 0, "0031", "ours") is None


def test_attack_foreign(ends: Ends, centre: CentreDatabase, victim: Victim) -> None:
    fresh = sealed()
    for digest in (victim.file.digest, fresh.digest):
        assert ends["west"].put_piece(digest, 0, fresh.pieces[0]) is PieceAnswer.UNKNOWN
    forger = ends.pen("west")
    case = forger.receive()
    attach(forger, case, fresh, station=str(victim.pen.station_id))
    assert forger.push(ends["west"]).set_aside == (2,)
    assert ends["west"].put_piece(fresh.digest, 0, fresh.pieces[0]) is PieceAnswer.UNKNOWN
    assert centre.execute("SELECT count(*) FROM centre.piece") == [(6,)]


def test_attack_altered(ends: Ends, centre: CentreDatabase) -> None:
    pen, file = ends.pen("west"), sealed()
    large = Sealed((os.urandom(600), os.urandom(600)))
    case = pen.receive()
    attach(pen, case, file)
    pen.write("MaterialAttached", case, {}, attachments=[[large.digest, 700, "image/png", large.envelope[3]]])
    pen.push(ends["west"])
    for number, content in (
        (0, b"other"), (1, file.pieces[0]), (3, file.pieces[0]), (-1, file.pieces[0]), (2**31 - 2, b""),
        (0, b""), (0, os.urandom(2 * 1024 * 1024)),
    ):  # fmt: skip
        assert ends["west"].put_piece(file.digest, number, content) is PieceAnswer.MALFORMED
    assert ends["west"].put_piece(large.digest, 0, large.pieces[0]) is PieceAnswer.OK
    assert ends["west"].put_piece(large.digest, 1, large.pieces[1]) is PieceAnswer.MALFORMED
    assert centre.execute("SELECT count(*) FROM centre.piece") == [(1,)]


@pytest.mark.parametrize(
    "said",
    [
        [["00" * 32, 10**15, "image/png", ["00" * 32]]],
        [["00" * 32, 9, "image/png", ["00" * 32] * 1025]],
        [["00" * 32, 9, "image/png", []]],
        [["00" * 32, -9, "image/png", ["00" * 32]]],
        [["zz", 9, "image/png", ["00" * 32]]],
        [["00" * 32, 9, "image/png", ["zz" * 32]]],
        [["00" * 32, "much", "image/png", ["00" * 32]]],
        [["00" * 32, 9, None, None]],
        [[1]],
        [[[[[[]]]]]],
        [["00" * 32, 9, "image/png", ["00" * 32]], ["00" * 32, 9, "image/png", ["00" * 32]]],
    ],
)
def test_attack_senseless(ends: Ends, centre: CentreDatabase, said: list[Any]) -> None:
    pen = ends.pen("west")
    case = pen.receive()
    pen.write("MaterialAttached", case, {}, attachments=said)
    pen.write("VisitClosed")
    answer = pen.push(ends["west"])
    assert (answer.acked, answer.set_aside) == (3, ())
    assert centre.execute("SELECT count(*) FROM centre.attachment") == [(0,)]
    assert centre.execute("SELECT kind FROM centre.anomaly") == [("attachment",)]


def test_attack_unnamed(ends: Ends, centre: CentreDatabase, victim: Victim) -> None:
    for clerk, reason in (("", "why"), ("0031", " "), (" ", "")):
        with pytest.raises(StationRefused):
            ends["arbitration"].get_piece(victim.case, victim.file.digest, 0, clerk, reason)
    centre.administration.revoke(victim.pen.station_id)
    ends["east"].hello()
    for call in (
        lambda: ends["east"].get_piece(victim.case, victim.file.digest, 0, "0012", "mine"),
        lambda: ends["east"].put_piece(victim.file.digest, 0, victim.file.pieces[0]),
        lambda: ends["east"].attachment_states([victim.file.digest]),
        lambda: ends["east"].held_pieces(victim.file.digest),
    ):
        with pytest.raises(StationRefused):
            call()


def test_attack_broken(
    ends: Ends,
    centre: CentreDatabase,
    victim: Victim,
    attacker: psycopg.Connection[Any],
) -> None:
    """The functions' own checks are taken out; what they read is then up to the policies alone."""
    text = (own_root() / "functions" / "v1" / "attachments.sql").read_text("utf-8")
    for check in (
        "me.token_hash IS NULL", "NOT me.active", "AND a.enrolment_id = me.enrolment_id",
        "a.case_id = about AND ", "p.enrolment_id = a.enrolment_id",
    ):  # fmt: skip
        assert check in text
        harmless = "" if check.startswith(("AND", "a.case")) else "true" if check.startswith("p.") else "false"
        text = text.replace(check, harmless)
    with psycopg.connect(centre.dsn_admin, autocommit=True) as connection:
        connection.execute("SET ROLE window_app_service")
        connection.execute(text.encode())
    get = "SELECT content FROM sync_v1.get_piece(%s, %s, %s, 0, 'me', 'to know')"
    token = token_of(ends, "west")
    secret = bytes.fromhex(victim.secret.digest)
    for case in (victim.hidden, victim.case):
        assert attacker.execute(get, (token, case, secret)).fetchone() == (None,)
    # No session, or somebody else's: the reading cannot be recorded, and nothing is read without.
    for shown in (b"", token_of(ends, "east")):
        for case, file in ((victim.case, victim.file), (victim.hidden, victim.secret)):
            with pytest.raises((errors.InsufficientPrivilege, errors.NotNullViolation)):
                attacker.execute(get, (shown, case, bytes.fromhex(file.digest)))
    put = "SELECT code FROM sync_v1.put_piece(%s, %s, 9, %s)"
    assert attacker.execute(put, (b"", secret, b"x")).fetchone() == ("UNKNOWN",)
    # Without the record of the reading there is no piece, even of a case that may be read.
    records = "IF NOT EXISTS (SELECT FROM centre.attachment_read"
    assert records in text
    with psycopg.connect(centre.dsn_admin, autocommit=True) as connection:
        connection.execute("SET ROLE window_app_service")
        connection.execute(
            text.replace(records, "IF false AND NOT EXISTS (SELECT FROM centre.attachment_read").encode()
        )
    for name, case, file in (("arbitration", victim.case, victim.file), ("inspection", victim.hidden, victim.secret)):
        assert ends[name].get_piece(case, file.digest, 1, "0031", "decide") is None
    with psycopg.connect(centre.dsn_admin, autocommit=True) as connection:
        connection.execute("SET ROLE window_app_service")
        connection.execute(text.encode())
    # What the functions are for still works.
    read = ends["inspection"].get_piece(victim.hidden, victim.secret.digest, 1, "0031", "decide")
    assert read == victim.secret.pieces[1]


def test_attack_tables(attacker: psycopg.Connection[Any]) -> None:
    for statement in (
        "SELECT * FROM centre.piece", "SELECT number FROM centre.piece", "DELETE FROM centre.piece",
        "UPDATE centre.attachment SET erased = true", "INSERT INTO centre.attachment_read (clerk) VALUES ('x')",
        "SELECT * FROM gate.reading_files()", "SELECT * FROM gate.pieces_held('\\x00')",
        "SELECT sync_v1.expect_files(NULL, NULL, NULL)", "SELECT sync_v1.is_bearable('[]')",
    ):  # fmt: skip
        with pytest.raises((errors.InsufficientPrivilege, errors.UndefinedFunction)):
            attacker.execute(statement.encode())


def test_attack_erased(ends: Ends, centre: CentreDatabase, victim: Victim) -> None:
    again = sealed(2)
    first = attach(victim.pen, victim.case, again)
    second = attach(victim.pen, victim.case, again)
    victim.pen.push(ends["east"])
    for number, piece in enumerate(again.pieces):
        ends["east"].put_piece(again.digest, number, piece)
    centre.administration.erase(first, "删除决定书 1 号")
    assert ends["east"].attachment_states([again.digest]) == {again.digest: HandingState.WHOLE}
    centre.administration.erase(second, "删除决定书 2 号")
    assert ends["east"].attachment_states([again.digest]) == {again.digest: HandingState.ERASED}
    assert ends["east"].put_piece(again.digest, 0, again.pieces[0]) is PieceAnswer.ERASED
    assert ends["arbitration"].get_piece(victim.case, again.digest, 0, "0031", "decide") is None
    assert centre.execute("SELECT count(*) FROM centre.piece WHERE digest = %s", bytes.fromhex(again.digest)) == [(0,)]
