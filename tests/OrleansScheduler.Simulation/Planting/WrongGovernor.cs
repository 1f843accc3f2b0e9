using System.Collections.Immutable;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A way to the governor on which something goes wrong.</summary>
internal sealed class WrongGovernor(IGovernor inner, bool forgetsWaiting) : IGovernor
{
    public async Task<Admission> AcquireAsync(SlotRequest request, TimeSpan wait, CancellationToken cancellation)
    {
        if (forgetsWaiting && StableHash.Of(request.Run.ToString(), 7) % 4 == 0)
        {
            var never = new TaskCompletionSource<Admission>();
            using var given = cancellation.UnsafeRegister(static source => ((TaskCompletionSource<Admission>)source!).TrySetCanceled(), never);
            return await never.Task;
        }

        Admission answer = await inner.AcquireAsync(request, forgetsWaiting ? wait : TimeSpan.Zero, cancellation);
        return answer is Admission.Queued && !forgetsWaiting
            ? new Admission.Granted(new Lease(request.Run, request.Group, request.Process, 0, request.QueuedAt, request.QueuedAt + TimeSpan.FromDays(8)))
            : answer;
    }

    public Task ReleaseAsync(RunId run, string? process, CancellationToken cancellation) => inner.ReleaseAsync(run, process, cancellation);

    public Task EndLeasesOfOthersAsync(ImmutableArray<string> living, long upTo, CancellationToken cancellation) =>
        inner.EndLeasesOfOthersAsync(living, upTo, cancellation);

    public Task<GovernorSnapshot> ConfigureAsync(GovernorSettings settings, CancellationToken cancellation) => inner.ConfigureAsync(settings, cancellation);

    public Task<GovernorSnapshot> GetAsync(CancellationToken cancellation) => inner.GetAsync(cancellation);
}
