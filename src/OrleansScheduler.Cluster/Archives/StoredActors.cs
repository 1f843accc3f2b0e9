using System.Collections.Immutable;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Deployments;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Archives;

/// <summary>Finds out which actors there are at an instant, from the names of their rows and from their reminders.</summary>
/// <param name="instant">The instant.</param>
/// <param name="reads">Reads single rows of it.</param>
/// <param name="damage">Gets the rows that do not say whose they are.</param>
/// <param name="cancellation">Gives up.</param>
internal sealed class StoredActors(RowInstant instant, RowReads reads, DamageList damage, CancellationToken cancellation)
{
    // A state is named kind.journal, kind.journal.N or kind.state.NAME; no kind has a dot.
    private const string ListQuery = """
        SELECT key, split_part(state, '.', 1) AS kind,
            bool_or(state = split_part(state, '.', 1) || '.journal') AS has_head,
            count(*) FILTER (WHERE state ~ '^[^.]+[.]journal([.][0-9]+)?$') AS journal_rows,
            coalesce(array_agg(substr(state, strpos(state, '.') + 7)) FILTER (WHERE state ~ '^[^.]+[.]state[.]'), '{}') AS states,
            count(*) AS all_rows,
            coalesce(sum(octet_length(content)), 0)::bigint AS bytes
        FROM scheduler_row
        WHERE service = @service AND number0 = 0 AND number1 = 0 AND content IS NOT NULL
        GROUP BY 1, 2
        """;

    private const int RowsAtOnce = 64;
    private const string WakeupQuery = "SELECT grain, starts_at FROM scheduler_reminder WHERE service = @service AND name = @name";

    /// <summary>All actors in the order of archives.</summary>
    /// <param name="sleepers">Those that an import has still to wake: they are due.</param>
    /// <param name="now">When that is, in UTC.</param>
    public async Task<List<StoredActor>> ListAsync(ImmutableArray<Sleeper> sleepers, DateTimeOffset now)
    {
        Dictionary<(string Kind, string Key), DateTimeOffset> wakeups = await WakeupsAsync();
        foreach (Sleeper sleeper in sleepers.IsDefault ? [] : sleepers)
        {
            wakeups[(sleeper.Kind, sleeper.Key)] = now;
        }

        List<Listed> listed = await instant.AskAsync(
            ListQuery,
            row => new Listed(
                row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetInt64(3), row.GetFieldValue<string[]>(4), row.GetInt64(5), row.GetInt64(6)),
            cancellation);
        Dictionary<string, string> names = await LongKeysAsync(listed);
        var actors = new List<StoredActor>(listed.Count);
        foreach (Listed rows in listed)
        {
            if (ActorOf(rows, names) is { } actor)
            {
                actors.Add(actor with { Wakeup = wakeups.Remove((actor.Kind, actor.Key), out DateTimeOffset due) ? due : null });
            }
        }

        actors.AddRange(wakeups.Select(left => new StoredActor(left.Key.Kind, left.Key.Key) { Wakeup = left.Value }));
        actors.Sort(StoredActor.Compare);
        return actors;
    }

    private async Task<Dictionary<(string Kind, string Key), DateTimeOffset>> WakeupsAsync()
    {
        var wakeups = new Dictionary<(string Kind, string Key), DateTimeOffset>();
        List<(string Grain, DateTime At)> reminders = await instant.AskAsync(
            WakeupQuery, row => (row.GetString(0), row.GetDateTime(1)), cancellation, ("name", ActorGrain.Wakeup));
        foreach ((string text, DateTime at) in reminders)
        {
            // Others may use the reminders of the cluster, too.
            if (text.StartsWith(ActorGrain.TypePrefix, StringComparison.Ordinal) && GrainId.TryParse(text, out GrainId grain))
            {
                wakeups[(ActorGrain.KindOf(grain.Type), grain.Key.ToString()!)] = new DateTimeOffset(at.ToUniversalTime());
            }
        }

        return wakeups;
    }

    // The hash of a long key tells nothing. But rows of all actors with that key have it, and heads of journals say whose they are.
    private async Task<Dictionary<string, string>> LongKeysAsync(List<Listed> listed)
    {
        Listed[] heads = [.. listed.Where(rows => rows.HasHead && StorageKeys.KeyOf(rows.StorageKey) is null)];
        StoredState?[] stored = await Batches.RunAsync(heads, RowsAtOnce, head => reads.ReadAsync(head.StorageKey, RowNames.OfRow(head.Kind, JournalRows.Head)));
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((Listed head, StoredState? row) in heads.Zip(stored))
        {
            string start = head.Kind + "/";
            if (row is not null && JournalRows.OwnerOf(row.Content) is { } owner && owner.StartsWith(start, StringComparison.Ordinal)
                && owner[start.Length..] is var key && StorageKeys.Of(key) == head.StorageKey)
            {
                names[head.StorageKey] = key;
            }
        }

        return names;
    }

    private StoredActor? ActorOf(Listed rows, Dictionary<string, string> names)
    {
        string? key = StorageKeys.KeyOf(rows.StorageKey) ?? names.GetValueOrDefault(rows.StorageKey);
        if (rows.Kind == IDeploymentGrain.Key && key == IDeploymentGrain.Key)
        {
            return null;
        }

        long others = rows.Rows - rows.JournalRows - rows.States.Length;
        if (key is null || others > 0)
        {
            string reason = key is null ? "they do not say whose they are" : $"{others} of its rows are none of a journal or a state";
            damage.Note("?", $"{rows.Kind} of {rows.StorageKey}", reason);
        }

        return key is null || others == rows.Rows ? null : new StoredActor(rows.Kind, key)
        {
            JournalRows = rows.JournalRows, States = rows.States, Bytes = rows.Bytes,
        };
    }

    /// <summary>Rows that have key and kind in common.</summary>
    private sealed record Listed(string StorageKey, string Kind, bool HasHead, long JournalRows, string[] States, long Rows, long Bytes);
}
