DO $$
BEGIN
    IF to_regtype('sync_v1.arrival') IS NULL THEN
        -- An own event as push has understood it. `standing` says what becomes of it: 'fresh' enters a feed, 'known'
        -- was stored before under this id, anything else is the reason for which it is set aside.
        CREATE TYPE sync_v1.arrival AS (
            event_id uuid, lseq bigint, standing text, feed_id text, class text, digest bytea, type text, case_id uuid,
            foreign_actor boolean
        );
    END IF;
    IF to_regtype('sync_v1.said') IS NULL THEN
        -- What push reads of an envelope.
        CREATE TYPE sync_v1.said AS (
            event uuid, station uuid, lseq bigint, class text, body text, stream json, type text, actor json
        );
    END IF;
    IF to_regtype('sync_v1.batch_key') IS NULL THEN
        CREATE TYPE sync_v1.batch_key AS (station_id uuid, batch_last bigint);
    END IF;
END
$$;
