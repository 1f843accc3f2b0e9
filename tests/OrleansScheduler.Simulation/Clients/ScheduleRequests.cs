using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Clients;

/// <summary>What clients do with schedules. Each answer is held against what is stored at that moment.</summary>
internal sealed class ScheduleRequests(World world, string key)
{
    private ScheduleAccount Account => world.Ledger.Schedule(key);

    public async Task CreateAsync(Client client, ScheduleDefinition definition) =>
        Check(await client.CallAsync(directory => directory.Get<ISchedule>(key).CreateAsync(definition, CancellationToken.None)));

    public async Task UpdateAsync(Client client, ScheduleDefinition definition) =>
        Check(await client.CallAsync(directory => directory.Get<ISchedule>(key).UpdateAsync(definition, null, "client", CancellationToken.None)));

    /// <summary>Says what is wrong with a definition, and changes nothing.</summary>
    public async Task CheckAsync(Client client, ScheduleDefinition definition, bool isWrong)
    {
        ScheduleDefinition asked = isWrong ? definition with { Target = definition.Target with { Handler = "nobody" } } : definition;
        try
        {
            await client.CallAsync(directory => directory.Get<ISchedule>(key).CheckAsync(asked, CancellationToken.None));
        }
        catch (SchedulerException fault) when (isWrong && fault.Code == ErrorCodes.UnknownHandler)
        {
            return;
        }

        if (isWrong)
        {
            world.Fail("check", $"{key}: nothing is wrong, it is said, with a handler that nobody knows.");
        }
    }

    /// <summary>Every run that is shown is stored, in a state that it has had.</summary>
    public async Task ListRunsAsync(Client client)
    {
        foreach (ScheduleRun run in await client.CallAsync(directory => directory.Get<ISchedule>(key).ListRunsAsync(50, CancellationToken.None)))
        {
            if (world.Ledger.Runs.GetValueOrDefault(run.Run.ToString()) is not { } known || (run.EndedAt is not null && (known.IsOpen || known.Status != run.Status)))
            {
                world.Fail("durable", $"{key}: shows {run.Run} as {run.Status}, which is not stored.");
            }
        }
    }

    public async Task PauseAsync(Client client) =>
        Check(await client.CallAsync(directory => directory.Get<ISchedule>(key).PauseAsync("client", "because", CancellationToken.None)));

    public async Task ResumeAsync(Client client) =>
        Check(await client.CallAsync(directory => directory.Get<ISchedule>(key).ResumeAsync("client", CancellationToken.None)));

    public Task DeleteAsync(Client client) =>
        client.CallAsync(directory => directory.Get<ISchedule>(key).DeleteAsync("client", CancellationToken.None));

    public async Task ExecuteAsync(Client client, string request)
    {
        ScheduleRun run = await client.CallAsync(directory => directory.Get<ISchedule>(key).ExecuteAsync(request, "client", CancellationToken.None));
        if (!world.Ledger.Runs.ContainsKey(run.Run.ToString()))
        {
            world.Fail("durable", $"{key}: the request {request} was answered with {run.Run}, which is not stored.");
        }
        else if (Account.Incarnation == run.Run.Incarnation && Account.Requests.GetValueOrDefault(request) != run.Run)
        {
            world.Fail("request", $"{key}: the request {request} was answered with {run.Run}, but it made {Account.Requests.GetValueOrDefault(request)}.");
        }
    }

    /// <summary>What is shown does not go backwards and is stored.</summary>
    public async Task ObserveAsync(Client client)
    {
        (string life, long revision, long ran) = (Account.Incarnation, Account.Revision, Account.Ran);
        ScheduleDetail detail = await client.CallAsync(directory => directory.Get<ISchedule>(key).GetAsync(CancellationToken.None));
        Check(detail);
        if (!world.IsOvertaken && detail.Incarnation == life && (detail.Revision < revision || detail.Counters.Ran < ran))
        {
            world.Fail("backwards", $"{key}: shows revision {detail.Revision} and {detail.Counters.Ran} runs, but {revision} and {ran} were stored before.");
        }
    }

    private void Check(ScheduleDetail detail)
    {
        ScheduleAccount account = Account;
        if (account.Incarnation == detail.Incarnation
            && (detail.Revision > account.Revision || detail.Counters.Ran > account.Ran || detail.Counters.Due > account.Due))
        {
            world.Fail("durable", $"{key}: answered with revision {detail.Revision}, {detail.Counters}; stored are {account.Revision} and {account.Due} due, {account.Ran} ran.");
        }
        else if (!account.Knew(detail.Incarnation))
        {
            world.Fail("durable", $"{key}: answered with the life {detail.Incarnation}, which is not stored.");
        }
    }
}
