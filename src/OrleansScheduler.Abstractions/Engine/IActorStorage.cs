namespace OrleansScheduler.Engine;

/// <summary>The storage of a deployment, from which an engine takes each actor's share.</summary>
public interface IActorStorage
{
    /// <summary>The journal of one actor. No I/O.</summary>
    IJournalStorage Journal(string kind, string key);

    /// <summary>The named states of one actor. No I/O.</summary>
    IStateStorage State(string kind, string key);
}
