using Microsoft.AspNetCore.Http;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Commits;

/// <summary>What a request demands of the value that it changes, as a read that has to be current when it commits.</summary>
/// <remarks>
/// A tag has the hash of a value but not its sequence. The read claims a sequence that no value has, so that the space can
/// decide by the hash alone, and so that repeating the request repeats the very same commit.
/// </remarks>
/// <param name="Header">The header that demands it.</param>
/// <param name="Read">What has to be current.</param>
internal sealed record Precondition(string Header, ConfirmedRead Read)
{
    /// <summary>No value has ever changed at it.</summary>
    public const long NoSequence = long.MaxValue;

    /// <summary>The precondition of a request; null when it has none.</summary>
    /// <exception cref="SchedulerException"><c>request_invalid</c>.</exception>
    public static Precondition? Of(IHeaderDictionary headers, Address address)
    {
        if (headers.IfNoneMatch.Count > 0)
        {
            return headers is { IfNoneMatch: ["*"], IfMatch.Count: 0 }
                ? new Precondition("If-None-Match", Demand(address, JsonValue.HashOf(null)))
                : throw Fault.Invalid("If-None-Match", "With a change If-None-Match is *, without If-Match: nothing may be there yet.");
        }

        return EntityTag.Parse("If-Match", headers.IfMatch) is { } hash
            ? new Precondition("If-Match", Demand(address, hash))
            : null;
    }

    /// <summary>The failure when it does not hold.</summary>
    public SchedulerException Failed() =>
        new SchedulerException(ApiErrorCodes.PreconditionFailed, $"The value at '{Read.Address}' is not the one that {Header} demands.")
            .With("address", Read.Address.ToString());

    private static ConfirmedRead Demand(Address address, ContentHash hash) => new(address, ReadDepth.Deep, NoSequence, hash);
}
