-- The signed batches that hold given events, so that a reader can check them.
CREATE OR REPLACE FUNCTION sync_v1.batches_of(
    wanted sync_v1.batch_key[],
    OUT stations uuid[], OUT firsts bigint[], OUT previous bytea[], OUT links bytea[], OUT keys text[],
    OUT signatures text[])
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT array_agg(b.station_id), array_agg(b.first_lseq), array_agg(b.previous), array_agg(b.links),
           array_agg(b.key_id), array_agg(b.signature)
    INTO stations, firsts, previous, links, keys, signatures
    FROM unnest(wanted) AS w JOIN centre.batch AS b ON b.station_id = w.station_id AND b.last_lseq = w.batch_last;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.batches_of FROM PUBLIC;
