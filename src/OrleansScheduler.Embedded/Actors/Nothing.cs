namespace OrleansScheduler.Embedded.Actors;

/// <summary>The result of a method that returns a plain task.</summary>
internal readonly record struct Nothing;
