using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Http;

/// <summary>Makes one HTTP exchange. Headers, query and body of the request appear in no error and no log.</summary>
internal sealed class HttpHandler(HttpMessageInvoker invoker, HttpHandlerOptions options, TimeProvider time) : IActionHandler
{
    private const int ShownCharsMax = 200;

    /// <summary>The transport that all runs share.</summary>
    public static SocketsHttpHandler CreateTransport(HttpHandlerOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        MaxConnectionsPerServer = options.ConnectionsPerServerMax,
        MaxResponseHeadersLength = 64,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    public async Task HandleAsync(IRunContext context)
    {
        HttpPayload payload = HttpPayload.Of(context.Payload, options);
        IReadOnlyDictionary<string, JsonValue?> values = await payload.Reads.LoadAsync(context);
        OutgoingRequest request = Fill(payload, values);
        using var overdue = new CancellationTokenSource(payload.TimeOut, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token, context.Cancellation);
        try
        {
            JsonValue answer = await ExchangeAsync(payload, request, stop.Token);
            if (payload.Write is not null)
            {
                context.Write(payload.Write, answer);
            }
        }
        catch (Exception) when (context.Cancellation.IsCancellationRequested)
        {
            // Some transports tell a cancellation as a broken connection.
            throw new OperationCanceledException(context.Cancellation);
        }
        catch (Exception fault) when (overdue.IsCancellationRequested && fault is not SchedulerException)
        {
            throw new SchedulerException(HandlerErrorCodes.HttpTimeout, $"{request.PublicAddress} did not answer within {payload.TimeOut}.", isTransient: true);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new SchedulerException(HandlerErrorCodes.HttpFailed, $"{request.PublicAddress}: {fault.Message}", isTransient: true, fault);
        }
    }

    private OutgoingRequest Fill(HttpPayload payload, IReadOnlyDictionary<string, JsonValue?> values)
    {
        List<(string Name, string Value)> headers = [.. payload.Headers.Select(header => (header.Key, header.Value.Render(values, 64 << 10)))];
        byte[]? body = payload.Body?.Render(values, options.RequestBytesMax);
        if (body is not null && !payload.Headers.ContainsKey("content-type"))
        {
            headers.Add(("content-type", payload.Body!.IsJson ? "application/json" : "text/plain; charset=utf-8"));
        }

        return new OutgoingRequest(payload.Method, OutgoingRequest.AddressOf(payload.Url.Render(values, 64 << 10)), [.. headers], body);
    }

    private async Task<JsonValue> ExchangeAsync(HttpPayload payload, OutgoingRequest request, CancellationToken cancellation)
    {
        for (int redirects = 0; ; redirects++)
        {
            using HttpRequestMessage message = request.ToMessage();
            using HttpResponseMessage response = await invoker.SendAsync(message, cancellation);
            bool isExpected = payload.Expected.Includes((int)response.StatusCode);
            if (!isExpected && payload.RedirectsMax > 0 && request.After(response) is { } next)
            {
                request = redirects < payload.RedirectsMax
                    ? next
                    : throw new SchedulerException(HandlerErrorCodes.HttpRedirectRefused, $"{request.PublicAddress} redirects for more than the {payload.RedirectsMax} times that are allowed.");
                continue;
            }

            byte[] body = await ResponseDocument.ReadBodyAsync(response, payload.ResponseBytesMax, cancellation);
            return isExpected ? ResponseDocument.Of(response, body) : throw Unexpected(request, response, body);
        }
    }

    private static SchedulerException Unexpected(OutgoingRequest request, HttpResponseMessage response, byte[] body)
    {
        int status = (int)response.StatusCode;
        string shown = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, ShownCharsMax)));
        MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
        string said = type?.MediaType is { } media && (media.StartsWith("text/plain", StringComparison.Ordinal) || media.EndsWith("json", StringComparison.Ordinal))
            ? $" It says: {shown}"
            : "";
        return new SchedulerException(
            HandlerErrorCodes.HttpStatus, $"{request.Method} {request.PublicAddress} answered with {status}, which is not expected.{said}", isTransient: status is 408 or 429 or >= 500)
            .With("status", status.ToString(CultureInfo.InvariantCulture));
    }
}
