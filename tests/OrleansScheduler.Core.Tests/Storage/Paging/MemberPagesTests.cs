using OrleansScheduler.Core.Storage.Paging;
using OrleansScheduler.Core.Tests.Histories;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Paging;

public sealed class MemberPagesTests
{
    private static readonly PageLimits Small = new(400);

    [Fact]
    public void After_any_history_the_stored_pages_are_the_members() => Seeded.Rounds(60, random =>
    {
        var texts = new PagedTexts(Small);
        for (int step = 0; step < 400; step++)
        {
            ChangeSomething(texts, random, shrinks: step is > 150 and < 300);
            if (random.Next(20) == 0)
            {
                texts.Cut();
            }

            if (random.Next(100) == 0)
            {
                texts.Cut();
                texts = Same(texts, random);
            }
        }

        texts.Cut();
        Same(texts, random);
    });

    [Fact]
    public void No_page_is_longer_than_the_limit_unless_its_only_member_is() => Seeded.Rounds(20, random =>
    {
        var texts = new PagedTexts(Small);
        for (int step = 0; step < 500; step++)
        {
            ChangeSomething(texts, random, shrinks: false);
        }

        texts.Cut();

        foreach ((string name, byte[] content) in texts.Stored)
        {
            int members = content.Count(one => one == '\n');
            Assert.True(content.Length <= Small.PageBytesMax || (members == 1 && name[1] == '!'), $"{name} has {content.Length} bytes");
        }
    });

    [Fact]
    public void A_small_set_is_one_page()
    {
        var texts = new PagedTexts();
        for (int number = 0; number < 500; number++)
        {
            texts.Set($"name {number}", "some text");
        }

        texts.Cut();

        Assert.Equal(["x:"], texts.Stored.Keys);
    }

    [Fact]
    public void One_change_among_100000_members_rewrites_one_page()
    {
        var texts = new PagedTexts();
        for (int number = 0; number < 100_000; number++)
        {
            texts.Set($"document {number}", new string('x', 200));
        }

        texts.Cut();
        long all = texts.BytesOfLastCut;
        texts = texts.Load(new Random(1));
        texts.Set("document 77", "other");
        long expected = texts.ChangedBytes;

        texts.Cut();

        Assert.True(all > 20_000_000, $"{all}");
        Assert.Single(texts.LastCut);
        Assert.InRange(texts.BytesOfLastCut, 1, PageLimits.Default.PageBytesMax);
        Assert.InRange(expected, texts.BytesOfLastCut, texts.BytesOfLastCut + 300);
        Assert.InRange(texts.Stored.Count, 300, 1_000);
    }

    [Fact]
    public void A_large_member_has_a_page_of_its_own_and_returns_when_it_is_small()
    {
        var texts = new PagedTexts(Small);
        texts.Set("small", "text");
        texts.Set("large", new string('x', 300));
        texts.Cut();
        string[] pages = [.. texts.Stored.Keys.Order(StringComparer.Ordinal)];

        texts.Set("small", "another text");
        texts.Cut();
        string[] changed = [.. texts.LastCut.Keys];

        texts.Set("large", "not any more");
        texts.Cut();

        Assert.Equal(2, pages.Length);
        Assert.StartsWith("x!", pages[0], StringComparison.Ordinal);
        Assert.Equal("x:", pages[1]);
        Assert.Equal(["x:"], changed);
        Assert.Equal(["x:"], texts.Stored.Keys);
    }

    [Fact]
    public void Pages_without_members_go_and_short_neighbours_become_one()
    {
        var texts = new PagedTexts(Small);
        for (int number = 0; number < 1_000; number++)
        {
            texts.Set($"name {number}", "some text");
        }

        texts.Cut();
        int many = texts.Stored.Count;
        texts = texts.Load(new Random(1));
        foreach (int number in Enumerable.Range(0, 1_000).Where(number => number % 20 > 0))
        {
            texts.Remove($"name {number}");
        }

        // On the pages of before, every one of the 50 that are left would be nearly alone.
        texts.Cut();
        int few = texts.Stored.Count;
        for (int number = 0; number < 1_000; number += 20)
        {
            texts.Remove($"name {number}");
        }

        texts.Cut();

        Assert.True(many > 50, $"{many}");
        Assert.InRange(few, 1, 20);
        Assert.Empty(texts.Stored);
        Assert.Equal(0, texts.Count);
    }

    [Fact]
    public void The_same_history_makes_the_same_pages()
    {
        string One(int seed)
        {
            var random = new Random(seed);
            var texts = new PagedTexts(Small);
            for (int step = 0; step < 1_000; step++)
            {
                ChangeSomething(texts, random, shrinks: step > 600);
                if (step % 50 == 0)
                {
                    texts.Cut();
                }
            }

            return string.Join(' ', texts.Stored.Select(page => $"{page.Key}:{Convert.ToHexString(page.Value)}"));
        }

        Assert.Equal(One(5), One(5));
    }

    [Theory]
    [InlineData("x:0", "x:01")]
    [InlineData("x:01", "x:0")]
    [InlineData("x:2", "x:")]
    [InlineData("x:000000000000000000000000000000000", "x:")]
    public void Pages_that_do_not_fit_together_are_refused(string first, string second)
    {
        var pages = new MemberPages("x", (_, _) => false);

        Assert.Throws<InvalidDataException>(() =>
        {
            Fill(pages, first);
            Fill(pages, second);
        });
    }

    [Fact]
    public void A_member_on_a_page_that_is_not_its_own_is_refused()
    {
        // One set for each page: in the same set the second page would refuse what the first has.
        var (left, right) = (new MemberPages("x", (_, _) => false), new MemberPages("x", (_, _) => false));
        MemberPage zero = left.Open("x:0", 10);
        MemberPage one = right.Open("x:1", 10);

        for (int number = 0; number < 20; number++)
        {
            string name = $"name {number}";
            bool isLeft = Record.Exception(() => left.Read(zero, name)) is null;
            bool isRight = Record.Exception(() => right.Read(one, name)) is null;
            Assert.NotEqual(isLeft, isRight);
        }
    }

    // Whichever of two names lies there.
    private static void Fill(MemberPages pages, string page)
    {
        MemberPage opened = pages.Open(page, 10);
        for (int number = 0; opened.Members!.Count == 0; number++)
        {
            Record.Exception(() => pages.Read(opened, $"{page} {number}"));
        }
    }

    private static void ChangeSomething(PagedTexts texts, Random random, bool shrinks)
    {
        string name = $"n{random.Next(200)}";
        if (random.Next(10) < (shrinks ? 8 : 2))
        {
            texts.Remove(name);
        }
        else
        {
            int length = random.Next(12) == 0 ? random.Next(150, 900) : random.Next(60);
            texts.Set(name, new string((char)('a' + random.Next(26)), length));
        }
    }

    private static PagedTexts Same(PagedTexts texts, Random random)
    {
        var copy = texts.Load(random);
        Assert.Equal(texts.Texts.OrderBy(pair => pair.Key, StringComparer.Ordinal), copy.Texts.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(texts.Texts.Count, copy.Count);
        return copy;
    }
}
