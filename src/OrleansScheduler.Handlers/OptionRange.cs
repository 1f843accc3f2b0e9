using System.Runtime.CompilerServices;

namespace OrleansScheduler.Handlers;

/// <summary>Refuses an option outside of its range as it is set.</summary>
internal static class OptionRange
{
    public static T Within<T>(T value, T min, T max, [CallerMemberName] string name = "")
        where T : IComparable<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
        return value;
    }
}
