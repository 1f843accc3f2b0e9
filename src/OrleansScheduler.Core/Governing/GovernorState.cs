using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Governing;

/// <summary>Who holds a slot. Who waits is not kept: a queued run is stored by its schedule, which asks again.</summary>
/// <param name="epoch">Tells the epoch of the deployment; null for the first one. Tokens that it gives are greater than all of earlier ones.</param>
internal sealed class GovernorState(Func<long>? epoch = null) : IJournaledState<GovernorEntry>
{
    public const int CapDefault = 2;
    public const int CapMax = 10_000;
    public const int GroupsMax = 1_000;

    /// <summary>What a run gets to report its end after its time limit, before its slot is taken back.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly Dictionary<RunId, Lease> _leases = [];
    private readonly Dictionary<RunId, SlotRank> _ranks = [];
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateTimeOffset ExpiresAt, long Token)> _expiries = [];
    private long _token;
    private long _expired;

    public GovernorSettings Settings { get; private set; } = new(CapDefault, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));

    public bool HasLeases => _leases.Count > 0;

    /// <summary>When the next lease expires; null without leases.</summary>
    public DateTimeOffset? EarliestExpiry => _expiries.Count > 0 ? _expiries.Min.ExpiresAt : null;

    /// <summary>The lease of a run; null when it has none.</summary>
    public Lease? LeaseOf(RunId run) => _leases.GetValueOrDefault(run);

    /// <summary>Whether a newer process holds the slot of the run than the one that asks.</summary>
    public bool IsSuperseded(SlotRequest request) =>
        _leases.TryGetValue(request.Run, out Lease? lease) && lease.Process != request.Process && SlotRank.Of(request).CompareTo(RankOf(request.Run)) < 0;

    /// <summary>Whether who asks is newer than who holds the slot of the run.</summary>
    public bool IsNewer(SlotRequest request) => SlotRank.Of(request).CompareTo(RankOf(request.Run)) > 0;

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
    public ImmutableArray<GovernorEntry.Ended> ExpiredAt(DateTimeOffset now) =>
        [.. _leases.Values.Where(lease => lease.ExpiresAt <= now).OrderBy(lease => lease.Token).Select(lease => End(lease, true))];

    /// <summary>The ends of the leases, up to a token, of processes that do not live.</summary>
    public ImmutableArray<GovernorEntry.Ended> OfOthers(ImmutableArray<string> living, long upTo) =>
        [.. _leases.Values.Where(lease => lease.Token <= upTo && !living.Contains(lease.Process)).OrderBy(lease => lease.Token).Select(lease => End(lease, false))];

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
        new(Settings, [.. _leases.Values.OrderBy(lease => lease.Token)], waiting, EpochNumbers.CountOf(_token), _expired);

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
            case GovernorEntry.Ended ended when _leases.TryGetValue(ended.Run, out Lease? lease) && lease.Token == ended.Token:
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
    public void WriteChangedPages(Action<string, byte[]?> write) =>
        write("governor", JsonSerializer.SerializeToUtf8Bytes(
            new StoredGovernor(Settings, Snapshot(0).Leases, _token, _expired, _ranks.ToImmutableSortedDictionary(rank => rank.Key.ToString(), rank => rank.Value, StringComparer.Ordinal)), ContractJson.Options));

    private static void CheckCap(string field, int cap)
    {
        if (cap is < 1 or > CapMax)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, $"'{field}' lies between 1 and {CapMax}.").With("field", field);
        }
    }

    private bool HasRoomInGroup(string? group) =>
        string.IsNullOrEmpty(group) || !Settings.Groups.TryGetValue(group, out int cap) || _held.GetValueOrDefault(group) < cap;

    private SlotRank RankOf(RunId run) => _ranks.GetValueOrDefault(run, SlotRank.Oldest);

    private void Remove(RunId run)
    {
        if (_leases.Remove(run, out Lease? lease))
        {
            _ranks.Remove(run);
            _expiries.Remove((lease.ExpiresAt, lease.Token));
            _held[lease.Group ?? ""]--;
        }
    }

    private void Add(Lease lease, SlotRank? rank)
    {
        if (rank is not null)
        {
            _ranks[lease.Run] = rank;
        }

        _leases[lease.Run] = lease;
        _expiries.Add((lease.ExpiresAt, lease.Token));
        _held[lease.Group ?? ""] = _held.GetValueOrDefault(lease.Group ?? "") + 1;
    }
}
