namespace OrleansScheduler.Cluster.Deployments;

/// <summary>An actor that held a wake-up when it was exported. Awake, it holds one again if it still needs it.</summary>
internal sealed record Sleeper(string Kind, string Key);
