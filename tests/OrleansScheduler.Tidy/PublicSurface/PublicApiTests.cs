using OrleansScheduler.Engine;
using Xunit;

namespace OrleansScheduler.Tidy.PublicSurface;

public sealed class PublicApiTests
{
    private const string Snapshot = "tests/OrleansScheduler.Tidy/PublicApi.txt";

    // Set it to 1 to accept the present surface; the change then shows in the review of the snapshot.
    private const string UpdateVariable = "UPDATE_PUBLIC_API";

    [Fact]
    public void The_public_surface_of_the_contracts_is_the_one_agreed()
    {
        var current = ApiListing.Of(typeof(ActorAttribute).Assembly);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(Repository.FullPath(Snapshot), string.Join('\n', current) + "\n");
        }

        var agreed = Repository.Exists(Snapshot)
            ? Repository.Read(Snapshot).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [];

        Violations.AssertNone(
            current.Except(agreed).Select(line => Changed("+", line)).Concat(agreed.Except(current).Select(line => Changed("-", line))));
    }

    private static Violation Changed(string sign, string line) =>
        new(Snapshot, $"agree to the change with {UpdateVariable}=1", $"{sign} {line}");
}
