-- Version 3: reminders, which wake actors when no silo has them in memory. For PostgreSQL 12 or newer.

CREATE TABLE scheduler_reminder
(
    service text NOT NULL,
    grain text NOT NULL,
    name text NOT NULL,
    hash integer NOT NULL,
    starts_at timestamptz NOT NULL,
    period_ms bigint NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (service, grain, name)
);

-- Each silo looks after a part of the ring of hashes.
CREATE INDEX scheduler_reminder_hash ON scheduler_reminder (service, hash);

INSERT INTO orleansquery (querykey, querytext) VALUES
('UpsertReminderRowKey', $query$
    INSERT INTO scheduler_reminder AS present (service, grain, name, hash, starts_at, period_ms, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 1)
    ON CONFLICT (service, grain, name) DO UPDATE
        SET hash = excluded.hash, starts_at = excluded.starts_at, period_ms = excluded.period_ms, version = present.version + 1
    RETURNING version
$query$),
('ReadReminderRowKey', $query$
    SELECT grain AS grainid, name AS remindername, starts_at AS starttime, period_ms AS period, version
    FROM scheduler_reminder
    WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName
$query$),
('ReadReminderRowsKey', $query$
    SELECT grain AS grainid, name AS remindername, starts_at AS starttime, period_ms AS period, version
    FROM scheduler_reminder
    WHERE service = @ServiceId AND grain = @GrainId
$query$),

-- The first one is asked for a range that begins below its end, the second one for all others, which pass the end of the ring.
('ReadRangeRows1Key', $query$
    SELECT grain AS grainid, name AS remindername, starts_at AS starttime, period_ms AS period, version
    FROM scheduler_reminder
    WHERE service = @ServiceId AND hash > @BeginHash AND hash <= @EndHash
$query$),
('ReadRangeRows2Key', $query$
    SELECT grain AS grainid, name AS remindername, starts_at AS starttime, period_ms AS period, version
    FROM scheduler_reminder
    WHERE service = @ServiceId AND (hash > @BeginHash OR hash <= @EndHash)
$query$),
('DeleteReminderRowKey', $query$
    WITH gone AS
    (
        DELETE FROM scheduler_reminder
        WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName AND version = @Version
        RETURNING version
    )
    SELECT EXISTS (SELECT FROM gone)
$query$),
('DeleteReminderRowsKey', $query$
    DELETE FROM scheduler_reminder WHERE service = @ServiceId
$query$)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext;

INSERT INTO scheduler_schema (version) VALUES (3);
