namespace OrleansScheduler.Definitions.Applying;

/// <summary>How a file of definitions is applied.</summary>
/// <param name="Who">Who asks, 1 to 200 characters; recorded with every change of a schedule.</param>
/// <param name="DryRun">True to report what would change and to change nothing.</param>
/// <param name="Prune">True to delete what the set created earlier and the file no longer names. Documents are never
/// deleted, and nothing is when the server refuses a definition of the file.</param>
public sealed record ApplyOptions(string Who, bool DryRun = false, bool Prune = false);
