using Xunit;

namespace OrleansScheduler.Tidy.Sources;

public sealed class MemberLengthsTests
{
    [Fact]
    public void Members_are_found_with_their_lines()
    {
        const string code = """
            namespace A.B;

            [Some(thing = 1)]
            public sealed class C<T>(int a) : D(a)
                where T : struct
            {
                private static readonly int[] Table =
                [
                    1,
                ];

                private readonly Func<int> _work = () =>
                {
                    return 1;
                };

                public int Value { get; init; } = new()
                {
                };

                public int Other
                {
                    get => 1;
                }

                [Some]
                public static bool operator ==(C a, C b)
                {
                    return true;
                }

                public int Map(CommitRecord record) => record switch
                {
                    { } => 1,
                };

                public void Run<X>(X[] x = null)
                    where X : class
                {
                    void Local()
                    {
                    }
                }

                public abstract void Nothing();

                private record Inner(int X)
                {
                    public Inner()
                        : this(1)
                    {
                    }
                }
            }

            internal sealed record E(
                int X);

            """;

        var members = MemberLengths.In(code).Select(member => (member.Name, member.Line, member.Lines));

        Assert.Equal(
            [("Value", 17, 1), ("Other", 21, 4), ("operator", 26, 5), ("Map", 32, 4), ("Run", 37, 7), ("Inner", 49, 4)],
            members);
    }
}
