namespace OrleansScheduler.Samples.Tests;

/// <summary>A call that reached an actor.</summary>
internal sealed record ActorCall(string Key, string Method, object?[] Arguments);
