namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>A line that is not imported.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units: where the line stops making sense.</param>
/// <param name="Text">The line; of one that is too long, its first 1,000 characters.</param>
/// <param name="Reason">Why it is refused, in a whole sentence.</param>
/// <param name="Expected">What could stand there.</param>
public sealed record CrontabRefusal(int Line, int Column, string Text, string Reason, string Expected);
