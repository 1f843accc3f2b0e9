using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Governing;

/// <summary>Who holds a slot. Who waits is not kept: a queued run is stored by its schedule, which asks again.</summary>
/// <remarks>The time of a lease is measured, from its grant on, or from when it was loaded: whoever sets a wall clock takes no slot from a run
/// that is under way. A process that is gone has no use for that time: its leases are ended by name.</remarks>
/// <param name="measured">The time that has passed for this activation, which nobody can set.</param>
/// <param name="epoch">Tells the epoch of the deployment; null for the first one. Tokens that it gives are greater than all of earlier ones.</param>
internal sealed class GovernorState(Func<TimeSpan> measured, Func<long>? epoch = null) : IJournaledState<GovernorEntry>
{
    public const int CapDefault = 2;
    public const int CapMax = 10_000;
    public const int GroupsMax = 1_000;

    /// <summary>What a run gets beyond its time limit before its slot is taken back: the longest wait of a request for a slot, because a run
    /// counts from when it asked, the longest grace of a handler, and some time to store its start and its end.</summary>
    public static readonly TimeSpan Grace = Actor.WaitMax + RegisteredHandler.GraceMax + TimeSpan.FromSeconds(5);

    private readonly Dictionary<RunId, Held> _leases = [];
    private readonly Dictionary<string, int> _heldByGroup = new(StringComparer.Ordinal);
    private readonly SortedSet<(TimeSpan Deadline, long Token)> _deadlines = [];
    private long _token;
    private long _expired;

    public GovernorSettings Settings { get; private set; } = new(CapDefault, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));

    public bool HasLeases => _leases.Count > 0;

    /// <summary>When the next lease expires, in measured time; null without leases.</summary>
    public TimeSpan? EarliestDeadline => _deadlines.Count > 0 ? _deadlines.Min.Deadline : null;

    /// <summary>The lease of a run; null when it has none.</summary>
    public Lease? LeaseOf(RunId run) => _leases.GetValueOrDefault(run)?.Lease;

    /// <summary>Whether a newer process holds the slot of the run than the one that asks.</summary>
    public bool IsSuperseded(SlotRequest request) =>
        _leases.TryGetValue(request.Run, out Held? held) && held.Lease.Process != request.Process && SlotRank.Of(request).CompareTo(held.RankOrOldest) < 0;

    /// <summary>Whether who asks is newer than who holds the slot of the run.</summary>
    public bool IsNewer(SlotRequest request) =>
        SlotRank.Of(request).CompareTo(_leases.GetValueOrDefault(request.Run)?.RankOrOldest ?? SlotRank.Oldest) > 0;

    /// <summary>Whether a run of a group may start: there is room in all, and in the group.</summary>
    /// <param name="group">Null or empty for none.</param>
    public bool HasRoom(string? group) => _leases.Count < Settings.Cap && HasRoomInGroup(group);

    /// <summary>Whether there is room for any run at all.</summary>
    public bool HasRoom() => _leases.Count < Settings.Cap;

    /// <summary>Check and take are one decision: null when there is no room.</summary>
    public GovernorEntry.Granted? Grant(SlotRequest request, DateTimeOffset now) => HasRoom(request.Group)
        ? new GovernorEntry.Granted(
            new Lease(request.Run, request.Group, request.Process, EpochNumbers.After(_token, epoch?.Invoke() ?? 1), now, now + request.MaxRunDuration + Grace),
            SlotRank.Of(request))
        : null;

    /// <summary>The ends of the leases whose time is over.</summary>
    public ImmutableArray<GovernorEntry.Ended> Expired()
    {
        TimeSpan now = measured();
        return [.. Leases.Where(held => held.Deadline <= now).Select(held => End(held.Lease, true))];
    }

    /// <summary>The ends of the leases, up to a token, of processes that do not live.</summary>
    public ImmutableArray<GovernorEntry.Ended> OfOthers(ImmutableArray<string> living, long upTo) =>
        [.. Leases.Where(held => held.Lease.Token <= upTo && !living.Contains(held.Lease.Process)).Select(held => End(held.Lease, false))];

    public static GovernorEntry.Ended End(Lease lease, bool expired) => new(lease.Run, lease.Token, expired);

    /// <exception cref="SchedulerException"><c>request_invalid</c>.</exception>
    public static void Check(GovernorSettings settings)
    {
        CheckCap("cap", settings.Cap);
        if (settings.Groups is null || settings.Groups.Count > GroupsMax)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, $"There are at most {GroupsMax} groups.").With("field", "groups");
        }

        foreach ((string group, int cap) in settings.Groups)
        {
            if (group.Length is 0 or > 100)
            {
                throw new SchedulerException(ErrorCodes.RequestInvalid, "The name of a group has 1 to 100 characters.").With("field", "groups");
            }

            CheckCap($"groups.{group}", cap);
        }
    }

    public GovernorSnapshot Snapshot(int waiting) =>
        new(Settings, [.. Leases.Select(held => held.Lease)], waiting, EpochNumbers.CountOf(_token), _expired);

    /// <inheritdoc/>
    public void Apply(GovernorEntry entry)
    {
        switch (entry)
        {
            case GovernorEntry.Configured configured:
                Settings = configured.Settings;
                break;
            case GovernorEntry.Granted granted:
                Remove(granted.Lease.Run);
                Add(granted.Lease, granted.Rank);
                _token = Math.Max(_token, granted.Lease.Token);
                break;
            case GovernorEntry.Ended ended when LeaseOf(ended.Run)?.Token == ended.Token:
                Remove(ended.Run);
                _expired += ended.Expired ? 1 : 0;
                break;
        }
    }

    /// <inheritdoc/>
    public void ReadPage(string name, ReadOnlyMemory<byte> content)
    {
        StoredGovernor stored = JsonSerializer.Deserialize<StoredGovernor>(content.Span, ContractJson.Options)!;
        Settings = stored.Settings;
        (_token, _expired) = (stored.Granted, stored.Expired);
        foreach (Lease lease in stored.Leases)
        {
            Add(lease, stored.Ranks?.GetValueOrDefault(lease.Run.ToString()));
        }
    }

    /// <inheritdoc/>
    public void PagesRead()
    {
    }

    /// <inheritdoc/>
    public void WriteChangedPages(Action<string, byte[]?> write)
    {
        ImmutableSortedDictionary<string, SlotRank> ranks = _leases
            .Where(held => held.Value.Rank is not null)
            .ToImmutableSortedDictionary(held => held.Key.ToString(), held => held.Value.Rank!, StringComparer.Ordinal);
        write("governor", JsonSerializer.SerializeToUtf8Bytes(new StoredGovernor(Settings, Snapshot(0).Leases, _token, _expired, ranks), ContractJson.Options));
    }

    private IEnumerable<Held> Leases => _leases.Values.OrderBy(held => held.Lease.Token);

    private static void CheckCap(string field, int cap)
    {
        if (cap is < 1 or > CapMax)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, $"'{field}' lies between 1 and {CapMax}.").With("field", field);
        }
    }

    private bool HasRoomInGroup(string? group) =>
        string.IsNullOrEmpty(group) || !Settings.Groups.TryGetValue(group, out int cap) || _heldByGroup.GetValueOrDefault(group) < cap;

    private void Remove(RunId run)
    {
        if (_leases.Remove(run, out Held? held))
        {
            _deadlines.Remove((held.Deadline, held.Lease.Token));
            _heldByGroup[held.Lease.Group ?? ""]--;
        }
    }

    private void Add(Lease lease, SlotRank? rank)
    {
        var held = new Held(lease, rank, measured() + (lease.ExpiresAt - lease.GrantedAt));
        _leases[lease.Run] = held;
        _deadlines.Add((held.Deadline, lease.Token));
        _heldByGroup[lease.Group ?? ""] = _heldByGroup.GetValueOrDefault(lease.Group ?? "") + 1;
    }

    // Leases of the first stage have no rank.
    private sealed record Held(Lease Lease, SlotRank? Rank, TimeSpan Deadline)
    {
        public SlotRank RankOrOldest => Rank ?? SlotRank.Oldest;
    }
}
