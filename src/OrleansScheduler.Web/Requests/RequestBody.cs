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
        var expected = ExpectedType(kind);
        var known = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            && Fits(kind, type);
        if (!known)
        {
            throw Fault.ContentType(expected, request.ContentType);
        }

        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw Fault.ContentType($"{expected}, not compressed,", $"{request.ContentType}; {encoding}");
        }
    }

    private static string ExpectedType(BodyKind kind) => kind switch
    {
        BodyKind.JsonPatch => "application/json-patch+json",
        BodyKind.Definitions => "application/yaml or application/json",
        BodyKind.PlainText => "text/plain",
        _ => "application/json",
    };

    private static bool Fits(BodyKind kind, MediaTypeHeaderValue type) => kind switch
    {
        BodyKind.JsonPatch => Is(type, "application/json-patch+json") || Is(type, "application/json"),
        BodyKind.Definitions => Is(type, "application/yaml") || Is(type, "text/yaml") || Is(type, "application/json"),
        BodyKind.PlainText => Is(type, "text/plain"),
        _ => IsJson(type),
    };

    private static bool Is(MediaTypeHeaderValue type, string name) => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);

    // A patch sent with PUT would be stored as the document itself, which nobody means.
    private static bool IsJson(MediaTypeHeaderValue type) => Is(type, "application/json")
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
