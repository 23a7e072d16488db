"""What the store is measured against: the barest commit of the same library, and a hall of many people."""

import os
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

import sqlcipher3.dbapi2 as driver
from sqlalchemy import bindparam, insert, select

from window_app.domain.receipt_numbers import grouped
from window_app.storage import projections, search_index, search_terms
from window_app.storage.engine import CIPHER, KEY_LENGTH, Statement, open_database
from window_app.storage.schema import event_table
from window_app.storage.station_state import write_value
from window_app.storage.store import Store

ROW_BYTES = 1000
_CHUNK = 50_000
_EVENTS_AFTER = Statement(
    select(event_table).where(event_table.c.position > bindparam("after")).order_by(event_table.c.position)
)
_INSERT_EVENT = Statement(
    insert(event_table).values({column.name: bindparam(column.name) for column in event_table.columns})
)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂建国华志红春梅玉兰凤云海燕鹏飞雪琴文辉力斌宇浩凯健俊帆晨"
_FIRMS = "鑫盛隆达恒信泰华瑞丰宏远兴业中联东方金龙大成"
_TRADES = ("餐饮有限公司", "服装厂", "建筑劳务有限公司", "物流有限公司", "电子厂")
_FIRST_DAY = date(2020, 1, 2)


class BareStore:
    """A table of one column under the store's cipher, journal and durability, and nothing else."""

    def __init__(self, directory: Path) -> None:
        """Make the database in a folder."""
        self._connection = driver.connect(str(directory / "bare.db"), isolation_level=None)
        self._connection.execute(f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"")
        for pragma in (*CIPHER, "journal_mode = WAL", "synchronous = FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, content BLOB NOT NULL)")

    def commit_one(self, size: int = ROW_BYTES) -> float:
        """Write one row of so many bytes in one durable transaction and return the seconds it took."""
        content = os.urandom(size)
        start = perf_counter()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO row (content) VALUES (?)", (content,))
        self._connection.execute("COMMIT")
        return perf_counter() - start

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def fill_with_people(store: Store, count: int, seed: int = 1) -> None:
    """Put cases of so many different people into the projections, without events behind them."""
    database = store._database
    people = _People(seed)
    # Nothing of this need survive a power cut, and flushing would be most of the time.
    database.pragma("synchronous = OFF")
    for first in range(1, count + 1, _CHUNK):
        cases = people.cases(range(first, min(first + _CHUNK, count + 1)))
        with database.transaction():
            database.run_many(projections._INSERT, [row for row, _ in cases])
            database.run_many(
                search_index._INSERT, [{"position": row["position"], "terms": terms} for row, terms in cases]
            )
            write_value(database, search_index._INDEXED, first + len(cases) - 1)
    store.tidy()
    database.pragma("synchronous = FULL")


def sought(seed: int = 2) -> Iterator[str]:
    """Yield what somebody might type: two characters of a name, initials, the end of a phone number."""
    chance = Random(seed)  # noqa: S311 # names for a measurement, no secrets
    while True:
        yield chance.choice(_SURNAMES) + chance.choice(_GIVEN)
        yield "".join(chance.choice("wlzcyhxsgjmdfqtp") for _ in range(3))
        yield f"{chance.randrange(10_000):04d}"


class _People:
    """Cases of made-up people, quickly: what many of them share is worked out once."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311 # names for a measurement, no secrets
        firms = ("".join(self._chance.choices(_FIRMS, k=3)) + trade for _ in range(400) for trade in _TRADES)
        self._firms = [(firm, " ".join(search_terms._terms_of_name(firm))) for firm in dict.fromkeys(firms)]
        self._name_terms: dict[str, str] = {}

    def cases(self, positions: range) -> list[tuple[dict[str, object], str]]:
        """Return a row of the projection and its search terms for each place."""
        many, chance = len(positions), self._chance
        surnames, firsts, seconds = (chance.choices(signs, k=many) for signs in (_SURNAMES, _GIVEN, _GIVEN))
        phones = [f"1{number}" for number in chance.choices(range(3_000_000_000, 10_000_000_000), k=many)]
        firms = chance.choices(self._firms, k=many)
        names = ["".join(parts) for parts in zip(surnames, firsts, seconds, strict=True)]
        return [self._case(*parts) for parts in zip(positions, names, phones, firms, strict=True)]

    def _case(self, position: int, name: str, phone: str, firm: tuple[str, str]) -> tuple[dict[str, object], str]:
        known = self._name_terms.get(name)
        if known is None:
            known = self._name_terms[name] = " ".join(search_terms._terms_of_name(name))
        day = _FIRST_DAY + timedelta(days=position // 500)
        key = f"000000PRAC{day:%y%m%d}{position % 500 + 1:04d}{position % 900 + 100:03d}"
        tails = " ".join(f"{search_terms.PHONE}{phone[-length:]}" for length in search_terms._PHONE_TAILS)
        numbers = " ".join(f"{search_terms.NUMBER}{key[-length:]}" for length in search_terms._NUMBER_TAILS)
        row = {
            "position": position,
            "case_id": (position << 64).to_bytes(16, "big"),
            "visit_id": (position << 64 | 1).to_bytes(16, "big"),
            "matter_key": "m1",
            "number": grouped(key),
            "number_key": key,
            "matter": "arbitration_application",
            "route": "arbitration",
            "applicant": name,
            "respondent": firm[0],
            "parties": f'[["applicant","{name}","{phone}"],["respondent","{firm[0]}",""]]',
            "received_on": day.isoformat(),
            "due_on": (day + timedelta(days=7)).isoformat(),
            "state": "received",
            "own": 1,
            "last_lseq": 0,
            "office": "",
            "acknowledged": 0,
            "claimed_by": "",
            "decision_number": "",
            "conflicts": 0,
            "opened": 1,
            "confidential": 0,
            "fields_prefilled": 0,
            "materials_reused": 0,
        }
        return row, f"{known} {tails} {firm[1]} {numbers}"


class BareFeed:
    """The store's own table of events under its cipher, journal and indexes, and nothing around it."""

    def __init__(self, directory: Path) -> None:
        """Make the database in a folder."""
        self._database = open_database(directory / "bare-feed.db", secrets.token_bytes(KEY_LENGTH), create=True)
        self._position = 0
        with self._database.core_transaction() as connection:
            event_table.create(connection)

    def insert_new(self, of: Store, rows_at_once: int) -> float:
        """Write what another store has got since the last call, so many rows to a durable transaction.

        Returns:
            The seconds it took.
        """
        rows = of._database.rows(_EVENTS_AFTER, {"after": self._position})
        start = perf_counter()
        for at in range(0, len(rows), rows_at_once):
            with self._database.transaction():
                # Straight to the driver: what our own door does for speed is no part of the floor.
                self._database._cursor.executemany(_INSERT_EVENT.sql, rows[at : at + rows_at_once])
        taken = perf_counter() - start
        self._position = rows[-1][0] if rows else self._position
        return taken

    def close(self) -> None:
        """Close the file."""
        self._database.close()
