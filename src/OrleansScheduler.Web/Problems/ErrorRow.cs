namespace OrleansScheduler.Web.Problems;

/// <summary>What a code means in HTTP.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="Title">The same for every occurrence of the code.</param>
/// <param name="Passes">True when the same request can succeed later: the response says when to try.</param>
internal sealed record ErrorRow(int Status, string Title, bool Passes = false);
