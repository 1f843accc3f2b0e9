using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Clients;

/// <summary>Whoever uses the product: repeats each request, under the same id, until it has an answer that leaves no doubt.</summary>
internal sealed class Client(World world)
{
    private readonly Random _random = new(world.Plan.Seed ^ 0x2545f491);

    // What a client may be told for good. Anything else is a fault of the product.
    private static readonly HashSet<string> Refusals =
    [
        ErrorCodes.NotFound, ErrorCodes.AlreadyExists, ErrorCodes.RunOpen, ErrorCodes.ScheduleCompleted, ErrorCodes.RevisionConflict,
        ErrorCodes.ReadConflict, ErrorCodes.Ambiguous, ErrorCodes.ReceiptExpired, ErrorCodes.UnknownHandler,
    ];

    /// <summary>How many requests have no answer yet.</summary>
    public int Unanswered { get; private set; }

    /// <summary>How many were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>Begins a request.</summary>
    public void Begin(string what, Func<Client, Task> request) => world.Go(async () =>
    {
        Unanswered++;
        try
        {
            await request(this);
            world.Note($"done: {what}");
        }
        catch (SchedulerException refusal)
        {
            world.Note($"refused: {what}: {refusal.Code}");
        }

        Unanswered--;
        Answered++;
    });

    /// <summary>Calls until there is an answer. What the process did before it was gone is in doubt, so the call is repeated.</summary>
    /// <exception cref="SchedulerException">The call was refused for good.</exception>
    public async Task<T> CallAsync<T>(Func<IActorDirectory, Task<T>> call)
    {
        for (int repeat = 0; ; repeat++)
        {
            SimulatedProcess process = await world.UpAsync();
            try
            {
                Task<T> answer = call(process.Directory);
                await Task.WhenAny(answer, process.Gone.Task);
                if (answer.IsCompleted)
                {
                    T known = await answer;
                    world.Ledger.Read(process.Store);
                    return known;
                }
            }
            catch (SchedulerException fault) when (fault.IsTransient)
            {
                // It may or may not have happened.
            }
            catch (SchedulerException fault) when (world.Rot.Latest?.Explains(fault) == true)
            {
                // It may or may not have happened before; nothing is told until it is mended, and what was read by then is told still.
                // Who would never get over it leaves this call without an answer, which shows at rest.
            }
            catch (SchedulerException fault) when (!Refusals.Contains(fault.Code))
            {
                world.Fail("refusal", $"{fault.Code}: {fault.Message}");
                throw;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(20 << Math.Min(repeat, 8), 3_000) + _random.Next(30)), world.Time);
        }
    }

    /// <summary>As <see cref="CallAsync{T}"/>, for calls without an answer of their own.</summary>
    public Task<int> CallAsync(Func<IActorDirectory, Task> call) => CallAsync(async directory =>
    {
        await call(directory);
        return 0;
    });
}
