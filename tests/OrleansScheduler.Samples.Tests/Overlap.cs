using OrleansScheduler.Documents;

namespace OrleansScheduler.Samples.Tests;

/// <summary>Whether declared prefixes meet.</summary>
internal static class Overlap
{
    public static bool Any(IEnumerable<Address> some, IEnumerable<Address> others) =>
        some.Any(one => others.Any(other => one.IsPrefixOf(other) || other.IsPrefixOf(one)));
}
