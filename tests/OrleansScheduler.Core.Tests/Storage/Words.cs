using System.Buffers;
using OrleansScheduler.Core.Storage;

namespace OrleansScheduler.Core.Tests.Storage;

/// <summary>A small journaled state: words, each on the page of its first letter. The entry <c>-word</c> removes one.</summary>
/// <remarks>From its third format on it writes in capitals, which nothing before understands.</remarks>
internal sealed class Words : IJournaledState<string>, IEntryCodec<string>
{
    private const byte CapitalsFrom = 3;

    private readonly HashSet<char> _changed = [];
    private readonly SortedDictionary<char, List<string>> _words = [];

    public byte Format { get; init; } = 1;

    public byte PreviousFormat => Math.Max((byte)1, (byte)(Format - 1));

    public long? ChangedBytes { get; set; }

    public IEnumerable<string> All => _words.Values.SelectMany(words => words);

    public void Apply(string entry)
    {
        if (entry == "cannot be folded")
        {
            throw new InvalidOperationException(entry);
        }

        string word = entry.TrimStart('-');
        if (!_words.TryGetValue(word[0], out List<string>? words))
        {
            _words[word[0]] = words = [];
        }

        _changed.Add(word[0]);
        if (entry == word)
        {
            words.Add(word);
        }
        else
        {
            words.Remove(word);
        }
    }

    public void ReadPage(string name, ReadOnlyMemory<byte> content) => _words[name[0]] = [.. System.Text.Encoding.UTF8.GetString(content.Span).Split(' ')];

    public void PagesRead()
    {
    }

    public void WriteChangedPages(Action<string, byte[]?> write)
    {
        foreach (char page in _changed)
        {
            write($"{page}", _words[page].Count > 0 ? System.Text.Encoding.UTF8.GetBytes(string.Join(' ', _words[page])) : null);
        }

        _changed.Clear();
    }

    public void Write(string entry, IBufferWriter<byte> output) => output.Write(System.Text.Encoding.UTF8.GetBytes(entry));

    public void Write(string entry, IBufferWriter<byte> output, byte format) => Write(format >= CapitalsFrom ? entry.ToUpperInvariant() : entry, output);

    public string Read(ReadOnlyMemory<byte> content, byte format) => System.Text.Encoding.UTF8.GetString(content.Span) switch
    {
        "cannot be read" => throw new InvalidDataException("it makes no sense"),
        var capitals when format >= CapitalsFrom => capitals.ToLowerInvariant(),
        var entry => entry,
    };
}
