using System.Security.Cryptography;
using System.Text;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>A random text in the environment of a process and of all that it starts, by which they are known again.</summary>
internal static class ProcessMark
{
    /// <summary>How the names of the scheduler's own variables begin.</summary>
    public const string Prefix = "ORLEANSSCHEDULER_";

    /// <summary>The run, for people and programs.</summary>
    public const string RunVariable = Prefix + "RUN";

    /// <summary>The mark.</summary>
    public const string Variable = Prefix + "PROCESS";

    /// <summary>A mark that no other process has: 128 random bits.</summary>
    public static string Create() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>True when a block of NUL-separated variables, such as /proc/pid/environ, holds the mark.</summary>
    public static bool IsIn(ReadOnlySpan<byte> environment, string mark)
    {
        ReadOnlySpan<byte> wanted = Encoding.ASCII.GetBytes($"{Variable}={mark}");
        while (!environment.IsEmpty)
        {
            int end = environment.IndexOf((byte)0);
            ReadOnlySpan<byte> pair = end < 0 ? environment : environment[..end];
            if (pair.SequenceEqual(wanted))
            {
                return true;
            }

            environment = end < 0 ? [] : environment[(end + 1)..];
        }

        return false;
    }
}
