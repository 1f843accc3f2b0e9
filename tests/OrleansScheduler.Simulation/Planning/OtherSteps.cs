using OrleansScheduler.Simulation.Clients;

namespace OrleansScheduler.Simulation.Planning;

/// <summary>What clients do with permissions, sets of definitions and the history.</summary>
internal sealed class OtherSteps(Random random, int schedules)
{
    private const int Programs = 3;
    private const int Sets = 2;

    public Step Next(TimeSpan at, int number)
    {
        string program = $"/bin/p{random.Next(Programs)}";
        string set = $"owner/set{random.Next(Sets)}";
        string schedule = $"owner/s{random.Next(schedules)}";
        int limit = random.Next(1, 6);
        return random.Next(9) switch
        {
            0 => new Step(at, $"allow {program}", world => world.Client.Begin(
                $"allow {program}", client => DefinitionRequests.AllowAsync(world, client, program))),
            1 => new Step(at, $"revoke {program}", world => world.Client.Begin(
                $"revoke {program}", client => DefinitionRequests.RevokeAsync(world, client, program))),
            2 => new Step(at, $"may {program} run?", world => world.Client.Begin(
                $"may {program} run?", client => DefinitionRequests.AskAsync(world, client, program))),
            < 6 => new Step(at, $"{set}: add n{number} and m{number}", world =>
            {
                world.Client.Begin($"{set}: add n{number}", client => DefinitionRequests.AddAsync(world, client, set, $"n{number}"));
                world.Client.Begin($"{set}: add m{number}", client => DefinitionRequests.AddAsync(world, client, set, $"m{number}"));
            }),
            _ => new Step(at, $"{schedule}: list the history by {limit}", world => world.Client.Begin(
                $"{schedule}: list the history by {limit}", client => new HistoryRequests(world, schedule).ListAsync(client, limit))),
        };
    }
}
