using System.Globalization;
using System.Text;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>A line of the process table: fields of /proc/pid/stat.</summary>
/// <param name="Pid">The number; used again after the process is gone.</param>
/// <param name="State">R, S, D, T or another; Z and X have ended.</param>
/// <param name="ParentPid">Who started it, or took it over.</param>
/// <param name="Group">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="StartTime">When it started, in clock ticks since the machine did; tells two processes with one number apart.</param>
internal readonly record struct ProcessStat(int Pid, char State, int ParentPid, int Group, int Session, long StartTime)
{
    public bool IsAlive => State is not ('Z' or 'X' or 'x');

    /// <summary>The fields of such a line; null when it is none.</summary>
    public static ProcessStat? Parse(ReadOnlySpan<byte> line)
    {
        // The second field is the name in brackets and may hold anything, brackets and blanks too.
        int open = line.IndexOf((byte)'(');
        int close = line.LastIndexOf((byte)')');
        if (open < 2 || close < open || close + 2 >= line.Length)
        {
            return null;
        }

        string[] fields = Encoding.ASCII.GetString(line[(close + 2)..]).Split(' ');
        const int startTime = 22 - 3;
        return fields.Length > startTime
            && int.TryParse(line[..(open - 1)], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            && int.TryParse(fields[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int parent)
            && int.TryParse(fields[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int group)
            && int.TryParse(fields[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int session)
            && long.TryParse(fields[startTime], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
            && fields[0].Length == 1
            ? new ProcessStat(pid, fields[0][0], parent, group, session, start)
            : null;
    }
}
