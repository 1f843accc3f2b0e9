using System.Collections.Immutable;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>What leads from one format of the file to the next.</summary>
internal static class SchemaSteps
{
    /// <summary>Step n leads from format n to n + 1. A step that was released never changes.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO meta VALUES('incarnation', 0), ('epoch', 1), ('format', 0);
        CREATE TABLE journals(
            no INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL,
            snapshot_position INTEGER NOT NULL, pages INTEGER NOT NULL, checksum INTEGER NOT NULL,
            UNIQUE(kind, key));
        CREATE TABLE log(
            id INTEGER PRIMARY KEY, journal INTEGER NOT NULL, position INTEGER NOT NULL, count INTEGER NOT NULL,
            payload BLOB NOT NULL);
        CREATE TABLE pages(
            journal INTEGER NOT NULL, name TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY(journal, name));
        CREATE TABLE states(
            kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, etag TEXT NOT NULL, payload BLOB NOT NULL,
            PRIMARY KEY(kind, key, name));
        CREATE TABLE wakeups(
            kind TEXT NOT NULL, key TEXT NOT NULL, due INTEGER NOT NULL, checksum INTEGER NOT NULL,
            PRIMARY KEY(kind, key)) WITHOUT ROWID;
        """,

        // The numbers of the file get a checksum; -1 says that there is none yet.
        "INSERT INTO meta VALUES('checksum', -1);",
    ];
}
