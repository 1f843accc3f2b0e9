using System.Net;
using OrleansScheduler.Cluster.Placement;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Clusters;

public sealed class ClockHomesTests
{
    private const int Seeds = 200;

    [Theory]
    [InlineData(1, 64, 64)]
    [InlineData(2, 32, 32)]
    [InlineData(3, 21, 22)]
    [InlineData(5, 12, 13)]
    [InlineData(64, 1, 1)]
    [InlineData(70, 0, 1)]
    public void Every_silo_has_its_share(int silos, int least, int most)
    {
        SiloAddress[] members = [.. Enumerable.Range(0, silos).Select(number => Silo(number))];

        SiloAddress[] homes = ClockHomes.Of(members);

        Assert.Equal(64, homes.Length);
        Assert.All(members, silo => Assert.InRange(homes.Count(home => home.Equals(silo)), least, most));
    }

    [Fact]
    public void The_order_in_which_members_are_known_does_not_matter()
    {
        SiloAddress[] members = [.. Enumerable.Range(0, 7).Select(number => Silo(number))];

        Assert.Equal(ClockHomes.Of(members), ClockHomes.Of([.. members.Reverse()]));
    }

    // 21 or 22 have to move to the third one; the others make room.
    [Fact]
    public void When_a_third_silo_comes_most_shards_stay()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            SiloAddress[] two = ClockHomes.Of([Silo(0, seed), Silo(1, seed)]);
            SiloAddress[] three = ClockHomes.Of([Silo(0, seed), Silo(1, seed), Silo(2, seed)]);

            Assert.InRange(two.Zip(three).Count(pair => !pair.First.Equals(pair.Second)), 21, 36);
        }
    }

    [Fact]
    public void A_silo_on_hold_is_no_home_while_another_one_fires()
    {
        var firing = new FiringSilos();
        SiloAddress[] members = [Silo(0), Silo(1), Silo(2)];

        Assert.Equal(members, firing.Among(members));
        firing.Learn([Silo(1).ToParsableString(), Silo(9).ToParsableString()]);

        Assert.Equal([Silo(1)], firing.Among(members));
        Assert.Equal([Silo(0), Silo(2)], firing.Among([Silo(0), Silo(2)]));
    }

    private static SiloAddress Silo(int number, int generation = 0) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_111 + number), 150_000_000 + generation);
}
