"""Mutations of the code by name: what is broken, how, and the tests that must see it."""

from tests.invariants.mutation import CENTRAL, GATE, HERE, POLICIES, SYNC, V1, Edit, Mutation
from tests.invariants.mutations_of_faults import OF_FAULTS

MUTATIONS = (
    Mutation(
        "witness check removed",
        (
            Edit(f"{V1}/pull.sql", "IF after > 0 AND witness IS DISTINCT FROM last THEN", "IF false THEN"),
            Edit(f"{V1}/pull.sql", "e.fseq = after AND e.event_id = witness", "e.fseq = after"),
        ),
        (
            f"{HERE}/test_fork_and_restore.py::test_a_restored_centre_that_was_written_on_before_others_came_back_is_noticed_by_its_witness",
        ),
    ),
    Mutation(
        "feed lock replaced by read-then-write",
        (
            Edit(
                GATE,
                "    UPDATE centre.feed AS f SET head = f.head + events, last_event = final\n"
                "    WHERE f.feed_id = wanted AND f.feed_id = ANY (gate.writes())\n"
                "    RETURNING f.head - events INTO STRICT before;\n",
                "    SELECT f.head INTO before FROM centre.feed AS f WHERE f.feed_id = wanted;\n"
                "    PERFORM pg_sleep(0.01);\n"
                "    UPDATE centre.feed AS f SET head = before + events, last_event = final\n"
                "    WHERE f.feed_id = wanted;\n",
            ),
        ),
        (f"{HERE}/test_one_fault.py::test_a_reader_that_sees_a_number_sees_all_before_it_while_others_write_and_fail",),
    ),
    Mutation(
        "acknowledged before the answer",
        (
            Edit(
                f"{SYNC}/pushing.py",
                "        self._ends.sending((first, last))\n",
                "        self._ends.store(partial(self._ends.replica.note_acked, last, ''))\n"
                "        self._ends.sending((first, last))\n",
            ),
        ),
        (
            f"{HERE}/test_one_fault.py::test_a_counter_that_never_writes_again_after_a_lost_push_has_everything_at_the_centre",
        ),
    ),
    Mutation(
        "recheck left out",
        (
            Edit(
                f"{SYNC}/pushing.py",
                "        held = greeting.acked\n",
                "        held = store(replica.acked)\n        return\n",
            ),
        ),
        (
            f"{HERE}/test_fork_and_restore.py"
            "::test_a_centre_restored_from_a_dump_gets_back_all_that_live_stations_hold",
            f"{HERE}/test_fork_and_restore.py"
            "::test_a_restored_centre_gets_back_what_a_counter_had_confirmed_that_never_writes_again",
            f"{HERE}/test_histories.py::test_no_history_of_faults_loses_doubles_or_skips_anything",
        ),
    ),
    Mutation(
        "digest of the body not checked",
        (Edit(f"{V1}/judge.sql", "OR sha256(said.content) <> decode(said.body, 'hex')", ""),),
        (
            f"{HERE}/test_set_aside.py::test_an_event_whose_body_is_not_what_its_envelope_says_is_set_aside_and_later_ones_go_on",
        ),
    ),
    Mutation(
        "one unreadable envelope refuses the batch",
        (
            Edit(
                f"{V1}/judge.sql",
                "        given := sync_v1.judge_singly(me, first_lseq, envelopes, bodies);\n",
                "        RAISE;\n",
            ),
        ),
        (f"{HERE}/test_set_aside.py::test_an_envelope_that_is_none_is_set_aside_and_later_ones_go_on",),
    ),
    Mutation(
        "a known event id is an error",
        (Edit(f"{V1}/claim.sql", "        ON CONFLICT (event_id) DO NOTHING\n", ""),),
        (f"{CENTRAL}/test_push.py::test_an_id_known_already_is_stored_once_and_another_content_under_it_is_set_aside",),
    ),
    Mutation(
        "fork not looked for where the client is shorter",
        (
            Edit(
                f"{V1}/chained.sql",
                "    RETURN links[shared - first_lseq + 1] = (\n",
                "    RETURN true OR links[shared - first_lseq + 1] = (\n",
            ),
            Edit(
                f"{SYNC}/pushing.py",
                "            if batch is None or batch.first_lseq != held:\n                raise Forked()\n",
                "            if batch is None or batch.first_lseq != held:\n                return\n",
            ),
        ),
        (
            f"{HERE}/test_fork_and_restore.py"
            "::test_two_machines_from_one_disk_go_on_as_two_stations_and_nobody_loses_a_case",
            f"{HERE}/test_fork_and_restore.py"
            "::test_a_disk_set_back_is_seen_whether_it_is_shorter_or_longer_than_the_centre",
        ),
    ),
    Mutation(
        "renewal left out",
        (
            Edit(
                f"{SYNC}/round.py",
                "        except Forked:\n            self._renew(tally)\n",
                "        except Forked:\n            pass\n",
            ),
        ),
        (
            f"{HERE}/test_fork_and_restore.py"
            "::test_two_machines_from_one_disk_go_on_as_two_stations_and_nobody_loses_a_case",
            f"{HERE}/test_fork_and_restore.py"
            "::test_what_two_machines_from_one_disk_both_still_hold_unsent_is_stored_once",
        ),
    ),
    Mutation(
        "work of a revoked station thrown away",
        (
            Edit(
                f"{V1}/push.sql",
                "        code := sync_v1.set_all_apart(me, first_lseq, links, envelopes, bodies);\n",
                "        code := 'QUARANTINED';\n",
            ),
        ),
        (
            f"{HERE}/test_set_aside.py::test_a_revoked_counter_gets_nothing_and_what_it_still_sends_is_kept_for_a_person",
        ),
    ),
    Mutation(
        "base of a change not looked at",
        (
            Edit(
                "src/window_app/domain/conflicts.py",
                "    if base == current.event_id:\n        return put",
                "    if True:\n        return put",
            ),
        ),
        (
            f"{HERE}/test_one_fault.py::test_two_who_did_not_see_each_other_leave_one_conflict_that_everybody_sees_and_a_person_ends",
        ),
    ),
    Mutation(
        "density checked nowhere",
        (
            Edit(f"{SYNC}/checking.py", "or not dense or not whole:", "or not whole:"),
            Edit("src/window_app/storage/feeds.py", "        if event.fseq != expected:\n", "        if False:\n"),
        ),
        (f"{HERE}/test_one_fault.py::test_a_feed_with_a_hole_is_not_followed_past_it",),
    ),
    Mutation(
        "policy of the events dropped",
        (
            Edit(
                POLICIES,
                "CREATE POLICY service ON centre.event FOR SELECT TO window_app_service\n"
                "    USING (feed_id = ANY ((SELECT gate.feeds())::text[]));\n",
                "CREATE POLICY service ON centre.event FOR SELECT TO window_app_service USING (true);\n",
            ),
        ),
        (f"{CENTRAL}/test_broken_checks.py::test_attack_broken",),
    ),
    Mutation(
        "overlap of a batch stored again",
        (Edit(f"{V1}/push.sql", "    IF overlap > 0 THEN\n", "    IF false THEN\n"),),
        (f"{CENTRAL}/test_push.py::test_an_overlapping_batch_adds_only_what_is_new",),
    ),
    Mutation(
        "signature of a batch not checked by its readers",
        (
            Edit(
                f"{SYNC}/checking.py",
                "            elif _holds(public, batch.signature, signed):\n",
                "            elif public:\n",
            ),
        ),
        ("tests/sync/test_checking.py::test_a_forged_signature_is_stopped",),
    ),
    Mutation(
        "former incarnations forgotten",
        (
            Edit(
                f"{SYNC}/incarnations.py",
                "        for station_id, secret in earlier:\n            try:\n",
                "        for station_id, secret in earlier[:0]:\n            try:\n",
            ),
        ),
        (
            f"{HERE}/test_fork_and_restore.py"
            "::test_what_a_station_had_confirmed_before_its_renewal_comes_back_to_a_centre_set_back_behind_it",
            f"{HERE}/test_fork_and_restore.py::test_a_restore_to_before_a_renewal_is_healed",
        ),
    ),
    Mutation(
        "no watchdog",
        (
            Edit(
                f"{SYNC}/watchdog.py",
                "                        shut(guard.descriptor)\n",
                "                        pass\n",
            ),
        ),
        (
            f"{HERE}/test_one_fault.py::test_no_call_over_a_line_gone_silent_outlasts_its_deadline[hello]",
            f"{HERE}/test_processes.py"
            "::test_a_backend_that_stops_answering_holds_a_round_up_to_its_deadline_and_no_longer",
        ),
    ),
    Mutation(
        "what was set aside forgotten at the counter",
        (
            Edit(
                f"{SYNC}/pushing.py",
                '                self._note(lseq, lseq, "refused", SET_ASIDE)\n',
                "                pass\n",
            ),
        ),
        (
            f"{HERE}/test_set_aside.py"
            "::test_an_event_whose_body_is_not_what_its_envelope_says_is_set_aside_and_later_ones_go_on",
        ),
    ),
    Mutation(
        "folded by the clocks",
        (
            Edit(
                "src/window_app/domain/fold.py",
                "event.fseq or 0, event.lseq, *ids",
                "event.occurred_at.timestamp(), event.lseq, *ids",
            ),
        ),
        (
            f"{HERE}/test_fork_and_restore.py"
            "::test_of_two_values_the_first_in_the_feed_stays_whatever_the_clocks_of_their_authors_said",
        ),
    ),
    Mutation(
        "a batch that does not get through is not made smaller",
        (
            Edit(
                f"{SYNC}/pushing.py",
                "            self._limit = max(1, min(self._limit, len(batch.events)) // 2)\n",
                "            pass\n",
            ),
        ),
        (
            f"{HERE}/test_histories.py::test_a_slow_line_a_beginning_at_a_checkpoint_and_a_revocation_lose_nothing",
            f"{HERE}/test_one_fault.py"
            "::test_over_a_line_that_carries_a_few_events_before_its_deadline_all_of_them_come",
        ),
    ),
    Mutation(
        "open cases left out at a checkpoint",
        (
            Edit(
                f"{SYNC}/pulling.py",
                "            tally.pulled += self.cases(feed, start.open_cases)\n",
                "            tally.pulled += self.cases(feed, start.open_cases[:0])\n",
            ),
        ),
        (f"{HERE}/test_histories.py::test_a_slow_line_a_beginning_at_a_checkpoint_and_a_revocation_lose_nothing",),
    ),
    Mutation(
        "a checkpoint kept although the feed is another one by now",
        (
            Edit(
                f"{SYNC}/comparing.py",
                "        if found and self._ends.store(partial(self._ends.replica.base, feed)):\n",
                "        if False:\n",
            ),
        ),
        (
            f"{HERE}/test_fork_and_restore.py"
            "::test_a_centre_set_back_behind_a_checkpoint_and_filled_in_another_order_is_noticed_by_who_began_there",
        ),
    ),
    Mutation(
        "unsent work of a revoked station not handed in",
        (
            Edit(
                f"{SYNC}/round.py",
                "        self._pushing.push(tally)\n        if not greeting.active or tally.revoked:\n",
                "        if greeting.active:\n            self._pushing.push(tally)\n"
                "        if not greeting.active or tally.revoked:\n",
            ),
        ),
        (f"{HERE}/test_histories.py::test_a_slow_line_a_beginning_at_a_checkpoint_and_a_revocation_lose_nothing",),
    ),
    Mutation(
        "what the centre lost of a revoked station stays away",
        (Edit(f"{SYNC}/round.py", "            self._pushing.hand_back(greeting)\n", "            pass\n"),),
        (
            f"{HERE}/test_fork_and_restore.py"
            "::test_what_a_centre_set_back_lost_of_a_counter_it_then_revoked_is_kept_for_a_person",
        ),
    ),
    Mutation(
        "a station believed about another one's clerk",
        (
            Edit(
                "src/window_app/domain/clerk_names.py",
                "    if owner.station_id != said.station_id:\n",
                "    if False:\n",
            ),
        ),
        ("tests/sync/test_clerk_names.py::test_a_station_that_signs_for_another_one_s_clerk_is_believed_by_no_reader",),
    ),
    Mutation(
        "quarantine without end",
        (Edit(f"{V1}/claim.sql", "        RAISE SQLSTATE 'WA001';\n", "        NULL;\n"),),
        (
            f"{HERE}/test_set_aside.py"
            "::test_a_revoked_counter_hands_in_as_much_as_the_centre_keeps_and_loses_nothing_of_the_rest",
        ),
    ),
    *OF_FAULTS,
)
