using System.Collections.Immutable;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Simulation.Clients;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Planning;

/// <summary>What clients do with schedules and the governor.</summary>
internal sealed class ScheduleSteps(Random random, DateTimeOffset start, TimeSpan length, int schedules, int spaces)
{
    private static readonly string[] Expressions =
    [
        "*/5 * * * * *", "*/20 * * * * *", "H/7 * * * * *", "* * * * *", "*/2 * * * *", "30 1 * * *", "0 0 * * *", "0 2 29 3 *", "15 2 * * *", "*/10 1-2 * * *",
    ];

    private static readonly string[] ZoneNames = ["UTC", "Europe/London", "Europe/Berlin", "Europe/Dublin", "Australia/Lord_Howe"];

    public Step Create(TimeSpan at, int schedule)
    {
        ScheduleDefinition definition = Definition();
        return On(at, schedule, $"create {Words(definition)}", (requests, client) => requests.CreateAsync(client, definition));
    }

    public Step Next(TimeSpan at, int number)
    {
        int schedule = random.Next(schedules);
        switch (random.Next(20))
        {
            case < 4:
                return Create(at, schedule);
            case 4:
                ScheduleDefinition looked = Definition();
                bool isWrong = random.Next(2) == 0;
                return On(at, schedule, $"check {Words(looked)}", (requests, client) => requests.CheckAsync(client, looked, isWrong));
            case < 7:
                ScheduleDefinition definition = Definition();
                int? revision = random.Next(3) == 0 ? random.Next(-1, 2) : null;
                return On(at, schedule, $"update{(revision is null ? "" : $" from revision {revision:+0;-0;=}")} {Words(definition)}", (requests, client) => requests.UpdateAsync(client, definition, revision));
            case 7 or 8:
                return On(at, schedule, "pause", (requests, client) => requests.PauseAsync(client));
            case < 12:
                return On(at, schedule, "resume", (requests, client) => requests.ResumeAsync(client));
            case 12 or 13:
                return On(at, schedule, "delete", (requests, client) => requests.DeleteAsync(client));
            case < 17:
                string request = $"r{(random.Next(4) == 0 ? random.Next(number + 1) : number)}";
                return On(at, schedule, $"execute {request}", (requests, client) => requests.ExecuteAsync(client, request));
            case 17:
                var settings = new GovernorSettings(random.Next(1, 4), ImmutableSortedDictionary<string, int>.Empty.SetItem("g", random.Next(1, 3)));
                return new Step(at, $"cap {settings.Cap}, of g {settings.Groups["g"]}", world => world.Client.Begin(
                    "cap", client => OtherRequests.ConfigureAsync(world, client, settings)));
            case 18 when random.Next(2) == 0:
                return On(at, schedule, "list runs", (requests, client) => requests.ListRunsAsync(client));
            case 18:
                return On(at, schedule, "get", (requests, client) => requests.ObserveAsync(client));
            default:
                return new Step(at, "look at the governor and the catalog", world =>
                {
                    world.Client.Begin("governor", client => OtherRequests.ObserveAsync(world, client));
                    world.Client.Begin("catalog", OtherRequests.ListAsync);
                });
        }
    }

    private static Step On(TimeSpan at, int schedule, string what, Func<ScheduleRequests, Client, Task> request) => new(
        at, $"owner/s{schedule}: {what}", world => world.Client.Begin($"owner/s{schedule}: {what}", client => request(new ScheduleRequests(world, $"owner/s{schedule}"), client)));

    private static string Words(ScheduleDefinition definition) =>
        $"{definition.Trigger} {definition.Target.Handler} {definition.EffectiveOverlap}/{definition.EffectiveMissed} tolerance {definition.EffectiveTolerance.TotalSeconds} most {definition.MaxFirings}{(definition.InitialPause is null ? "" : " paused")}";

    private ScheduleDefinition Definition()
    {
        Trigger trigger = random.Next(10) switch
        {
            < 5 => new IntervalTrigger(TimeSpan.FromMilliseconds(random.Next(700, 20_000)), random.Next(3) == 0 ? start.AddSeconds(random.Next(-100, 100)) : null),
            < 8 => new CronTrigger(Expressions[random.Next(Expressions.Length)], ZoneNames[random.Next(ZoneNames.Length)]),
            8 => new OnceTrigger(start + length * random.NextDouble()),
            _ => new StartTrigger(),
        };
        bool adds = random.Next(2) == 0;
        return new ScheduleDefinition(
            trigger,
            new HandlerTarget(adds ? "adds" : "work", adds ? SpaceId.Parse(SpaceSteps.KeyOf(random.Next(spaces))) : null),
            TimeSpan.FromSeconds(random.Next(2, 15)),
            TimeSpan.FromSeconds(random.Next(1, 60)),
            random.Next(2) == 0 ? OverlapPolicy.Allow : OverlapPolicy.Skip,
            random.Next(2) == 0 ? MissedPolicy.RunLatest : MissedPolicy.Skip,
            random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 4_000)) : null,
            random.Next(6) == 0 ? start + length * random.NextDouble() : null,
            random.Next(8) == 0 ? start + length + length * random.NextDouble() : null,
            random.Next(4) == 0 ? random.Next(1, 8) : null,
            random.Next(6) == 0 ? [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => DateOnly.FromDateTime(start.UtcDateTime).AddDays(random.Next(2)))] : null,
            Group: random.Next(3) == 0 ? "g" : null,
            InitialPause: random.Next(8) == 0 ? "not yet" : null);
    }
}
