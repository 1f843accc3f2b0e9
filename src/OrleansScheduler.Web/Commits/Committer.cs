using System.Collections.Immutable;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Commits;

/// <summary>Commits in the name of a request.</summary>
internal static class Committer
{
    /// <summary>Commits under the request's own number, or under one of this process.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">Its own number; null for none.</param>
    /// <param name="reads">What has to be current.</param>
    /// <param name="operations">What to change.</param>
    public static async Task<CommitReceipt> CommitAsync(
        ApiRequest request, IdempotencyKey? key, ImmutableArray<ConfirmedRead> reads, ImmutableArray<Operation> operations)
    {
        if (key is not null)
        {
            return await request.Space.CommitAsync(new CommitRequest(key.Session, key.Number, reads, operations), request.Patience());
        }

        var lanes = request.Service<WriterLanes>();
        var lane = lanes.Rent();
        try
        {
            var commit = new CommitRequest(lane.Session, lane.Next++, reads, operations);
            return await request.Space.CommitAsync(commit, request.Patience());
        }
        finally
        {
            lanes.Return(lane);
        }
    }

    /// <summary>Commits one change of a document under the request's own conditions.</summary>
    /// <exception cref="SchedulerException"><c>precondition_failed</c> when a condition of the request does not hold.</exception>
    public static async Task<CommitReceipt> CommitConditionallyAsync(ApiRequest request, Precondition? condition, Operation operation)
    {
        var key = IdempotencyKey.Parse(request.Headers[IdempotencyKey.Header]);
        ImmutableArray<ConfirmedRead> reads = condition is null ? [] : [condition.Read];
        try
        {
            return await CommitAsync(request, key, reads, [operation]);
        }
        catch (SchedulerException fault) when (condition is not null && fault.Code == ErrorCodes.ReadConflict)
        {
            throw condition.Failed();
        }
    }
}
