-- Answer whether a batch is whole and each link is the hash of the one before and its envelope.
CREATE OR REPLACE FUNCTION sync_v1.chained(
    first_lseq bigint, previous bytea, links bytea[], envelopes bytea[], bodies bytea[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN coalesce(
        first_lseq >= 1 AND cardinality(links) BETWEEN 1 AND 1000
        AND cardinality(envelopes) = cardinality(links) AND cardinality(bodies) = cardinality(links)
        AND array_lower(links, 1) = 1 AND array_lower(envelopes, 1) = 1 AND array_lower(bodies, 1) = 1
        AND length(previous) = CASE WHEN first_lseq = 1 THEN 0 ELSE 32 END
        AND (SELECT bool_and(given.link IS NOT NULL AND given.envelope IS NOT NULL AND given.link = sha256(
                        convert_to(encode(given.before, 'hex'), 'UTF8') || '\x0a'::bytea || given.envelope))
             FROM unnest(links, array_prepend(previous, trim_array(links, 1)), envelopes)
                  AS given(link, before, envelope)),
        false);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.chained FROM PUBLIC;

-- Answer whether a chained batch goes on from what is known of its station, or repeats it: one link is enough, since
-- it holds all before it. Also where the batch ends before what is known: a shorter clone is a fork like a longer one.
CREATE OR REPLACE FUNCTION sync_v1.continues(
    station uuid, known_lseq bigint, known_link bytea, first_lseq bigint, previous bytea, links bytea[])
RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    shared bigint := least(first_lseq + cardinality(links) - 1, known_lseq);
BEGIN
    IF first_lseq = known_lseq + 1 THEN
        RETURN previous = known_link;
    ELSIF shared = known_lseq THEN
        RETURN links[shared - first_lseq + 1] = known_link;
    END IF;
    RETURN links[shared - first_lseq + 1] = (
        SELECT substr(b.links, (1 + 32 * (shared - b.first_lseq))::integer, 32)
        FROM centre.batch AS b WHERE b.station_id = station AND b.last_lseq >= shared
        ORDER BY b.last_lseq LIMIT 1);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.continues FROM PUBLIC;
