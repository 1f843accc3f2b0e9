using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>Reads bodies up to a limit, whatever their headers claim.</summary>
internal static class RequestBody
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>The bytes of the body; none when there is no body.</summary>
    /// <exception cref="Errors.SchedulerException"><c>content_type_unsupported</c>, <c>json_too_large</c>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, BodyKind kind, int bytesMax, CancellationToken cancellation)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        RequireType(request, kind);
        if (request.ContentLength > bytesMax)
        {
            throw Fault.BodyTooLarge(bytesMax);
        }

        LiftServerLimit(request);
        var buffer = new ArrayBufferWriter<byte>(ChunkBytes);
        while (await request.Body.ReadAsync(buffer.GetMemory(ChunkBytes), cancellation) is var read and > 0)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > bytesMax)
            {
                throw Fault.BodyTooLarge(bytesMax);
            }
        }

        return buffer.WrittenMemory;
    }

    // A body without a type is refused too: a browser sends one for any page on the web without asking first.
    private static void RequireType(HttpRequest request, BodyKind kind)
    {
        var expected = kind == BodyKind.JsonPatch ? "application/json-patch+json" : "application/json";
        var known = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            && (kind == BodyKind.JsonPatch ? IsPatch(type) || IsPlain(type) : IsJson(type));
        if (!known)
        {
            throw Fault.ContentType(expected, request.ContentType);
        }

        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw Fault.ContentType($"{expected}, not compressed,", $"{request.ContentType}; {encoding}");
        }
    }

    private static bool IsPlain(MediaTypeHeaderValue type) => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static bool IsPatch(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/json-patch+json", StringComparison.OrdinalIgnoreCase);

    // A patch sent with PUT would be stored as the document itself, which nobody means.
    private static bool IsJson(MediaTypeHeaderValue type) => IsPlain(type)
        || (type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
            && !type.SubTypeWithoutSuffix.EndsWith("-patch", StringComparison.OrdinalIgnoreCase));

    // The server counts the framing of chunks too, so its own limit would refuse bodies that are just small enough.
    private static void LiftServerLimit(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
