namespace OrleansScheduler.Cluster.Activations;

/// <summary>How actors are named among grains.</summary>
internal static class ActorGrain
{
    /// <summary>What the grain types of all actors begin with; the kind of the actor follows. Reminders store it, so it never changes.</summary>
    public const string TypePrefix = "scheduler.";

    /// <summary>The name of the reminder that is an actor's wake-up. It is stored, so it never changes.</summary>
    public const string Wakeup = "wake";

    /// <summary>The kind of the actor behind a grain type.</summary>
    /// <exception cref="ArgumentException">The grain is no actor.</exception>
    public static string KindOf(GrainType type) => type.ToString() is { } text && text.StartsWith(TypePrefix, StringComparison.Ordinal)
        ? text[TypePrefix.Length..]
        : throw new ArgumentException($"The grain type {type} is none of an actor.", nameof(type));
}
