using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Documents;

/// <summary>128 bits that stand for a value: SHA-256 of its canonical form, cut to the first 16 bytes.</summary>
/// <remarks>
/// Stable across processes, machines and versions, so it may be stored and compared later. The default value is all zeros
/// and the hash of nothing that exists.
/// </remarks>
/// <param name="High">Bytes 0 to 7 of the digest, big-endian.</param>
/// <param name="Low">Bytes 8 to 15 of the digest, big-endian.</param>
[JsonConverter(typeof(TextConverter<ContentHash>))]
public readonly record struct ContentHash(ulong High, ulong Low) : IParsable<ContentHash>
{
    private const int HexLength = 32;

    /// <summary>The hash whose text this is.</summary>
    /// <param name="text">32 lower-case hexadecimal digits.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.IdInvalid"/> for any other text.</exception>
    public static ContentHash Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var hash)
            ? hash
            : throw new SchedulerException(ErrorCodes.IdInvalid, "A content hash is 32 lower-case hexadecimal digits.");
    }

    /// <summary>True, and the hash, when the text is 32 lower-case hexadecimal digits.</summary>
    /// <param name="text">Any text; null gives false.</param>
    /// <param name="hash">The hash, or all zeros.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContentHash hash)
    {
        hash = default;
        if (text is not { Length: HexLength } || text.AsSpan().IndexOfAnyInRange('A', 'F') >= 0)
        {
            return false;
        }

        if (!ulong.TryParse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !ulong.TryParse(text.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }

        hash = new ContentHash(high, low);
        return true;
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");

    /// <summary>Folds the bits; they are uniformly distributed already.</summary>
    public override int GetHashCode() => (int)Low;

    static ContentHash IParsable<ContentHash>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<ContentHash>.TryParse(string? s, IFormatProvider? provider, out ContentHash result) =>
        TryParse(s, out result);

    /// <summary>The first 16 bytes of a digest as a hash.</summary>
    internal static ContentHash OfDigest(ReadOnlySpan<byte> digest) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[8..]));

    /// <summary>Writes the 16 bytes in the order of the digest.</summary>
    internal void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }
}
