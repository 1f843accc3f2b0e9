using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Problems;

/// <summary>Turns whatever a request threw into the failure that its client is told.</summary>
internal static class FaultTranslator
{
    /// <summary>The failure as one of the known codes.</summary>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="request">The request that threw it.</param>
    public static SchedulerException Translate(Exception thrown, ApiRequest request) => thrown switch
    {
        SchedulerException { Code: not ErrorCodes.Internal } known => known,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Fault.BodyTooLarge(request.Options.BodyBytesMax),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } =>
            new SchedulerException(ApiErrorCodes.BodyTooSlow, "The body arrived more slowly than the server waits for."),
        BadHttpRequestException bad => Fault.Invalid("body", bad.Message),
        OperationCanceledException when request.IsLate => Unanswered(request, ErrorCodes.Timeout, "The answer did not come in time"),
        OperationCanceledException when request.IsStopping => Unanswered(request, ErrorCodes.Stopping, "The host is shutting down"),
        _ => Internal(request),
    };

    /// <summary>The problem to send.</summary>
    public static Problem Describe(SchedulerException fault, ApiRequest request)
    {
        var problem = Problem.Of(fault.Code, fault.Message, request.PathText, fault.Details);
        return fault is RefusedException refused
            ? problem with { Status = refused.Status ?? problem.Status, Faults = refused.Faults }
            : problem;
    }

    // A change that nobody answered may have happened all the same; only what just looked certainly did nothing.
    private static SchedulerException Unanswered(ApiRequest request, string reason, string sentence) => request.IsChange
        ? new SchedulerException(
            ErrorCodes.OutcomeUnknown,
            $"{sentence}; the change may or may not have happened. Repeat it under the same Idempotency-Key or request id.",
            isTransient: true).With("reason", reason)
        : new SchedulerException(reason, $"{sentence}.", isTransient: true);

    // The message of an unforeseen fault may hold anything, so the client gets only what finds it in the log.
    private static SchedulerException Internal(ApiRequest request) =>
        new SchedulerException(ErrorCodes.Internal, "An unforeseen fault; the log of the host has it under this trace id.")
            .With("trace_id", request.TraceId);
}
