namespace OrleansScheduler.Benchmarks.Firing;

/// <summary>A scheduler that is told of so many jobs, each due at once and one time.</summary>
internal interface IFiringSide
{
    /// <summary>Starts on an empty folder, schedules everything from 64 callers, waits until all have run, checks, and stops.</summary>
    /// <returns>Seconds from the first call to the last end.</returns>
    Task<double> FireAsync(string folder, int count);
}
