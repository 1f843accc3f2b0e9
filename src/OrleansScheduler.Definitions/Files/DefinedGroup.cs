namespace OrleansScheduler.Definitions.Files;

/// <summary>A concurrency group of a file. Groups belong to the governor, so all owners share them.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Cap">How many of its runs may be under way, 1 to 10,000.</param>
/// <param name="Place">Where it is defined.</param>
public sealed record DefinedGroup(string Name, int Cap, DefinitionPlace Place);
