using System.Collections.Immutable;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Simulation.Storing;

namespace OrleansScheduler.Simulation.Planning;

/// <summary>Makes the plan of a seed. To add a request or a trouble, add a case.</summary>
internal sealed class Planner
{
    private static readonly DateTimeOffset[] Starts =
    [
        new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 29, 0, 58, 0, TimeSpan.Zero),
        new(2026, 6, 30, 23, 58, 30, TimeSpan.Zero), new(2026, 10, 25, 0, 59, 10, TimeSpan.Zero),

        // Half an hour is repeated, and left out, on Lord Howe Island.
        new(2026, 4, 4, 14, 58, 0, TimeSpan.Zero), new(2026, 10, 3, 15, 28, 40, TimeSpan.Zero),
    ];

    private readonly Random _random;
    private readonly ScheduleSteps _schedules;
    private readonly SpaceSteps[] _spaces;
    private readonly OtherSteps _others;
    private readonly TimeSpan _length;
    private readonly int _count;

    private Planner(int seed)
    {
        _random = new Random(seed);
        Start = Starts[_random.Next(Starts.Length)];
        _length = TimeSpan.FromSeconds(_random.Next(40, 240));

        // Some seeds have many members, most have few on which all that happens comes together.
        bool isLarge = _random.Next(10) == 0;
        int spaces = isLarge ? _random.Next(2, 13) : _random.Next(4) == 0 ? 2 : 1;
        int schedules = isLarge ? _random.Next(10, 61) : 4;
        _count = _random.Next(15, 70) + (isLarge ? schedules * 2 : 0);
        _spaces = [.. Enumerable.Range(0, spaces).Select(number => new SpaceSteps(_random, SpaceSteps.KeyOf(number)))];
        _schedules = new ScheduleSteps(_random, Start, _length, schedules, spaces);
        _others = new OtherSteps(_random, schedules);
    }

    private DateTimeOffset Start { get; }

    public static Plan Make(int seed) => new Planner(seed).Make(seed, []);

    private Plan Make(int seed, List<Step> steps)
    {
        // A swarm: each seed does some kinds of things often and others never.
        int[] weights = [.. Enumerable.Range(0, 5).Select(kind => _random.Next(4) == 0 ? 0 : _random.Next(1, kind == 4 ? 4 : 10))];
        weights[_random.Next(2)] = 10;
        for (int number = 0; number < _count; number++)
        {
            steps.Add(Next(weights, At(), number));
        }

        steps.AddRange(Enumerable.Range(0, 2).Select(number => _schedules.Create(TimeSpan.FromSeconds(number), number)));
        if (_random.Next(4) > 0)
        {
            // No later run answers for one that was asked for last.
            steps.AddRange(_spaces.Select(space => space.Mark(_length - TimeSpan.FromMilliseconds(_random.Next(1_000)))));
        }

        var engine = new ActorEngineOptions();
        if (_random.Next(2) == 0)
        {
            (engine.IdleAfter, engine.CollectionInterval) = (TimeSpan.FromSeconds(_random.Next(2, 20)), TimeSpan.FromSeconds(3));
        }

        return new Plan(seed, Start, _length, engine, StoragePlan.Of(_random), [.. steps.OrderBy(step => step.At)]) { ChangesCode = _random.Next(4) == 0 };
    }

    private TimeSpan At() => TimeSpan.FromMilliseconds(_random.Next((int)_length.TotalMilliseconds));

    private Step Next(int[] weights, TimeSpan at, int number)
    {
        int choice = _random.Next(Math.Max(1, weights.Sum()));
        for (int kind = 0; kind < weights.Length; kind++)
        {
            if ((choice -= weights[kind]) < 0)
            {
                return kind switch
                {
                    0 => _schedules.Next(at, number),
                    1 => _spaces[_random.Next(_spaces.Length)].Next(at, number),
                    2 => Trouble(at),
                    4 => _others.Next(at, number),
                    _ => Upheaval(at),
                };
            }
        }

        return _schedules.Next(at, number);
    }

    private Step Trouble(TimeSpan at)
    {
        TroubleKind kind = _random.Next(12) == 0 ? TroubleKind.Crawls : (TroubleKind)_random.Next(4);
        TimeSpan length = TimeSpan.FromMilliseconds(_random.Next(100, kind == TroubleKind.Crawls ? 120_000 : 20_000));
        int chance = kind switch
        {
            TroubleKind.Full => 1_000,
            TroubleKind.Crawls => _random.Next(50, 1_000),
            _ => _random.Next(5, 300),
        };
        return new Step(at, $"storage {kind} for {length.TotalSeconds:0.0} s, {chance} of 1000", world => world.TroubleList.Add(new Trouble(at + length, kind, chance)));
    }

    private Step Upheaval(TimeSpan at)
    {
        TimeSpan down = TimeSpan.FromMilliseconds(_random.Next(3) == 0 ? _random.Next(100_000) : _random.Next(3_000));
        int turns = _random.Next(_random.Next(2) == 0 ? 40 : 1_000);
        TimeSpan jump = TimeSpan.FromMilliseconds(_random.Next(4) == 0 ? _random.Next(3_600_000) : _random.Next(90_000));
        TimeSpan linger = TimeSpan.FromMilliseconds(_random.Next(3) == 0 ? 0 : _random.Next(20_000));
        int place = _random.Next(1_000_000);
        switch (_random.Next(12))
        {
            case < 5:
                return new Step(at, $"crash after {turns} turns, down for {down.TotalSeconds:0.0} s", world => CrashAfter(world, turns, down, linger));
            case 8:
                int[] each = [.. Enumerable.Range(0, _random.Next(2, 7)).Select(_ => _random.Next(200))];
                return new Step(at, $"crash at each of {each.Length} starts", world => CrashAtStarts(world, each, linger));
            case 9:
                return new Step(at, $"row {place} is damaged", world => world.Client.Begin("damage", client => world.Rot.StrikeAsync(client, place)));
            case 10 or 11:
                return new Step(at, $"write {1 + (turns % 30)} from here on is torn, down for {down.TotalSeconds:0.0} s", world => world.Torn.Arm(1 + (turns % 30), down));
            case 5:
                return new Step(at, "restart in good order", world => world.Go(world.RestartAsync));
            case 6:
                return new Step(at, $"the clock jumps forwards by {jump.TotalSeconds:0.0} s", world => world.Shift(jump));
            default:
                return new Step(at, $"the clock jumps back by {jump.TotalSeconds / 4:0.0} s", world => world.Shift(-jump / 4));
        }
    }

    private static void CrashAtStarts(World world, int[] turns, TimeSpan linger)
    {
        foreach (int count in turns)
        {
            CrashAfter(world, count, TimeSpan.FromMilliseconds(10), linger);
            world.RunUntil(() => world.Process is not null, TimeSpan.FromSeconds(2));
        }
    }

    private static void CrashAfter(World world, int turns, TimeSpan down, TimeSpan linger)
    {
        long until = world.Turns.Turns + turns;
        world.RunUntil(() => world.Turns.Turns >= until, TimeSpan.FromSeconds(2));
        if (world.Process is not null)
        {
            world.Linger = linger;
            world.Go(() => world.CrashAsync(down));
        }
    }
}
