using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>What happens around every handler: limits, checks of the address, problems, log.</summary>
/// <param name="handler">What answers.</param>
/// <param name="query">The query values that it knows.</param>
/// <param name="lastMayHaveSlash">Whether the last part of the address may hold an escaped slash.</param>
internal sealed class ApiEndpoint(ApiHandler handler, QueryNames query, bool lastMayHaveSlash = false)
{
    /// <summary>Answers one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        using var request = new ApiRequest(context, context.RequestServices.GetRequiredService<SchedulerApiOptions>());
        var (answer, utf8) = await AnswerAsync(request, context);
        using var streamed = answer.Body as StreamedContent;
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await answer.SendAsync(context, utf8);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left while it was being answered; nobody is there to tell.
        }
        catch (Exception fault) when (streamed is not null)
        {
            var logger = context.RequestServices.GetRequiredService<ILogger<ApiEndpoint>>();
            ApiLog.Broken(logger, fault, context.Request.Method, request.PathText);
            context.Abort();
        }
    }

    private async Task<(ApiAnswer Answer, byte[] Utf8)> AnswerAsync(ApiRequest request, HttpContext context)
    {
        try
        {
            var answer = await HandleAsync(request, context);
            return (answer, answer.ToUtf8());
        }
        catch (Exception thrown)
        {
            var fault = FaultTranslator.Translate(thrown, request);
            var problem = FaultTranslator.Describe(fault, request);
            if (!context.RequestAborted.IsCancellationRequested)
            {
                Log(context, thrown, problem);
            }

            var answer = ApiAnswer.Of(problem, problem.Status) with
            {
                RetryAfter = ErrorTable.Of(fault.Code).Passes ? request.Options.RetryAfter : null,
            };
            return (answer, answer.ToUtf8());
        }
    }

    private async Task<ApiAnswer> HandleAsync(ApiRequest request, HttpContext context)
    {
        var gate = request.Service<RequestGate>();
        if (!gate.TryEnter())
        {
            throw new OverloadedException($"{gate.RequestsMax} requests are under way, which is the limit.");
        }

        try
        {
            RawAddress.Check(context, lastMayHaveSlash);
            RequireOwnOrigin(request, context.Request);
            request.Query = new RequestQuery(context.Request.Query, query, request.Options);
            return await handler(request);
        }
        finally
        {
            gate.Leave();
        }
    }

    // As long as there are no keys, nothing but this stands between a page of another site and the data.
    private static void RequireOwnOrigin(ApiRequest request, HttpRequest http)
    {
        var origin = http.Headers.Origin.ToString();
        if (request.IsChange && origin.Length > 0 && !origin.Equals($"{http.Scheme}://{http.Host}", StringComparison.OrdinalIgnoreCase))
        {
            throw new SchedulerException(ApiErrorCodes.OriginRefused, "A page of another site cannot change anything here.")
                .With("origin", origin);
        }
    }

    private static void Log(HttpContext context, Exception thrown, Problem problem)
    {
        var logger = context.RequestServices.GetRequiredService<ILogger<ApiEndpoint>>();
        var (method, path) = (context.Request.Method, problem.Instance);
        switch (problem.Code)
        {
            case ErrorCodes.Internal:
                ApiLog.Unforeseen(logger, thrown, method, path, context.TraceIdentifier);
                break;
            case ErrorCodes.CorruptState:
                ApiLog.Damaged(logger, thrown, method, path, context.TraceIdentifier);
                break;
            case not ErrorCodes.Stopping when problem.Status >= StatusCodes.Status429TooManyRequests:
                ApiLog.Refused(logger, method, path, problem.Code, problem.Detail);
                break;
        }
    }
}
