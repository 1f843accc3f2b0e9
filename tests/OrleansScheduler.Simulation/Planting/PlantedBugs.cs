using System.Collections.Immutable;
using System.Text;
using OrleansScheduler.Actions;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Clocks;
using OrleansScheduler.Core.Governing;
using OrleansScheduler.Core.Permissions;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Definitions;
using OrleansScheduler.Governing;
using OrleansScheduler.History;
using OrleansScheduler.Schedules;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>Every bug that is planted on purpose. A further one is a line here, and a class beside it when no other fits.</summary>
internal static class PlantedBugs
{
    private static readonly byte[] Nothing = """{"kind":"heard","attention":0,"membership":0,"runs":0}"""u8.ToArray();

    public static ImmutableArray<PlantedBug> All { get; } =
    [
        new JournalBug("a space answers before its entry is durable", "space", journal => new BentJournal(journal) { AnswersEarly = true }) { Rules = ["durable", "end"] },
        new JournalBug("a handler starts before its run is durable", "schedule", journal => new BentJournal(journal) { AnswersEarly = true }) { Rules = ["durable", "effect"] },
        new JournalBug("a slot is granted without being stored", "governor", journal => new BentJournal(journal) { Drops = "\"granted\"" }) { Rules = ["slot"] },
        new ReferenceBug("a slot is taken although none is free", "schedule", to => to is IGovernor governor ? new WrongGovernor(governor, false) : to) { Rules = ["slot"] },
        new ReferenceBug("a waiting run is dropped", "schedule", to => to is IGovernor governor ? new WrongGovernor(governor, true) : to) { Rules = ["rest"] },
        new ReferenceBug("an announcement to the clock is lost", "schedule", to => to is IClock clock ? new DeafClock(clock) : to) { Rules = ["forgotten"] },
        new ReferenceBug("a message to the history is lost", "schedule", to => to is IHistory history ? new DeafHistory(history) : to) { Rules = ["rest", "history"] },
        new WakeupBug("wake-ups are forgotten") { Rules = ["asleep", "forgotten"] },
        new JournalBug("a clock forgets an attention at its start", "clock", journal => new BentJournal(journal) { Rewrites = WithoutDue }) { Rules = ["forgotten"] },
        new JournalBug("a request is ignored at replay, so a run id is used again", "schedule", journal => new BentJournal(journal) { Rewrites = Without("requested") }) { Rules = ["run", "run id", "accounting", "overlap", "request"] },
        new JournalBug("an instant fires twice after a crash", "schedule", journal => new BentJournal(journal) { Rewrites = Without("settled"), OnlyLast = true }) { Rules = ["accounting", "instant", "overlap"] },
        new JournalBug("the start of a run is ignored at replay", "schedule", journal => new BentJournal(journal) { Rewrites = Without("claimed"), OnlyLast = true }) { Rules = ["run", "once"] },
        new JournalBug("receipts are forgotten at replay", "space", journal => new BentJournal(journal) { Rewrites = WithoutSession }) { Rules = ["commit"] },
        new ActorBug("the confirmed reads of a commit are not looked at", "space", (world, context) => new WrongSpace(world, context) { TakesAll = true }) { Rules = ["lost update"] },
        new ActorBug("a run clears a younger cause", "space", (world, context) => new WrongSpace(world, context) { ForgetsCauses = true }) { Rules = ["forgotten"] },
        new ActorBug("a space looks at the reads of a commit, waits, and commits", "space", (world, context) => new WrongSpace(world, context) { WaitsBetween = true }) { Rules = ["lost update"] },
        new ActorBug("writes of a run that nobody declared are lost", "space", (world, context) => new WrongSpace(world, context) { Loses = "side" }) { Rules = ["observation"] },
        new ActorBug("the reads of a run are lost", "space", (world, context) => new WrongSpace(world, context) { Blinds = "look" }) { Rules = ["observation"] },
        new ActorBug("a reader runs once and is taken for clean ever after", "space", (world, context) => new WrongSpace(world, context) { Forgives = "look 0" }) { Rules = ["stale", "code"] },
        new ActorBug("what nobody needs runs", "space", (world, context) => new WrongSpace(world, context) { IsEager = true }) { Rules = ["unneeded"] },
        new ActorBug("a commit that changed nothing says that it did", "space", (world, context) => new WrongSpace(world, context) { Boasts = true }) { Rules = ["receipt"] },
        new ActorBug("a pull is answered before its runs", "space", (world, context) => new WrongSpace(world, context) { IsHasty = true }) { Rules = ["pull"] },
        new JournalBug("what runs wrote is forgotten at replay", "space", journal => new BentJournal(journal) { Rewrites = WithoutWrites }) { Rules = ["receipt", "documents", "asleep", "pull", "oracle"] },
        new ActorBug("a computation that a reader needs is said not to be live", "space", (world, context) => new WrongSpace(world, context) { Denies = "sum 0" }) { Rules = ["live"] },
        new ActorBug("each run asks for another one", "space", (world, context) => new WrongSpace(world, context) { IsRestless = true }) { Rules = ["rounds"] },
        new ActorBug("another version of the code is not noticed", "space", WrongSpace.WithOldCode) { Rules = ["code"] },
        new ActorBug("a reader is never planned", "space", (world, context) => new WrongSpace(world, context) { Skips = "look 0" }) { Rules = ["rest"] },
        new ActorBug("a set of definitions decides, waits, and changes itself", "definitions", (_, context) => new WrongDefinitionSet(context)) { Rules = ["lost update"] },
        new ActorBug("the history lists a run twice", "history", (_, context) => new WrongHistory(context)) { Rules = ["history"] },
        new ContextBug("an incarnation is used again", "schedule", (world, context) => new BentContext(context) { BentRandom = new SameLife(world.Ledger.Schedule(context.Key)) }) { Rules = ["life"] },
        new JournalBug("a page is left out of a snapshot", null, journal => new BentJournal(journal) { LeavesPageOut = true }) { Rules = ["documents", "accounting", "effect", "refusal", "life", "shown", "durable", "lost update", "run"] },
        new JournalBug("entries are given up before their pages are written", "schedule", journal => new BentJournal(journal) { TruncatesFirst = true }) { Rules = ["accounting", "refusal", "overlap", "life", "run", "durable"] },
        new JournalBug("pages are younger than their entries", "schedule", journal => new BentJournal(journal) { PagesAreYounger = true }) { Rules = ["overlap", "run", "accounting", "durable"] },
        new JournalBug("a run that failed is stored as completed", "schedule", journal => new BentJournal(journal) { Stores = AsCompleted }) { Rules = ["end"] },
        new JournalBug("an entry is stored in a form that nobody can read", "schedule", journal => new BentJournal(journal) { Stores = Unreadable }) { Rules = ["ledger"] },
        new ContextBug("a schedule is ahead of its time", "schedule", (_, context) => new BentContext(context) { BentTime = new FastTime(context.Time, TimeSpan.FromSeconds(1.5)) }) { Rules = ["early"] },
        new JournalBug("jitter is forgotten at replay", "schedule", journal => new BentJournal(journal) { Rewrites = WithDefinition(known => known with { Jitter = null }) }) { Rules = ["early"] },
        new JournalBug("another overlap counts after replay", "schedule", journal => new BentJournal(journal) { Rewrites = WithDefinition(known => known with { Overlap = OverlapPolicy.Allow }) }) { Rules = ["overlap"] },
        new JournalBug("another tolerance counts after replay", "schedule", journal => new BentJournal(journal) { Rewrites = WithDefinition(known => known with { Tolerance = TimeSpan.FromDays(1) }) }) { Rules = ["missed"] },
        new JournalBug("a definition is shown that is not the stored one", "schedule", journal => new BentJournal(journal) { Rewrites = WithDefinition(known => known with { Description = "another" }) }) { Rules = ["shown"] },
        new JournalBug("a deletion is answered and never stored", "schedule", journal => new BentJournal(journal) { Drops = "\"deleted\"" }) { Rules = ["effect"] },
        new JournalBug("a governor gives more slots than were allowed", "governor", journal => new BentJournal(journal) { Stores = AsLowestCap }) { Rules = ["cap"] },
        new JournalBug("a governor gives out the same token again", "governor", journal => new BentJournal(journal) { Stores = WithFirstToken }) { Rules = ["token"] },
        new JournalBug("a governor ends a lease that is another one", "governor", journal => new BentJournal(journal) { Stores = AsAnotherEnd }) { Rules = ["lease"] },
        new JournalBug("a permission is forgotten at replay", "permissions", journal => new BentJournal(journal) { Rewrites = AsRevoked }) { Rules = ["permission"] },
        new JournalBug("a revision of definitions is left out", "definitions", journal => new BentJournal(journal) { Stores = AsNextRevision }) { Rules = ["revision"] },
        new ReferenceBug("a catalog is not told of deletions", "schedule", to => to is ICatalog catalog ? new DeafCatalog(catalog) : to) { Rules = ["catalog"] },
        new PlantedBug("code counts as changed at every start") { ChangesCode = true, Rules = ["asleep"] },
        new JournalBug("a journal skips what it cannot read", null, journal => new BentJournal(journal) { SkipsUnreadable = true }) { Rules = ["damage"] },
        new PlantedBug("rows are written whatever their ETags are") { IgnoresETags = true, Rules = ["durable"] },
    ];

    /// <summary>The first seed in which a bug breaks one of the promises that it names, which is kept without it.</summary>
    public static (int Seed, Violation? Broken) Find(PlantedBug bug, int seedsMax)
    {
        for (int seed = 1; seed <= seedsMax; seed++)
        {
            if (Simulator.Run(seed, bug).Broken is { } broken && bug.Rules.Contains(broken.Rule) && Simulator.Run(seed).Broken?.Rule != broken.Rule)
            {
                return (seed, broken);
            }
        }

        return (seedsMax, null);
    }

    /// <summary>How often each promise is the first that a bug breaks.</summary>
    public static string Count(PlantedBug bug, int seeds) => string.Join(", ", Enumerable.Range(1, seeds)
        .Select(seed => Simulator.Run(seed, bug).Broken?.Rule)
        .OfType<string>()
        .GroupBy(rule => rule)
        .OrderByDescending(group => group.Count())
        .Select(group => $"{group.Key} {group.Count()}"));

    private static Func<byte[], byte[]?> Without(string kind) =>
        entry => Encoding.UTF8.GetString(entry).Contains($"\"{kind}\"", StringComparison.Ordinal) ? Nothing : null;

    private static byte[]? WithoutDue(byte[] entry)
    {
        var codec = new JsonEntryCodec<ClockEntry>();
        ClockEntry known = codec.Read(entry, codec.Format);
        return Written(codec, known with { Attention = known.Attention with { Due = null } });
    }

    private static byte[]? WithoutSession(byte[] entry)
    {
        var codec = new SpaceEntryCodec();
        return codec.Read(entry, codec.Format) is SpaceEntry.Committed committed ? Written<SpaceEntry>(codec, committed with { Session = "nobody" }) : null;
    }

    private static byte[]? AsCompleted(byte[] entry)
    {
        var codec = new ScheduleEntryCodec();
        return codec.Read(entry, codec.Format) is ScheduleEntry.Ended { Status: RunStatus.Failed } ended
            ? Written<ScheduleEntry>(codec, ended with { Status = RunStatus.Completed, Error = null })
            : null;
    }

    private static Func<byte[], byte[]?> WithDefinition(Func<ScheduleDefinition, ScheduleDefinition> change) => entry =>
    {
        var codec = new ScheduleEntryCodec();
        return codec.Read(entry, codec.Format) switch
        {
            ScheduleEntry.Created created => Written<ScheduleEntry>(codec, created with { Definition = change(created.Definition) }),
            ScheduleEntry.Updated updated => Written<ScheduleEntry>(codec, updated with { Definition = change(updated.Definition) }),
            _ => null,
        };
    };

    private static byte[]? AsLowestCap(byte[] entry)
    {
        var codec = new GovernorEntryCodec();
        return codec.Read(entry, codec.Format) is GovernorEntry.Configured configured
            ? Written<GovernorEntry>(codec, configured with { Settings = configured.Settings with { Cap = 1 } })
            : null;
    }

    private static byte[]? WithFirstToken(byte[] entry)
    {
        var codec = new GovernorEntryCodec();
        return codec.Read(entry, codec.Format) is GovernorEntry.Granted granted
            ? Written<GovernorEntry>(codec, granted with { Lease = granted.Lease with { Token = 1 } })
            : null;
    }

    private static byte[]? AsAnotherEnd(byte[] entry)
    {
        var codec = new GovernorEntryCodec();
        return codec.Read(entry, codec.Format) is GovernorEntry.Ended ended ? Written<GovernorEntry>(codec, ended with { Token = ended.Token + 1 }) : null;
    }

    private static byte[]? AsRevoked(byte[] entry)
    {
        var codec = new JsonEntryCodec<PermissionEntry>();
        return codec.Read(entry, codec.Format) is PermissionEntry.Allowed { Permission: var known }
            ? Written<PermissionEntry>(codec, new PermissionEntry.Revoked(known.Kind, known.Value, known.AllowedBy, known.AllowedAt))
            : null;
    }

    private static byte[]? AsNextRevision(byte[] entry)
    {
        var codec = new JsonEntryCodec<DefinitionManifest>();
        DefinitionManifest known = codec.Read(entry, codec.Format);
        return Written(codec, known with { Revision = known.Revision + 1 });
    }

    private static byte[]? Unreadable(byte[] entry)
    {
        var codec = new ScheduleEntryCodec();
        return codec.Read(entry, codec.Format) is ScheduleEntry.Paused ? """{"kind":"halted"}"""u8.ToArray() : null;
    }

    private static byte[]? WithoutWrites(byte[] entry)
    {
        var codec = new SpaceEntryCodec();
        return codec.Read(entry, codec.Format) is SpaceEntry.Landed landed ? Written<SpaceEntry>(codec, landed with { Result = landed.Result with { Operations = [] } }) : null;
    }

    private static byte[] Written<TEntry>(IEntryCodec<TEntry> codec, TEntry entry)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        codec.Write(entry, output);
        return output.WrittenSpan.ToArray();
    }
}
