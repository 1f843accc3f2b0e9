namespace OrleansScheduler.Tidy.Sources;

/// <summary>How long one member of a type is.</summary>
internal readonly record struct MemberLength(string Name, int Line, int Lines);
