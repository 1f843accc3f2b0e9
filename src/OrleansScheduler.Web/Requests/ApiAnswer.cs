using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Serialization;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>The answer to a request.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="Body">A contract or a <see cref="RawContent"/>; null for no body.</param>
internal sealed record ApiAnswer(int Status, object? Body)
{
    /// <summary>The entity tag without its quotes; null when it has none.</summary>
    public string? Tag { get; init; }

    /// <summary>The value of <c>Retry-After</c>; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The answer without content.</summary>
    public static ApiAnswer Nothing { get; } = new(StatusCodes.Status204NoContent, null);

    /// <summary>A contract with status 200 or another one.</summary>
    public static ApiAnswer Of(object body, int status = StatusCodes.Status200OK) => new(status, body);

    /// <summary>The body as bytes, made before the response starts so that a fault here can still be told.</summary>
    public byte[] ToUtf8() => Body switch
    {
        null => [],
        RawContent raw => raw.Utf8,
        StreamedContent => [],
        _ => JsonSerializer.SerializeToUtf8Bytes(Body, Body.GetType(), ContractJson.Options),
    };

    /// <summary>Sends the answer.</summary>
    /// <param name="context">Its response has not started.</param>
    /// <param name="utf8">From <see cref="ToUtf8"/>.</param>
    public async Task SendAsync(HttpContext context, byte[] utf8)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = Tag is null ? "no-store" : "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ETag = Tag is { } tag ? EntityTag.Format(tag) : default;
        response.Headers.WWWAuthenticate = Status == StatusCodes.Status401Unauthorized ? "Bearer" : default;
        if (RetryAfter is { } pause)
        {
            response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (Body is StreamedContent streamed)
        {
            response.ContentType = streamed.ContentType;
            await streamed.WriteToAsync(response.Body);
        }
        else if (Body is not null)
        {
            response.ContentType = Body switch
            {
                Problem => Problem.ContentType,
                RawContent raw => raw.ContentType,
                _ => "application/json; charset=utf-8",
            };
            response.ContentLength = utf8.Length;
            await response.Body.WriteAsync(utf8, context.RequestAborted);
        }
    }
}
