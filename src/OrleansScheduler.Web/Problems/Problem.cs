using System.Collections.Immutable;

namespace OrleansScheduler.Web.Problems;

/// <summary>A failure as RFC 9457 describes it, with the members <c>code</c> and <c>details</c> added.</summary>
/// <param name="Type">A URN that ends in the code.</param>
/// <param name="Title">The same for every occurrence of the code.</param>
/// <param name="Status">The status of the response.</param>
/// <param name="Detail">What happened this time, for people.</param>
/// <param name="Instance">The path of the request.</param>
/// <param name="Code">The code, for programs.</param>
/// <param name="Details">Named facts.</param>
/// <param name="Faults">For <c>definition_invalid</c> every fault of the file; null for others.</param>
internal sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    string Code,
    ImmutableSortedDictionary<string, string> Details,
    ImmutableArray<FileFault>? Faults = null)
{
    /// <summary>The content type of every problem.</summary>
    public const string ContentType = "application/problem+json";

    private const string TypePrefix = "urn:orleans-scheduler:error:";

    /// <summary>The problem that a code and its details make.</summary>
    public static Problem Of(string code, string detail, string instance, ImmutableSortedDictionary<string, string> details)
    {
        var row = ErrorTable.Of(code);
        return new Problem(TypePrefix + code, row.Title, row.Status, detail, instance, code, details);
    }
}
