using System.Data.Common;
using OrleansScheduler.Core.Handlers;

namespace OrleansScheduler.Cluster;

/// <summary>What the scheduler in one silo is made of. All silos of a cluster have the same. Checked, and copied, when the silo is built.</summary>
public sealed class ClusterSchedulerOptions
{
    /// <summary>The clock. Only a host names the system's.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The handlers that definitions may name. To be complete before the silo starts.</summary>
    public HandlerCatalog Handlers { get; init; } = new();

    /// <summary>The name of the grain storage provider that holds all journals; <c>scheduler</c> by default.</summary>
    public string StorageName { get; set; } = "scheduler";

    /// <summary>True to start without firing schedules, until <see cref="ClusterScheduler.ReleaseAsync"/>. Default false.</summary>
    public bool Hold { get; set; }

    /// <summary>Opens an archive that makes the deployment; null, the default, for none. It is read twice. Only the first silo of an empty deployment
    /// has it, and joins when the archive is stored.</summary>
    public Func<Stream>? Import { get; set; }

    /// <summary>The PostgreSQL database that holds the rows, with the tables of <c>config/cluster/postgresql</c>: an export reads it beside the storage
    /// provider, on a connection of its own. Null, the default, for none; then there is no export.</summary>
    public DbDataSource? Database { get; set; }

    /// <summary>How long an actor without requests stays in memory; 1 second to 1 day, 10 minutes by default.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the silo looks for idle actors; 1 second to 1 hour, 1 minute by default.</summary>
    public TimeSpan CollectionInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Unanswered requests per actor; 2 to 1,000,000, 10,000 by default. It is a limit of Orleans and so holds for all
    /// grains of the silo.</summary>
    public int UnansweredRequestsMax { get; set; } = 10_000;

    /// <summary>How long an orderly end waits for the actor to flush; 1 second to 10 minutes, 10 seconds by default.</summary>
    public TimeSpan FlushWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <exception cref="ArgumentException">Names every option that is out of its range.</exception>
    internal void Validate()
    {
        var faults = new List<string>();
        Check(faults, nameof(IdleAfter), IdleAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Check(faults, nameof(CollectionInterval), CollectionInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(faults, nameof(UnansweredRequestsMax), UnansweredRequestsMax, 2, 1_000_000);
        Check(faults, nameof(FlushWait), FlushWait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        if (string.IsNullOrWhiteSpace(StorageName))
        {
            faults.Add($"{nameof(StorageName)} is empty");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"Scheduler options: {string.Join("; ", faults)}.");
        }
    }

    internal ClusterSchedulerOptions Copy() => (ClusterSchedulerOptions)MemberwiseClone();

    private static void Check<T>(List<string> faults, string name, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            faults.Add(FormattableString.Invariant($"{name} is {value}, not {min} to {max}"));
        }
    }
}
