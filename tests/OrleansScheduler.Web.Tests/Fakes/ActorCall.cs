namespace OrleansScheduler.Web.Fakes;

/// <summary>A call that an actor got.</summary>
/// <param name="Actor">The name of its contract.</param>
/// <param name="Key">Its key.</param>
/// <param name="Method">The method.</param>
/// <param name="Arguments">The arguments without the cancellation.</param>
/// <param name="Cancellation">The cancellation.</param>
public sealed record ActorCall(string Actor, string Key, string Method, object?[] Arguments, CancellationToken Cancellation);
