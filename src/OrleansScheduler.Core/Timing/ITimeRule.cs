namespace OrleansScheduler.Core.Timing;

/// <summary>The instants of a trigger alone.</summary>
internal interface ITimeRule
{
    /// <summary>In words, without a full stop.</summary>
    string Description { get; }

    /// <summary>The first instant strictly after another; null when none is left.</summary>
    DateTimeOffset? NextAfter(DateTimeOffset after);
}
