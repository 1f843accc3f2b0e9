using System.Collections.Immutable;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Web.Problems;

/// <summary>A failure about which HTTP has more to say than its code.</summary>
/// <param name="code">The code.</param>
/// <param name="message">A sentence for people.</param>
internal sealed class RefusedException(string code, string message) : SchedulerException(code, message)
{
    /// <summary>The status of the response; null for that of the code.</summary>
    public int? Status { get; init; }

    /// <summary>The faults of a file; null for none.</summary>
    public ImmutableArray<FileFault>? Faults { get; init; }

    /// <summary>The same failure under another status.</summary>
    public static RefusedException Of(SchedulerException fault, int status)
    {
        var refused = new RefusedException(fault.Code, fault.Message) { Status = status };
        foreach (var (name, value) in fault.Details)
        {
            refused.With(name, value);
        }

        return refused;
    }
}
