namespace OrleansScheduler.Handlers.Processes;

/// <summary>What an administrator allowed to run on this machine. It is asked before each run, so a withdrawal works at once.</summary>
public interface ICommandPermissions
{
    /// <summary>True when a program may run with any arguments and input. Payloads that choose more are not asked about here.</summary>
    /// <param name="program">Its full path; symbolic links in it are not followed.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <remarks>To allow a program is to allow all that its arguments can make it do: never allow an interpreter so.</remarks>
    ValueTask<bool> IsProgramAllowedAsync(string program, CancellationToken cancellation);

    /// <summary>True when exactly this command may run.</summary>
    /// <param name="commandHash">What <see cref="CommandHash.Of"/> gives for the payload.</param>
    /// <param name="cancellation">Ends the question.</param>
    ValueTask<bool> IsCommandAllowedAsync(string commandHash, CancellationToken cancellation);
}
