using System.Globalization;

namespace OrleansScheduler.Web.Requests;

/// <summary>Names what this process does in the name of clients who gave no name of their own.</summary>
/// <param name="incarnation">Differs from process to process.</param>
internal sealed class ProcessIdentity(string incarnation)
{
    private long _requests;

    /// <summary>The common start of all its names.</summary>
    public string Name => $"api-{incarnation}";

    /// <summary>A name for a request that was never given before.</summary>
    public string NextRequest() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}-{Interlocked.Increment(ref _requests)}");
}
