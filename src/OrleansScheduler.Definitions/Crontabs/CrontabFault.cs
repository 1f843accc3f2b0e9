namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>Where a line stops making sense.</summary>
/// <param name="Position">Index of the character in the line.</param>
/// <param name="Reason">Why, in a whole sentence.</param>
/// <param name="Expected">What could stand there.</param>
internal sealed record CrontabFault(int Position, string Reason, string Expected);
