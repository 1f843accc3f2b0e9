using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Settling;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Clients;

/// <summary>What clients do with a space.</summary>
internal sealed class SpaceRequests(World world, string key)
{
    private long _sequence;

    /// <summary>The ids of the actions that are registered.</summary>
    public IEnumerable<string> Registered => world.Ledger.Space(key).Actions.Keys;

    /// <summary>The ids of those that are run when they have to.</summary>
    public IEnumerable<string> Live => world.Ledger.Space(key).Present.Live.Order(StringComparer.Ordinal);

    /// <summary>Commits, and later commits the same again: the receipt is the same, and nothing changes.</summary>
    public async Task CommitAsync(Client client, CommitRequest request)
    {
        CommitReceipt receipt = await SendAsync(client, request);
        await Task.Delay(TimeSpan.FromMilliseconds(request.LocalSequence % 7 * 400), world.Time);
        CommitReceipt again = await SendAsync(client, request);
        if (again != receipt)
        {
            world.Fail("repeat", $"{key}: number {request.LocalSequence} of '{request.Session}' had the receipt {receipt}, and then {again}.");
        }
    }

    /// <summary>Adds one to what it reads; when somebody else was faster, anew.</summary>
    public async Task AddAsync(Client client, string session)
    {
        for (int number = 1; ; number++)
        {
            SpaceRead read = await client.CallAsync(directory => directory.Get<ISpace>(key).ReadAsync(
                [new ReadTarget(SpaceAccount.Counter, ReadDepth.Deep)], null, CancellationToken.None));
            Observe(read.Sequence);
            JsonValue next = (read.Reads[0].Value?.AsInt64() ?? 0) + 1;
            try
            {
                await SendAsync(client, new CommitRequest(session, number, [read.Reads[0].Confirm()], [new SetOperation(SpaceAccount.Counter, next)]));
                return;
            }
            catch (SchedulerException fault) when (fault.Code == ErrorCodes.ReadConflict)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), world.Time);
            }
        }
    }

    /// <summary>Changes a list that it has read, in one of many ways; when somebody else was faster, anew.</summary>
    public async Task EditAsync(Client client, string session, int way)
    {
        for (int number = 1; ; number++)
        {
            SpaceRead read = await client.CallAsync(directory => directory.Get<ISpace>(key).ReadAsync([new ReadTarget(ListEdit.List, ReadDepth.Deep)], null, CancellationToken.None));
            Observe(read.Sequence);
            try
            {
                await SendAsync(client, new CommitRequest(session, number, [read.Reads[0].Confirm()], [ListEdit.Of((JsonArray?)read.Reads[0].Value, way)]));
                return;
            }
            catch (SchedulerException fault) when (fault.Code == ErrorCodes.ReadConflict)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), world.Time);
            }
        }
    }

    /// <summary>Registers actions that make each other run for ever, and some time later removes them.</summary>
    public async Task SpinAsync(Client client, ImmutableArray<ActionDefinition> definitions, TimeSpan length)
    {
        ImmutableArray<RegisteredAction> actions = await RegisterAsync(client, definitions);
        await Task.Delay(length, world.Time);
        foreach (RegisteredAction action in actions)
        {
            try
            {
                await UnregisterAsync(client, action.Action);
            }
            catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
            {
                // Somebody else was faster.
            }
        }
    }

    public async Task<ImmutableArray<RegisteredAction>> RegisterAsync(Client client, ImmutableArray<ActionDefinition> definitions)
    {
        ImmutableArray<RegisteredAction> actions = await client.CallAsync(
            directory => directory.Get<ISpace>(key).RegisterAsync(definitions, CancellationToken.None));
        if (actions.FirstOrDefault(action => !world.Ledger.Space(key).Knew(action.Action.ToString())) is { } lost)
        {
            world.Fail("durable", $"{key}: {lost.Action} was registered and is not stored.");
        }

        return actions;
    }

    public Task UnregisterAsync(Client client, ActionId action) =>
        client.CallAsync(directory => directory.Get<ISpace>(key).UnregisterAsync(action, CancellationToken.None));

    /// <summary>Asks for a run, and again while that run may be under way.</summary>
    public async Task MarkAsync(Client client, string name)
    {
        foreach (int pause in (int[])[40, 90, 170, 0])
        {
            await client.CallAsync(directory => directory.Get<ISpace>(key).MarkAsync(name, SpaceAccount.Asker, CancellationToken.None));
            await Task.Delay(TimeSpan.FromMilliseconds(pause), world.Time);
        }
    }

    /// <summary>Pulls, and holds the answer against what was there at its sequence and what it had to come to.</summary>
    public async Task PullAsync(Client client, Address address)
    {
        SpaceAccount account = world.Ledger.Space(key);
        account.Needs.Want(address);
        int first = world.IsOvertaken ? 0 : account.Versions.Count - 1;
        PullAnswer answer = await client.CallAsync(directory => directory.Get<ISettler>(key).PullAsync(
            new ReadTarget(address, ReadDepth.Deep), TimeSpan.FromSeconds(5), CancellationToken.None));
        Observe(answer.Sequence);
        SpaceVersion? read = account.Versions.LastOrDefault(version => version.Sequence == answer.Sequence);
        if (read is null || read.Documents.TextAt(address) != DocumentAccount.TextOf(answer.Read.Value))
        {
            world.Fail("pull", $"{key}: {address} was {answer.Read.Value} at {answer.Sequence}, where it is {read?.Documents.TextAt(address)}.");
        }

        // There was a moment, since it was asked for, at which nothing was left to run for it.
        first = world.IsOvertaken ? 0 : first;
        if (answer.Settled && !account.Versions.Skip(first).Any(version => version.Sequence <= answer.Sequence && version.IsSettled(address)))
        {
            world.Fail("pull", $"{key}: {address} was {answer.Read.Value} at {answer.Sequence} and settled, which does not follow from its inputs.");
        }
    }

    public async Task ObserveAsync(Client client)
    {
        long known = _sequence;
        SpaceSummary summary = await client.CallAsync(directory => directory.Get<ISpace>(key).SummarizeAsync(CancellationToken.None));
        if (summary.Sequence < known && !world.IsOvertaken)
        {
            world.Fail("backwards", $"{key}: stands at {summary.Sequence}, but {known} was answered before.");
        }
    }

    private async Task<CommitReceipt> SendAsync(Client client, CommitRequest request)
    {
        CommitReceipt receipt = await client.CallAsync(directory => directory.Get<ISpace>(key).CommitAsync(request, CancellationToken.None));
        if (!world.Ledger.Space(key).Has(request.Session, request.LocalSequence))
        {
            world.Fail("durable", $"{key}: number {request.LocalSequence} of '{request.Session}' was answered before it was stored.");
        }
        else if ((receipt.Sequence, receipt.Changed) != world.Ledger.Space(key).ReceiptOf(request.Session, request.LocalSequence))
        {
            world.Fail("receipt", $"{key}: number {request.LocalSequence} of '{request.Session}' has the receipt {receipt}, which is not what became of it.");
        }

        Observe(receipt.Sequence);
        return receipt;
    }

    private void Observe(long sequence) => _sequence = Math.Max(_sequence, sequence);
}
