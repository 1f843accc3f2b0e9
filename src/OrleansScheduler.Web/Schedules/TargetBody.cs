using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Schedules;

/// <summary>What a schedule runs, as a client defines it.</summary>
/// <param name="Handler">The name of a registered handler.</param>
/// <param name="Space">The name of a space, with or without its owner; null for none.</param>
/// <param name="Payload">What the handler is to know; null for nothing.</param>
internal sealed record TargetBody(string Handler, string? Space = null, JsonValue? Payload = null)
{
    private const string SpaceField = "target.space";

    /// <summary>The target that it means.</summary>
    /// <exception cref="Errors.SchedulerException"><c>id_invalid</c>; <c>request_invalid</c> for a space of another owner.</exception>
    public HandlerTarget ToTarget()
    {
        if (Space is null)
        {
            return new HandlerTarget(Handler, null, Payload);
        }

        var space = RequestQuery.Named(SpaceField, () =>
            Space.Contains('/', StringComparison.Ordinal) ? SpaceId.Parse(Space) : SpaceId.Of(ApiRequest.Owner, Space));
        return space.Owner == ApiRequest.Owner
            ? new HandlerTarget(Handler, space, Payload)
            : throw Fault.Invalid(SpaceField, $"{SpaceField} is a space of {ApiRequest.Owner}.");
    }
}
