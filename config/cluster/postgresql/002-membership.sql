-- Version 2: which silos the cluster consists of. For PostgreSQL 12 or newer.
-- All changes of one cluster are in one order, which the row of its version keeps: whoever changes the table names the version that it
-- has seen, and of two who saw the same one only one gets through. Each query is one statement, and so whole or not at all.

CREATE TABLE scheduler_membership
(
    cluster text PRIMARY KEY,
    version integer NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE scheduler_silo
(
    cluster text NOT NULL REFERENCES scheduler_membership,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    name text NOT NULL,
    host text NOT NULL,
    status integer NOT NULL,
    gateway_port integer NOT NULL,
    suspicions text,
    started_at timestamptz NOT NULL,
    alive_at timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $query$
    WITH created AS
    (
        INSERT INTO scheduler_membership (cluster, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING version
    )
    SELECT EXISTS (SELECT FROM created)
$query$),

-- Who loses the race for the version finds no row to go on with, so that nothing is inserted.
('InsertMembershipKey', $query$
    WITH turn AS
    (
        UPDATE scheduler_membership AS membership SET version = version + 1, changed_at = now()
        WHERE cluster = @DeploymentId AND version = @Version AND NOT EXISTS
        (
            SELECT FROM scheduler_silo AS silo
            WHERE silo.cluster = membership.cluster AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
        )
        RETURNING cluster
    ),
    joined AS
    (
        INSERT INTO scheduler_silo (cluster, address, port, generation, name, host, status, gateway_port, started_at, alive_at)
        SELECT cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM turn
        RETURNING port
    )
    SELECT EXISTS (SELECT FROM joined)
$query$),
('UpdateMembershipKey', $query$
    WITH turn AS
    (
        UPDATE scheduler_membership AS membership SET version = version + 1, changed_at = now()
        WHERE cluster = @DeploymentId AND version = @Version AND EXISTS
        (
            SELECT FROM scheduler_silo AS silo
            WHERE silo.cluster = membership.cluster AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
        )
        RETURNING cluster
    ),
    changed AS
    (
        UPDATE scheduler_silo AS silo SET status = @Status, suspicions = @SuspectTimes::text, alive_at = @IAmAliveTime
        FROM turn
        WHERE silo.cluster = turn.cluster AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
        RETURNING silo.port
    )
    SELECT EXISTS (SELECT FROM changed)
$query$),

-- A sign of life takes no turn: it changes nothing that others decide by.
('UpdateIAmAlivetimeKey', $query$
    UPDATE scheduler_silo SET alive_at = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$query$),

-- The version comes even when there is no silo: then all else is null.
('MembershipReadRowKey', $query$
    SELECT silo.address, silo.port, silo.generation, silo.name AS siloname, silo.host AS hostname, silo.status,
        silo.gateway_port AS proxyport, silo.suspicions AS suspecttimes, silo.started_at AS starttime, silo.alive_at AS iamalivetime,
        membership.version
    FROM scheduler_membership AS membership
    LEFT JOIN scheduler_silo AS silo
        ON silo.cluster = membership.cluster AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
    WHERE membership.cluster = @DeploymentId
$query$),
('MembershipReadAllKey', $query$
    SELECT silo.address, silo.port, silo.generation, silo.name AS siloname, silo.host AS hostname, silo.status,
        silo.gateway_port AS proxyport, silo.suspicions AS suspecttimes, silo.started_at AS starttime, silo.alive_at AS iamalivetime,
        membership.version
    FROM scheduler_membership AS membership
    LEFT JOIN scheduler_silo AS silo ON silo.cluster = membership.cluster
    WHERE membership.cluster = @DeploymentId
$query$),
('GatewaysQueryKey', $query$
    SELECT address, gateway_port AS proxyport, generation
    FROM scheduler_silo
    WHERE cluster = @DeploymentId AND status = @Status AND gateway_port > 0
$query$),

-- 3 is an active silo. Whoever is still active has to be declared dead first, however silent.
('CleanupDefunctSiloEntriesKey', $query$
    DELETE FROM scheduler_silo WHERE cluster = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
$query$),
('DeleteMembershipTableEntriesKey', $query$
    WITH gone AS (DELETE FROM scheduler_silo WHERE cluster = @DeploymentId)
    DELETE FROM scheduler_membership WHERE cluster = @DeploymentId
$query$)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext;

INSERT INTO scheduler_schema (version) VALUES (2);
