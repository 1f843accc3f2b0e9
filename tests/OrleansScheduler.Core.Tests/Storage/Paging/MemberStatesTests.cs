using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Catalogs;
using OrleansScheduler.Core.Clocks;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Identity;
using OrleansScheduler.Serialization;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Paging;

/// <summary>States of many members: their pages are the state again, and one change writes little.</summary>
public sealed class MemberStatesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, byte[]> _pages = new(StringComparer.Ordinal);
    private long _written;

    [Fact]
    public void One_change_of_a_catalog_of_100000_members_writes_little()
    {
        var catalog = new CatalogState();
        for (int number = 0; number < 100_000; number++)
        {
            catalog.Apply(new CatalogMember(MemberKind.Schedule, $"schedule-{number}", 1, true));
        }

        Cut(catalog);
        long all = _written;
        CatalogState loaded = Load(new CatalogState());
        loaded.Apply(new CatalogMember(MemberKind.Schedule, "schedule-5", 2, false));
        Cut(loaded);

        Assert.True(all > 5_000_000, $"{all}");
        Assert.InRange(_written, 1, 70_000);
        Assert.Equal(Names(loaded, MemberKind.Schedule), Names(Load(new CatalogState()), MemberKind.Schedule));
        Assert.False(Load(new CatalogState()).IsNews(new CatalogMember(MemberKind.Schedule, "schedule-5", 2, true)));
    }

    [Fact]
    public void A_catalog_of_the_first_layout_is_read_and_replaced()
    {
        CatalogMember[] members =
        [
            new(MemberKind.Schedule, "a", 3, true), new(MemberKind.Space, "a", 4, true), new(MemberKind.Schedule, "gone", 5, false),
        ];
        _pages["members"] = JsonSerializer.SerializeToUtf8Bytes(members, ContractJson.Options);

        CatalogState loaded = Load(new CatalogState());
        Cut(loaded);
        CatalogState again = Load(new CatalogState());

        Assert.Equal(["m:"], _pages.Keys);
        foreach (CatalogState state in new[] { loaded, again })
        {
            Assert.Equal(["a"], Names(state, MemberKind.Schedule));
            Assert.Equal(["a"], Names(state, MemberKind.Space));
            Assert.False(state.IsNews(new CatalogMember(MemberKind.Schedule, "gone", 5, true)));
        }
    }

    [Fact]
    public void One_change_of_a_clock_of_60000_schedules_writes_little()
    {
        var clock = new ClockState();
        for (int number = 0; number < 60_000; number++)
        {
            clock.Apply(Entry(number, 1, Start.AddSeconds(number)));
        }

        Cut(clock);
        ClockState loaded = Load(new ClockState());
        loaded.Apply(Entry(7, 2, null));
        Cut(loaded);

        Assert.InRange(_written, 1, 70_000);
        Assert.Equal(Due(loaded), Due(Load(new ClockState())));
    }

    [Fact]
    public void A_clock_of_the_first_layout_is_read_and_replaced()
    {
        ClockEntry[] entries = [Entry(1, 4, Start), Entry(2, 1, null)];
        _pages["attentions"] = JsonSerializer.SerializeToUtf8Bytes(entries, ContractJson.Options);

        ClockState loaded = Load(new ClockState());
        Cut(loaded);
        ClockState again = Load(new ClockState());

        Assert.Equal(["t:"], _pages.Keys);
        Assert.Equal(Due(loaded), Due(again));
        Assert.False(again.IsNews(Id(2), new Attention(1, Start, null)));
    }

    [Fact]
    public void Random_attentions_and_cuts_are_the_same_clock_again() => Seeded.Rounds(10, random =>
    {
        _pages.Clear();
        var clock = new ClockState();
        for (int step = 1; step < 300; step++)
        {
            clock.Apply(Entry(random.Next(50), step, random.Next(3) == 0 ? null : Start.AddSeconds(random.Next(100))));
            if (random.Next(30) == 0)
            {
                Cut(clock);
                clock = random.Next(2) == 0 ? clock : Load(new ClockState());
            }
        }

        Cut(clock);
        Assert.Equal(Due(clock), Due(Load(new ClockState())));
    });

    private static ScheduleId Id(int number) => ScheduleId.Of("owner", string.Create(CultureInfo.InvariantCulture, $"schedule-{number}"));

    private static ClockEntry Entry(int schedule, long number, DateTimeOffset? due) => new(Id(schedule), new Attention(number, due, null));

    private static List<(ScheduleId, Attention)> Due(ClockState clock) => [.. clock.DueAt(DateTimeOffset.MaxValue)];

    private static List<string> Names(CatalogState catalog, MemberKind kind)
    {
        var names = new List<string>();
        string? after = null;
        do
        {
            CatalogPage page = catalog.List(kind, after, 50_000);
            names.AddRange(page.Names);
            after = page.Next;
        }
        while (after is not null);
        return names;
    }

    private void Cut<T>(IJournaledState<T> state)
    {
        _written = 0;
        state.WriteChangedPages((name, content) =>
        {
            _pages.Remove(name);
            if (content is not null)
            {
                _pages[name] = content;
                _written += content.Length;
            }
        });
    }

    private CatalogState Load(CatalogState catalog) => Load<CatalogState, CatalogMember>(catalog);

    private ClockState Load(ClockState clock) => Load<ClockState, ClockEntry>(clock);

    private TState Load<TState, TEntry>(TState state)
        where TState : IJournaledState<TEntry>
    {
        foreach ((string name, byte[] content) in _pages)
        {
            state.ReadPage(name, content);
        }

        state.PagesRead();
        return state;
    }
}
