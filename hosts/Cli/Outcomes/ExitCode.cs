namespace OrleansScheduler.Cli.Outcomes;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Good = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int Refused = 4;
    public const int Faulty = 5;
    public const int Unreachable = 6;
    public const int NotPermitted = 7;
    public const int Overloaded = 8;
}
