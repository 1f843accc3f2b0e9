namespace OrleansScheduler.Actions;

/// <summary>What an action is allowed to be.</summary>
public enum ActionKind
{
    /// <summary>Pure and repeatable; runs only while something live reads what it writes, or somebody pulls it.</summary>
    Computation,

    /// <summary>Acts on the outside world; it is live by itself and makes live what it reads.</summary>
    Effect,
}
