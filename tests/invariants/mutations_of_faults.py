"""Mutations that tests with processes, disks, clocks and releases must see, and those of what travels at all."""

from tests.invariants.mutation import ENGINE, HERE, SYNC, V1, Edit, Mutation

OF_FAULTS = (
    Mutation(
        "what was confirmed is taken once more",
        (
            Edit(f"{V1}/push.sql", "        IF final > known.lseq THEN\n", "        IF true THEN\n"),
            Edit(f"{V1}/push.sql", "    IF overlap > 0 THEN\n", "    IF false THEN\n"),
        ),
        (f"{HERE}/test_one_fault.py::test_the_same_push_many_times_has_the_effect_of_one",),
    ),
    Mutation(
        "the first feed is not followed",
        (
            Edit(
                f"{SYNC}/round.py",
                "        for feed in greeting.feeds:\n            self._guarded(tally,",
                "        for feed in greeting.feeds[1:]:\n            self._guarded(tally,",
            ),
        ),
        (
            f"{HERE}/test_one_fault.py"
            "::test_what_two_counters_received_stands_at_the_centre_at_the_office_and_at_each_other",
        ),
    ),
    Mutation(
        "the lock of a program that was killed stays",
        (
            Edit(
                "src/window_app/storage/lock.py",
                "            _lock(self._handle)\n",
                "            if os.fstat(self._handle).st_size:\n"
                '                raise OSError("somebody held it")\n'
                "            _lock(self._handle)\n",
            ),
        ),
        (f"{HERE}/test_processes.py::test_stations_killed_at_random_moments_of_receiving_and_syncing",),
    ),
    Mutation(
        "a connection that broke is used again",
        (Edit(f"{SYNC}/postgres.py", "self._end(connection, broken=True)", "self._end(connection, broken=False)"),),
        (f"{HERE}/test_processes.py::test_a_centre_stopped_at_once_in_the_middle_of_work",),
    ),
    Mutation(
        "a full disk is taken for a defect of the program",
        (
            Edit(
                "src/window_app/storage/failures.py",
                "    if code in _FULL:\n        return DiskFull()\n",
                "    if code in _FULL:\n        return None\n",
            ),
        ),
        (
            f"{HERE}/test_processes.py::test_a_counter_whose_disk_is_full_gives_no_number_and_goes_on_when_there_is_room",
        ),
    ),
    Mutation(
        "a call that failed is taken for a yes",
        (
            Edit(
                f"{SYNC}/pushing.py",
                '                self._note(first, last, "unknown", ANSWER_LOST)\n            raise\n',
                '                self._note(first, last, "unknown", ANSWER_LOST)\n'
                '            return PushAnswer(PushCode.OK, last, "")\n',
            ),
        ),
        (f"{HERE}/test_processes.py::test_a_centre_whose_disk_is_full_loses_nothing_that_it_had_confirmed",),
    ),
    Mutation(
        "the counter's store flushes nothing",
        (Edit(ENGINE, '"synchronous = FULL"', '"synchronous = OFF"'),),
        (
            f"{HERE}/test_processes.py"
            "::test_a_counter_whose_disk_answers_eio_to_a_flush_gives_no_number_that_is_not_kept",
        ),
    ),
    Mutation(
        "the centre flushes nothing",
        (
            Edit(
                "src/window_app/central/cluster.py",
                "        chosen.update(self._settings)\n",
                '        chosen.update({**self._settings, "fsync": "off"})\n',
            ),
        ),
        (f"{HERE}/test_processes.py::test_a_centre_whose_disk_answers_eio_to_a_flush_keeps_what_it_confirmed",),
    ),
    Mutation(
        "a case that cannot be projected refuses the batch",
        (
            Edit(
                f"{V1}/project.sql",
                "                PERFORM sync_v1.receive(me, given[place:place], envelopes[place:place]);\n"
                "            END IF;\n"
                "        EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded"
                " THEN\n",
                "                PERFORM sync_v1.receive(me, given[place:place], envelopes[place:place]);\n"
                "            END IF;\n"
                "        EXCEPTION WHEN no_data_found THEN\n",
            ),
        ),
        (f"{HERE}/test_set_aside.py::test_facts_over_which_every_projection_stumbles_hold_nothing_up",),
    ),
    Mutation(
        "events of a newer release are set aside",
        (
            Edit(
                f"{V1}/judge.sql",
                "            WHEN said.event IS NULL OR said.type IS NULL OR",
                "            WHEN said.version > 1 OR said.event IS NULL OR said.type IS NULL OR",
            ),
            Edit(f"{V1}/00_types.sql", "type text, actor json\n", "type text, actor json, version integer\n"),
        ),
        (f"{HERE}/test_skew.py::test_events_of_a_newer_release_survive_a_round_trip_unchanged",),
    ),
    Mutation(
        "only the newest protocol is served",
        (
            Edit(
                f"{V1}/hello.sql",
                "    IF protocol < here.protocol_from THEN\n",
                "    IF protocol < here.protocol_to THEN\n",
            ),
        ),
        (f"{HERE}/test_skew.py::test_stations_of_this_release_go_on_at_a_centre_of_the_next_one",),
    ),
    Mutation(
        "an upgrade keeps what the centre confirmed and nothing else",
        (
            Edit(
                "src/window_app/storage/migrate.py",
                "            command.upgrade(config, target)\n",
                "            command.upgrade(config, target)\n"
                '            connection.exec_driver_sql("DELETE FROM event WHERE fseq IS NULL")\n',
            ),
        ),
        (f"{HERE}/test_skew.py::test_an_upgrade_in_front_of_five_hundred_unsent_events_loses_none",),
    ),
    Mutation(
        "a wrong clock keeps from syncing",
        (
            Edit(
                f"{SYNC}/round.py",
                "            self._offset_ms = round(offset.total_seconds() * 1000)\n",
                "            self._offset_ms = round(offset.total_seconds() * 1000)\n"
                "            if abs(self._offset_ms) > 300_000:\n"
                '                raise LineDown("timeout")\n',
            ),
        ),
        (f"{HERE}/test_fork_and_restore.py::test_clocks_ten_years_off_change_no_order_no_cursor_and_no_number",),
    ),
)
