namespace OrleansScheduler.Core.Archives;

/// <summary>An actor that an archive leaves out because its stored rows are damaged.</summary>
/// <param name="Actor">Kind and key; <c>?</c> when the row does not even say whose it is.</param>
/// <param name="Row">The row.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record ArchiveDamage(string Actor, string Row, string Reason);
