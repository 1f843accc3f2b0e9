using System.Collections.Immutable;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The wake-ups, as they are stored.</summary>
internal sealed class WakeupTable(Database database)
{
    private readonly Statement _put = database.Prepare("INSERT OR REPLACE INTO wakeups VALUES(?, ?, ?, ?)");
    private readonly Statement _delete = database.Prepare("DELETE FROM wakeups WHERE kind = ? AND key = ?");

    /// <summary>The next wake-ups, as a reader sees them.</summary>
    /// <exception cref="CorruptStateException">A row is damaged.</exception>
    public static ImmutableArray<StoredWakeup> Read(ReadSession session, StoredWakeup? after, int countMax)
    {
        var statement = session.Wakeups.Bind(1, after?.Kind ?? "").Bind(2, after?.Key ?? "").Bind(3, countMax);
        var wakeups = ImmutableArray.CreateBuilder<StoredWakeup>();
        while (statement.Step())
        {
            var (kind, key, due) = (statement.Text(0), statement.Text(1), statement.Integer(2));
            if (statement.Integer(3) != Sum(kind, key, due))
            {
                throw new CorruptStateException($"{kind}/{key}", "wakeup", "its checksum does not fit");
            }

            wakeups.Add(new StoredWakeup(kind, key, new DateTimeOffset(due, TimeSpan.Zero)));
        }

        return wakeups.DrainToImmutable();
    }

    public void Put(string kind, string key, DateTimeOffset due) =>
        _put.Bind(1, kind).Bind(2, key).Bind(3, due.UtcTicks).Bind(4, Sum(kind, key, due.UtcTicks)).Run();

    public void Delete(string kind, string key) => _delete.Bind(1, kind).Bind(2, key).Run();

    private static uint Sum(string kind, string key, long due) =>
        Checksum.Add(Checksum.Add(Checksum.Of(kind, key), 'w'), due);
}
