using System.Text.Json;

namespace OrleansScheduler.Core.Archives;

/// <summary>The numbers and names of the format; config/archive-format.md describes it.</summary>
internal static class ArchiveFormat
{
    /// <summary>The format that is written, and the newest that is read.</summary>
    public const int Newest = 1;

    /// <summary>Bytes of content in one line; what is longer goes on in the next.</summary>
    public const int PartBytesMax = 3 << 20;

    /// <summary>The longest line: a part in base64, and names of which every character is escaped.</summary>
    public const int LineBytesMax = 6 << 20;

    /// <summary>The longest page, state or entry.</summary>
    public const int ContentBytesMax = 64 << 20;

    public const int NameCharactersMax = 100;

    /// <summary>The greatest epoch: sequences and tokens of it still are whole numbers in every reader of JSON.</summary>
    public const long EpochMax = 4_000;

    /// <summary>Actors that may be left out as damaged.</summary>
    public const int DamagedMax = 1_000;

    /// <summary>The version of the product.</summary>
    public static readonly string Product = typeof(ArchiveFormat).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static readonly byte[] TrailerStart = "{\"line\":\"trailer\","u8.ToArray();

    public static readonly JsonEncodedText Line = JsonEncodedText.Encode("line");

    /// <summary>The last member of the trailer, and the end of its object.</summary>
    public static byte[] HashMember(string hash) => System.Text.Encoding.ASCII.GetBytes($",\"sha256\":\"{hash}\"}}");

    /// <summary>The length of <see cref="HashMember"/>.</summary>
    public const int HashMemberBytes = 77;
}
