using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Clients;

/// <summary>What clients do with schedules. Each answer is held against what is stored at that moment.</summary>
internal sealed class ScheduleRequests(World world, string key)
{
    private static readonly (string Code, Func<ScheduleAccount, bool> IsTrue) NotThere = (ErrorCodes.NotFound, account => account.Definition is null);

    private static readonly (string Code, Func<ScheduleAccount, bool> IsTrue) Completed =
        (ErrorCodes.ScheduleCompleted, account => account.Definition is not null && account.State == ScheduleState.Completed);

    private ScheduleAccount Account => world.Ledger.Schedule(key);

    public Task CreateAsync(Client client, ScheduleDefinition definition) => ChangeAsync(
        client,
        schedule => schedule.CreateAsync(definition, CancellationToken.None),
        account => account.Definition?.SaysTheSame(definition) == true,
        detail => detail.Definition.SaysTheSame(definition),
        (ErrorCodes.AlreadyExists, account => account.Definition?.SaysTheSame(definition) == false));

    /// <param name="client">Who asks.</param>
    /// <param name="definition">The new definition.</param>
    /// <param name="revision">How much older or newer the revision is that it expects than the stored one; null to expect none.</param>
    public async Task UpdateAsync(Client client, ScheduleDefinition definition, int? revision)
    {
        long? expected = revision is null ? null : Account.Revision + revision;
        await ChangeAsync(
            client,
            schedule => schedule.UpdateAsync(definition, expected, "client", CancellationToken.None),
            account => account.Definition?.SaysTheSame(definition) == true,
            detail => detail.Definition.SaysTheSame(definition),
            (ErrorCodes.RevisionConflict, account => expected is not null && account.Revision != expected));
    }

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
        foreach (ScheduleRun run in await AskAsync(client, schedule => schedule.ListRunsAsync(50, CancellationToken.None), account => account.Definition is not null))
        {
            if (world.Ledger.Runs.GetValueOrDefault(run.Run.ToString()) is not { } known || (run.EndedAt is not null && (known.IsOpen || known.Status != run.Status)))
            {
                world.Fail("durable", $"{key}: shows {run.Run} as {run.Status}, which is not stored.");
            }
        }
    }

    public Task PauseAsync(Client client) => ChangeAsync(
        client,
        schedule => schedule.PauseAsync("client", "because", CancellationToken.None),
        account => account.State == ScheduleState.Paused,
        detail => detail.State == ScheduleState.Paused,
        Completed);

    public Task ResumeAsync(Client client) => ChangeAsync(
        client,
        schedule => schedule.ResumeAsync("client", CancellationToken.None),
        account => account.Definition is not null && account.State != ScheduleState.Paused,
        detail => detail.State != ScheduleState.Paused,
        Completed);

    public Task DeleteAsync(Client client) => AskAsync(client, async schedule =>
    {
        await schedule.DeleteAsync("client", CancellationToken.None);
        return true;
    }, account => account.Definition is null);

    public async Task ExecuteAsync(Client client, string request)
    {
        ScheduleRun run = await AskAsync(
            client,
            schedule => schedule.ExecuteAsync(request, "client", CancellationToken.None),
            account => account.Definition is not null,
            Completed,
            (ErrorCodes.RunOpen, account => account.Open.Count >= account.OpenAllowed));
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
        (string life, long revision, long ran, long entries) = (Account.Incarnation, Account.Revision, Account.Ran, Account.Entries);
        ScheduleDetail detail = await AskAsync(client, schedule => schedule.GetAsync(CancellationToken.None), account => account.Definition is not null);
        Check(detail);
        if (!world.IsOvertaken && Account.Entries == entries)
        {
            Account.Check(detail);
        }

        if (!world.IsOvertaken && detail.Incarnation == life && (detail.Revision < revision || detail.Counters.Ran < ran))
        {
            world.Fail("backwards", $"{key}: shows revision {detail.Revision} and {detail.Counters.Ran} runs, but {revision} and {ran} were stored before.");
        }
    }

    // What was changed is so in the answer, and in storage at some moment of the call.
    private async Task ChangeAsync(
        Client client,
        Func<ISchedule, Task<ScheduleDetail>> call,
        Func<ScheduleAccount, bool> effect,
        Func<ScheduleDetail, bool> shows,
        (string Code, Func<ScheduleAccount, bool> IsTrue) refusal)
    {
        ScheduleDetail detail = await AskAsync(client, call, effect, refusal);
        Check(detail);
        if (!shows(detail))
        {
            world.Fail("effect", $"{key}: the answer does not show what was asked for, but {detail.State}, {detail.Definition}.");
        }
    }

    // Whatever is answered has been so at some moment of the call, and whatever is refused was for a reason that there was. Who does not
    // know what others have written shows what is old.
    private async Task<T> AskAsync<T>(
        Client client,
        Func<ISchedule, Task<T>> call,
        Func<ScheduleAccount, bool> effect,
        params (string Code, Func<ScheduleAccount, bool> IsTrue)[] refusals)
    {
        ScheduleAccount account = Account;
        var happened = new Moment(effect);
        var reasons = refusals.Append(NotThere).ToDictionary(refusal => refusal.Code, refusal => new Moment(refusal.IsTrue));
        Moment[] moments = [happened, .. reasons.Values];
        Array.ForEach(moments, moment => moment.Look(account));
        account.Moments.AddRange(moments);
        (bool isOvertaken, SimulatedProcess? process) = (world.IsOvertaken, world.Process);
        try
        {
            T answer = await client.CallAsync(directory => call(directory.Get<ISchedule>(key)));
            if (!happened.Was && IsCertain())
            {
                world.Fail("effect", $"{key}: it was answered, but has not happened.");
            }

            return answer;
        }
        catch (SchedulerException fault) when (IsCertain() && !(reasons.TryGetValue(fault.Code, out Moment? reason) && reason.Was))
        {
            world.Fail("refusal", $"{key}: {fault.Code} was never so: {fault.Message}");
            throw;
        }
        finally
        {
            account.Moments.RemoveAll(moments.Contains);
        }

        bool IsCertain() => world.Rows is null || (!isOvertaken && !world.IsOvertaken && world.Process == process);
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
