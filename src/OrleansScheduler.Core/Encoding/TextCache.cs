using System.Text;

namespace OrleansScheduler.Core.Encoding;

/// <summary>Makes one string of texts that come again and again while a space is loaded: names, fingerprints, document ids.</summary>
/// <remarks>Bounded: a text takes the place of another one with the same slot. Only short ASCII texts are kept.</remarks>
internal sealed class TextCache
{
    private const int Slots = 4_096;
    private const int BytesMax = 256;

    private readonly string?[] _texts = new string?[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > BytesMax)
        {
            return System.Text.Encoding.UTF8.GetString(utf8);
        }

        // A text that is not ASCII never equals its bytes, so it only costs the look.
        ref string? slot = ref _texts[SlotOf(utf8)];
        if (slot is { } known && known.Length == utf8.Length && Ascii.Equals(utf8, known))
        {
            return known;
        }

        return slot = System.Text.Encoding.UTF8.GetString(utf8);
    }

    private static int SlotOf(ReadOnlySpan<byte> utf8)
    {
        var hash = default(HashCode);
        hash.AddBytes(utf8);
        return hash.ToHashCode() & (Slots - 1);
    }
}
