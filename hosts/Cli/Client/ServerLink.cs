using System.Net.Http.Headers;
using System.Net.Sockets;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Errors;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>Sends requests, and turns everything but success into a <see cref="CliException"/>.</summary>
/// <param name="http">The connection; without a time limit of its own.</param>
/// <param name="server">Where the server is.</param>
/// <param name="token">For the requests that need it.</param>
/// <param name="timeOut">How long one answer may take.</param>
/// <param name="time">The clock that measures it.</param>
internal sealed class ServerLink(HttpClient http, Uri server, AdministratorToken token, TimeSpan timeOut, TimeProvider time)
{
    private const string Prefix = "/api/v1";

    private string Address => server.GetLeftPart(UriPartial.Authority);

    /// <summary>Fails when a request of an administrator could not be sent, before any other one is.</summary>
    /// <exception cref="CliException"><c>token_missing</c>.</exception>
    public void RequireToken() => _ = token.Read(server);

    /// <summary>The answer to a request.</summary>
    /// <exception cref="CliException">It is none of success, or there is none.</exception>
    public async Task<ServerAnswer> SendAsync(ServerRequest request, CancellationToken cancellation)
    {
        using var message = Compose(request);
        using var patience = new CancellationTokenSource(timeOut + request.Wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var answer = new ServerAnswer((int)response.StatusCode, await AnswerBody.ReadAsync(response.Content, either.Token));
            return response.IsSuccessStatusCode ? answer : throw ProblemReader.Read(answer);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Late(request);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw Lost(request, fault);
        }
    }

    /// <summary>Reads a long answer piece by piece. The time-out is for the first piece and then for each next one.</summary>
    /// <param name="request">What to ask for.</param>
    /// <param name="read">Reads the body; what it throws itself ends the request.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CliException">The answer is none of success, there is none, or it breaks off.</exception>
    public async Task<T> DownloadAsync<T>(ServerRequest request, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var message = Compose(request);
        using var patience = new Patience(timeOut + request.Wait, time, cancellation);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw ProblemReader.Read(new ServerAnswer((int)response.StatusCode, await AnswerBody.ReadAsync(response.Content, patience.Token)));
            }

            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            return await read(new PatientStream(body, patience.Renew), patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsOver && !cancellation.IsCancellationRequested)
        {
            throw Late(request);
        }
        catch (Exception fault) when (fault is HttpRequestException or HttpIOException)
        {
            throw Lost(request, fault);
        }
    }

    private HttpRequestMessage Compose(ServerRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(Address + Prefix + request.Path)) { Content = request.Body };
        message.Headers.Accept.ParseAdd("application/json");
        message.Headers.Accept.ParseAdd("application/problem+json");
        if (request.ByAdministrator)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Read(server));
        }

        return message;
    }

    private CliException Late(ServerRequest request)
    {
        string sentence = $"{Address} did not answer within {Duration.Format(timeOut + request.Wait)}";
        return request.IsChange
            ? new CliException(ErrorCodes.OutcomeUnknown, $"{sentence}; the change may or may not have happened.")
            : new CliException(CliCodes.TimeOut, $"{sentence}.");
    }

    // Only a connection that never came about is certain to have changed nothing.
    private CliException Lost(ServerRequest request, Exception fault)
    {
        bool connected = fault is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };
        string reason = fault.GetBaseException() is SocketException socket ? socket.Message : fault.Message;
        return connected && request.IsChange
            ? new CliException(ErrorCodes.OutcomeUnknown, $"The connection to {Address} broke; the change may or may not have happened. {reason}")
            : new CliException(CliCodes.ServerUnreachable, $"{Address} cannot be reached: {reason}");
    }
}
