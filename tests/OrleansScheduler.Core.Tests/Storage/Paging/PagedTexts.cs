using System.Buffers;
using OrleansScheduler.Core.Storage.Paging;

namespace OrleansScheduler.Core.Tests.Storage.Paging;

/// <summary>Named texts on pages of members, with what storage would hold of them.</summary>
internal sealed class PagedTexts
{
    private readonly PageLimits _limits;
    private readonly MemberPages _pages;

    public PagedTexts(PageLimits? limits = null, Dictionary<string, byte[]>? stored = null, Random? random = null)
    {
        _limits = limits ?? PageLimits.Default;
        _pages = new MemberPages("x", Write, _limits);
        Stored = stored ?? new(StringComparer.Ordinal);
        var pages = Stored.ToArray();
        random?.Shuffle(pages);
        foreach ((string name, byte[] content) in pages)
        {
            Assert(_pages.Owns(name), name);
            Read(_pages.Open(name, content.Length), System.Text.Encoding.UTF8.GetString(content));
        }
    }

    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>The pages as storage holds them after all cuts so far.</summary>
    public Dictionary<string, byte[]> Stored { get; }

    /// <summary>What the last cut wrote; null for what it removed.</summary>
    public Dictionary<string, int?> LastCut { get; } = new(StringComparer.Ordinal);

    public long BytesOfLastCut => LastCut.Values.Sum(bytes => (long)(bytes ?? 0));

    public long ChangedBytes => _pages.ChangedBytes;

    public int Count => _pages.Count;

    public void Set(string name, string text)
    {
        Texts[name] = text;
        _pages.Touch(name);
    }

    public void Remove(string name)
    {
        Texts.Remove(name);
        _pages.Touch(name);
    }

    public void Cut()
    {
        LastCut.Clear();
        _pages.WriteChanged((name, content) =>
        {
            LastCut[name] = content?.Length;
            Stored.Remove(name);
            if (content is not null)
            {
                Stored.Add(name, content);
            }
        });
    }

    /// <summary>What another process reads from the stored pages, in random order.</summary>
    public PagedTexts Load(Random random) => new(_limits, new(Stored, StringComparer.Ordinal), random);

    private static void Assert(bool isTrue, string name) => Xunit.Assert.True(isTrue, name);

    private void Read(MemberPage page, string content)
    {
        foreach (string line in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split('=');
            Texts.Add(parts[0], parts[1]);
            _pages.Read(page, parts[0]);
        }
    }

    private bool Write(string name, IBufferWriter<byte> output)
    {
        if (!Texts.TryGetValue(name, out string? text))
        {
            return false;
        }

        output.Write(System.Text.Encoding.UTF8.GetBytes($"{name}={text}\n"));
        return true;
    }
}
