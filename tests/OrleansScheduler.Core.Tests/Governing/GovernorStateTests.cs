using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Core.Governing;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using OrleansScheduler.Serialization;
using Xunit;

namespace OrleansScheduler.Core.Tests.Governing;

public sealed class GovernorStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleId Schedule = ScheduleId.Of("owner", "s");

    private TimeSpan _measured;
    private GovernorState _state;

    public GovernorStateTests() => _state = new GovernorState(() => _measured);

    [Fact]
    public void Two_runs_get_a_slot_at_first_and_the_third_waits()
    {
        Assert.NotNull(Grant(1));
        Assert.NotNull(Grant(2));
        Assert.Null(_state.Grant(Request(3), Start));

        _state.Apply(GovernorState.End(_state.LeaseOf(Run(1))!, false));

        Assert.Equal(3, Grant(3)!.Token);
    }

    [Fact]
    public void A_group_bounds_its_own_runs_within_the_cap()
    {
        Configure(4, ("heavy", 1));

        Assert.NotNull(Grant(1, "heavy"));
        Assert.Null(_state.Grant(Request(2, "heavy"), Start));
        Assert.NotNull(Grant(3));
        Assert.NotNull(Grant(4, "unbounded"));
    }

    [Fact]
    public void A_lease_ends_once_and_only_under_its_own_token()
    {
        Lease lease = Grant(1)!;
        _state.Apply(GovernorState.End(lease, true));
        Lease again = Grant(1)!;

        _state.Apply(GovernorState.End(lease, true));

        Assert.Equal(again, _state.LeaseOf(Run(1)));
        Assert.Equal(1, _state.Snapshot(0).Expired);
    }

    [Fact]
    public void A_lease_lasts_as_long_as_its_run_may_and_a_grace()
    {
        Lease lease = Grant(1)!;

        Assert.Equal(Start + TimeSpan.FromMinutes(20) + GovernorState.Grace, lease.ExpiresAt);
        _measured = lease.ExpiresAt - Start - TimeSpan.FromTicks(1);
        Assert.Empty(_state.Expired());
        _measured = lease.ExpiresAt - Start;
        Assert.Equal(lease.Token, Assert.Single(_state.Expired()).Token);
    }

    [Fact]
    public void A_lease_that_is_loaded_has_its_whole_time_before_it()
    {
        Lease lease = Grant(1)!;
        _measured = TimeSpan.FromMinutes(20);

        ReadAgain();

        Assert.Equal(lease, _state.LeaseOf(Run(1)));
        Assert.Equal(_measured + (lease.ExpiresAt - Start), _state.EarliestDeadline);
    }

    [Fact]
    public void Another_process_takes_nothing_over()
    {
        Grant(1);
        Configure(9);
        _state.Apply(_state.Grant(Request(2) with { Process = "other" }, Start)!);

        Assert.Equal(Run(1), Assert.Single(_state.OfOthers(["other"], long.MaxValue)).Run);
        Assert.Empty(_state.OfOthers(["other", "p"], long.MaxValue));
    }

    [Fact]
    public void A_lease_that_is_younger_than_the_list_of_the_living_is_left_alone()
    {
        Lease first = Grant(1)!;
        Grant(2);

        Assert.Equal(Run(1), Assert.Single(_state.OfOthers(["other"], first.Token)).Run);
    }

    [Theory]
    [InlineData(4, 9, true)]
    [InlineData(5, 1, true)]
    [InlineData(5, 2, false)]
    [InlineData(5, 3, false)]
    [InlineData(6, 1, false)]
    public void Of_two_processes_that_ask_for_one_run_the_newer_one_wins(long position, int since, bool isSuperseded)
    {
        _state.Apply(_state.Grant(Request(1) with { Position = 5, Since = Start.AddSeconds(2) }, Start)!);
        SlotRequest request = Request(1) with { Position = position, Since = Start.AddSeconds(since) };

        Assert.Equal(isSuperseded, _state.IsSuperseded(request with { Process = "other" }));
        Assert.False(_state.IsSuperseded(request));
    }

    [Fact]
    public void A_newer_one_in_the_same_process_gets_a_lease_of_its_own_and_supersedes_all_before_it()
    {
        Lease lease = Grant(1)!;
        SlotRequest newer = Request(1) with { Position = 7 };
        Assert.True(_state.IsNewer(newer));

        _state.Apply(GovernorState.End(lease, false));
        _state.Apply(_state.Grant(newer, Start)!);
        _state.Apply(GovernorState.End(lease, false));
        ReadAgain();

        Assert.True(_state.LeaseOf(Run(1))!.Token > lease.Token);
        Assert.False(_state.IsNewer(newer));
        Assert.True(_state.IsSuperseded(newer with { Position = 6, Process = "other" }));
    }

    [Fact]
    public void Entries_and_pages_from_before_there_were_ranks_are_read()
    {
        Lease lease = Grant(1)!;
        var codec = new JsonEntryCodec<GovernorEntry>();
        string entry = $$"""{"kind":"granted","lease":{{JsonSerializer.Serialize(lease, ContractJson.Options)}}}""";
        byte[] page = JsonSerializer.SerializeToUtf8Bytes(_state.Snapshot(0), ContractJson.Options);
        var fromPage = new GovernorState(() => _measured);

        fromPage.ReadPage("governor", page);
        var read = Assert.IsType<GovernorEntry.Granted>(codec.Read(System.Text.Encoding.UTF8.GetBytes(entry), codec.Format));

        Assert.Equal(new GovernorEntry.Granted(lease), read);
        Assert.Equal(lease, fromPage.LeaseOf(Run(1)));
        Assert.False(fromPage.IsSuperseded(Request(1) with { Process = "other" }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void A_cap_out_of_range_is_refused(int cap)
    {
        var settings = new GovernorSettings(cap, ImmutableSortedDictionary<string, int>.Empty);
        var group = new GovernorSettings(2, ImmutableSortedDictionary<string, int>.Empty.Add("heavy", cap));

        Assert.Equal("cap", Assert.Throws<SchedulerException>(() => GovernorState.Check(settings)).Details["field"]);
        Assert.Equal("groups.heavy", Assert.Throws<SchedulerException>(() => GovernorState.Check(group)).Details["field"]);
    }

    [Fact]
    public void Over_random_histories_the_caps_hold_tokens_grow_and_every_lease_ends_once() => Seeded.Rounds(10_000, random =>
    {
        _measured = TimeSpan.Zero;
        _state = new GovernorState(() => _measured);
        var codec = new JsonEntryCodec<GovernorEntry>();
        Dictionary<RunId, Lease> model = [];
        Dictionary<RunId, TimeSpan> deadlines = [];
        long token = 0;
        void Apply(GovernorEntry entry)
        {
            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            codec.Write(entry, bytes);
            _state.Apply(codec.Read(bytes.WrittenMemory, codec.Format));
        }

        for (int step = 0; step < 200; step++)
        {
            // The wall clock goes as it likes.
            DateTimeOffset now = Start.AddSeconds(random.Next(20_000));
            _measured = TimeSpan.FromMinutes(step);
            string? group = random.Next(3) switch { 0 => null, 1 => "a", _ => "b" };
            RunId run = Run(random.Next(40));
            switch (random.Next(6))
            {
                case 0:
                    Apply(new GovernorEntry.Configured(new GovernorSettings(
                        1 + random.Next(6), ImmutableSortedDictionary<string, int>.Empty.Add("a", 1 + random.Next(3)))));
                    break;
                case < 4 when !model.ContainsKey(run):
                    int heldInGroup = model.Values.Count(lease => group is not null && lease.Group == group);
                    bool room = model.Count < _state.Settings.Cap
                        && (group is null || !_state.Settings.Groups.TryGetValue(group, out int cap) || heldInGroup < cap);
                    GovernorEntry.Granted? granted = _state.Grant(new SlotRequest(run, group, now, TimeSpan.FromHours(1), "p"), now);
                    Assert.Equal(room, granted is not null);
                    if (granted is not null)
                    {
                        Assert.True(granted.Lease.Token > token);
                        token = granted.Lease.Token;
                        model.Add(run, granted.Lease);
                        deadlines[run] = _measured + TimeSpan.FromHours(1) + GovernorState.Grace;
                        Apply(granted);
                    }

                    break;
                case 4 when _state.LeaseOf(run) is { } held:
                    Apply(GovernorState.End(held, false));
                    model.Remove(run);
                    break;
                default:
                    foreach (GovernorEntry.Ended ended in _state.Expired())
                    {
                        Assert.True(model.Remove(ended.Run));
                        Assert.True(deadlines[ended.Run] <= _measured);
                        Apply(ended);
                    }

                    break;
            }

            if (random.Next(20) == 0)
            {
                ReadAgain();
                deadlines = model.Keys.ToDictionary(held => held, _ => _measured + TimeSpan.FromHours(1) + GovernorState.Grace);
            }

            Assert.Equal(model.Values.OrderBy(lease => lease.Token), _state.Snapshot(0).Leases);
            Assert.Equal(model.Keys.Select(held => (TimeSpan?)deadlines[held]).Min(), _state.EarliestDeadline);
        }
    });

    private void ReadAgain()
    {
        var copy = new GovernorState(() => _measured);
        _state.WriteChangedPages((name, content) => copy.ReadPage(name, content));
        _state = copy;
    }

    private static RunId Run(int number) => RunId.Of(Schedule, "0000000a", number + 1);

    private static SlotRequest Request(int number, string? group = null) => new(Run(number), group, Start, TimeSpan.FromMinutes(20), "p");

    private Lease? Grant(int number, string? group = null)
    {
        if (_state.Grant(Request(number, group), Start) is not { } granted)
        {
            return null;
        }

        _state.Apply(granted);
        return granted.Lease;
    }

    private void Configure(int cap, params (string Group, int Cap)[] groups) => _state.Apply(new GovernorEntry.Configured(
        new GovernorSettings(cap, groups.ToImmutableSortedDictionary(group => group.Group, group => group.Cap))));
}
