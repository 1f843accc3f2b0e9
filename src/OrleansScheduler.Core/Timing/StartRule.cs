namespace OrleansScheduler.Core.Timing;

/// <summary>No instant can be told ahead.</summary>
internal sealed class StartRule : ITimeRule
{
    /// <inheritdoc/>
    public string Description => "At each start of the deployment";

    /// <inheritdoc/>
    public DateTimeOffset? NextAfter(DateTimeOffset after) => null;
}
