using System.Globalization;
using System.Text;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Http;

/// <summary>A response as a JSON value: <c>status</c>, <c>headers</c> and <c>body</c>.</summary>
internal static class ResponseDocument
{
    /// <summary>Reads the body up to a limit.</summary>
    public static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, int bytesMax, CancellationToken cancellation)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        byte[] buffer = new byte[32 << 10];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and int read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > bytesMax)
            {
                throw new SchedulerException(HandlerErrorCodes.HttpResponseTooLarge, $"The body of the response has more than {bytesMax} bytes.")
                    .With("limit", bytesMax.ToString(CultureInfo.InvariantCulture));
            }
        }

        return body.ToArray();
    }

    /// <summary>JSON where the type says so and it parses, else text; bytes that are no text of the stated encoding become U+FFFD.</summary>
    public static JsonValue Of(HttpResponseMessage response, byte[] body)
    {
        JsonObject headers = JsonObject.Empty;
        foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers))
        {
            // Cookies are secrets of the server that nobody here sends back.
            if (!name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
            {
                headers = headers.With(name.ToLowerInvariant(), Valid(string.Join(", ", values)));
            }
        }

        return JsonObject.Of(("status", (int)response.StatusCode), ("headers", headers), ("body", BodyOf(response, body)));
    }

    private static JsonValue BodyOf(HttpResponseMessage response, byte[] body)
    {
        if (body.Length == 0)
        {
            return JsonNull.Instance;
        }

        string type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                // A level less than a document holds, because the body lies one level below the value that is written.
                return JsonValue.Parse(body, new JsonLimits { BytesMax = body.Length, DepthMax = JsonLimits.Default.DepthMax - 1 });
            }
            catch (SchedulerException)
            {
                // It says that it is JSON and is not: kept as the text that it is.
            }
        }

        return Valid(EncodingOf(response).GetString(body));
    }

    private static Encoding EncodingOf(HttpResponseMessage response)
    {
        try
        {
            return response.Content.Headers.ContentType?.CharSet is { Length: > 0 } name ? Encoding.GetEncoding(name.Trim('"')) : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }

    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
