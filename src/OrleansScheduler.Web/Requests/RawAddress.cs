using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>Refuses addresses that the server would hand on half decoded.</summary>
/// <remarks>
/// In a path the server keeps an escaped slash, and escapes that are no UTF-8, as they are; in a query it replaces them. Taken
/// for the text of an id they would name another one than the client meant, so such an address is refused rather than read.
/// </remarks>
internal static class RawAddress
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Checks the address as the client sent it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="lastMayHaveSlash">True for an address whose last part is read by <see cref="LastPart"/>.</param>
    /// <exception cref="SchedulerException"><c>path_invalid</c>; <c>request_invalid</c> for the query.</exception>
    public static void Check(HttpContext context, bool lastMayHaveSlash)
    {
        var (target, path) = TargetOf(context);
        var ids = lastMayHaveSlash ? path[..(path.LastIndexOf('/') + 1)] : path;
        if (ids.Contains("%2f", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("it holds an escaped slash, which no id contains");
        }

        if (!IsUtf8(path))
        {
            throw Invalid("its escapes are no UTF-8");
        }

        if (!IsUtf8(target[path.Length..]))
        {
            throw Fault.Invalid("query", "The query cannot be read: its escapes are no UTF-8.");
        }
    }

    /// <summary>The last part of a checked address, wholly decoded.</summary>
    /// <exception cref="SchedulerException"><c>path_invalid</c> for a part that the server takes for a step.</exception>
    public static string LastPart(HttpContext context)
    {
        var path = TargetOf(context).Path;
        var part = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        return part is "" or "." or ".." ? throw Invalid("its last part is empty or a step") : part;
    }

    private static (string Target, string Path) TargetOf(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var end = target.IndexOf('?', StringComparison.Ordinal);
        return (target, end < 0 ? target : target[..end]);
    }

    private static bool IsUtf8(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return false;
            }

            bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
            i += 2;
        }

        return Decodes(bytes.ToArray());
    }

    private static bool Decodes(byte[] utf8)
    {
        try
        {
            _ = StrictUtf8.GetCharCount(utf8);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static SchedulerException Invalid(string reason) =>
        new SchedulerException(ErrorCodes.PathInvalid, $"The address cannot be read: {reason}.").With("reason", reason);
}
