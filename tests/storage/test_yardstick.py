"""What the store is measured against keeps step with its tables."""

from window_app.storage.yardstick import BareStore, fill_with_people, sought


def test_a_hall_of_made_up_people_can_be_searched(records):
    fill_with_people(records, 300)
    assert records.count_cases() == 300
    asked = sought()
    name, _, phone = next(asked), next(asked), next(asked)
    row = records.cases(None, 1)[0]
    assert row in records.search(row.applicant, 300)
    assert len(name) == 2
    assert len(phone) == 4
    assert records.integrity() == ()


def test_the_barest_commit_has_the_cipher_of_the_store(records, tmp_path):
    bare = BareStore(tmp_path)
    assert bare.commit_one() > 0
    for told in ("page_size", "cipher_hmac_algorithm"):
        said = [one.execute(f"PRAGMA {told}").fetchone() for one in (bare._connection, records._database._connection)]
        assert said[0] == said[1]
    bare.close()
