using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>Reads bodies that are text.</summary>
internal static class BodyText
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The text without a byte order mark.</summary>
    /// <exception cref="SchedulerException"><c>request_invalid</c> with the <c>position</c> of the first byte that is no UTF-8.</exception>
    public static string Read(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        if (!Utf8.IsValid(text))
        {
            var at = ValidBytesOf(text);
            var position = (at + utf8.Length - text.Length).ToString(CultureInfo.InvariantCulture);
            throw Fault.Invalid("body", $"The body is no UTF-8 at byte {position}.").With("position", position);
        }

        return Encoding.UTF8.GetString(text);
    }

    private static int ValidBytesOf(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var bytes) == OperationStatus.Done)
        {
            at += bytes;
        }

        return at;
    }
}
