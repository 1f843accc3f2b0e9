namespace OrleansScheduler.Documents;

/// <summary>Why a path, pointer, address or document id does not parse.</summary>
/// <param name="Position">Offset of the fault in UTF-16 units.</param>
/// <param name="Reason">What is wrong, as part of a sentence.</param>
internal readonly record struct PathFault(int Position, string Reason);
