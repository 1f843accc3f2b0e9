-- Version 1 of the tables of the cluster: grain storage. For PostgreSQL 12 or newer.
-- Orleans reads its queries from orleansquery and knows the tables only through them. Names of parameters and of result columns are
-- the contract; everything else is ours.

CREATE TABLE IF NOT EXISTS scheduler_schema
(
    version integer PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS orleansquery
(
    querykey text PRIMARY KEY,
    querytext text NOT NULL
);

-- One row per named state of one grain. content is null in a row that was cleared: the row stays, so that its versions go on.
CREATE TABLE IF NOT EXISTS scheduler_row
(
    service text NOT NULL,
    state text NOT NULL,
    number0 bigint NOT NULL,
    number1 bigint NOT NULL,
    key text NOT NULL,
    version integer NOT NULL,
    content bytea,
    changed_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);

-- The fence: of two silos that create one row, one loses. A key that is a number has no text; it is stored as an empty one, which no
-- other key is, so that the index covers it and equality can use the index.
CREATE UNIQUE INDEX IF NOT EXISTS scheduler_row_key ON scheduler_row (key, state, number0, number1, service);

-- Sealed rows do not compress.
ALTER TABLE scheduler_row ALTER COLUMN content SET STORAGE EXTERNAL;

-- A version that comes back unchanged tells Orleans that the row was not as the writer knew it; so does none for a new row.
INSERT INTO orleansquery (querykey, querytext) VALUES
('ReadFromStorageKey', $query$
    SELECT content AS payloadbinary, version
    FROM scheduler_row
    WHERE key = coalesce(@GrainIdExtensionString::text, '') AND state = @GrainTypeString
        AND number0 = @GrainIdN0 AND number1 = @GrainIdN1 AND service = @ServiceId
$query$),
('WriteToStorageKey', $query$
    WITH changed AS
    (
        UPDATE scheduler_row SET content = @PayloadBinary, version = version + 1, changed_at = now()
        WHERE key = coalesce(@GrainIdExtensionString::text, '') AND state = @GrainTypeString
            AND number0 = @GrainIdN0 AND number1 = @GrainIdN1 AND service = @ServiceId
            AND version = @GrainStateVersion::integer
        RETURNING version
    ),
    created AS
    (
        INSERT INTO scheduler_row (service, state, number0, number1, key, version, content)
        SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString::text, ''), 1, @PayloadBinary
        WHERE @GrainStateVersion::integer IS NULL
        ON CONFLICT DO NOTHING
        RETURNING version
    )
    SELECT coalesce((SELECT version FROM changed), (SELECT version FROM created), @GrainStateVersion::integer) AS newgrainstateversion
$query$),
('ClearStorageKey', $query$
    UPDATE scheduler_row SET content = NULL, version = version + 1, changed_at = now()
    WHERE key = coalesce(@GrainIdExtensionString::text, '') AND state = @GrainTypeString
        AND number0 = @GrainIdN0 AND number1 = @GrainIdN1 AND service = @ServiceId
        AND version = @GrainStateVersion::integer
    RETURNING version AS newgrainstateversion
$query$)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext;

INSERT INTO scheduler_schema (version) VALUES (1) ON CONFLICT DO NOTHING;
