using System.Collections.Immutable;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The wake-ups, as they are stored.</summary>
internal sealed class WakeupTable(Database database)
{
    private readonly Statement _put = database.Prepare("INSERT OR REPLACE INTO wakeups VALUES(?, ?, ?, ?)");
    private readonly Statement _delete = database.Prepare("DELETE FROM wakeups WHERE kind = ? AND key = ?");

    /// <summary>The next wake-ups, as a reader sees them; a damaged one is due at once.</summary>
    public static ImmutableArray<StoredWakeup> Read(ReadSession session, StoredWakeup? after, int countMax)
    {
        var statement = session.Wakeups.Bind(1, after?.Kind ?? "").Bind(2, after?.Key ?? "").Bind(3, countMax);
        var wakeups = ImmutableArray.CreateBuilder<StoredWakeup>();
        while (statement.Step())
        {
            var (kind, key, due) = (statement.Text(0), statement.Text(1), statement.Integer(2));

            // A wake-up may come early: what a damaged row is still good for is waking whom it names at once, and no row
            // here may keep the others from starting.
            bool isSound = statement.Integer(3) == Sum(kind, key, due);
            wakeups.Add(new StoredWakeup(kind, key, isSound ? new DateTimeOffset(due, TimeSpan.Zero) : DateTimeOffset.MinValue));
        }

        return wakeups.DrainToImmutable();
    }

    /// <summary>The first damaged wake-up; null when all are sound. Whom it was for may not be who it names.</summary>
    public static CorruptStateException? Check(Database database)
    {
        var statement = database.Prepare("SELECT kind, key, due, checksum FROM wakeups");
        CorruptStateException? finding = null;
        while (finding is null && statement.Step())
        {
            var (kind, key, due) = (statement.Text(0), statement.Text(1), statement.Integer(2));
            finding = statement.Integer(3) == Sum(kind, key, due)
                ? null
                : new CorruptStateException($"{kind}/{key}", "wakeups", "its checksum does not fit; it is due at once");
        }

        statement.Reset();
        return finding;
    }

    public void Put(string kind, string key, DateTimeOffset due) =>
        _put.Bind(1, kind).Bind(2, key).Bind(3, due.UtcTicks).Bind(4, Sum(kind, key, due.UtcTicks)).Run();

    public void Delete(string kind, string key) => _delete.Bind(1, kind).Bind(2, key).Run();

    /// <summary>Whether a stored row is what was written.</summary>
    public static bool IsSound(string kind, string key, long due, long checksum) => checksum == Sum(kind, key, due);

    private static uint Sum(string kind, string key, long due) =>
        Checksum.Add(Checksum.Add(Checksum.Of(kind, key), 'w'), due);
}
