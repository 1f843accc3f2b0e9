using System.Reflection;
using Orleans.Runtime.Messaging;
using OrleansScheduler.Cluster.Calls;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Calls;

public sealed class CallFailuresTests
{
    // A client may have sent the request once before, and what it hears is of the second time.
    [Theory]
    [InlineData("No gateways available")]
    [InlineData("Client is rejecting message: Request. Reason = Retry count exceeded. ")]
    [InlineData("Silo stopping")]
    public void What_is_refused_to_a_client_may_have_been_carried_out(string reason)
    {
        SchedulerException failure = CallFailures.Understand(Rejection(reason), isClient: true)!;

        Assert.Equal((ErrorCodes.OutcomeUnknown, true, "not_delivered"), (failure.Code, failure.IsTransient, failure.Details["reason"]));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_refused_to_a_silo_was_not_carried_out()
    {
        SchedulerException failure = CallFailures.Understand(Rejection("Silo stopping"), isClient: false)!;

        Assert.Equal((ErrorCodes.Stopping, true), (failure.Code, failure.IsTransient));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_a_silo_goes_nobody_knows(bool isClient)
    {
        Assert.All(
            new Exception[] { new SiloUnavailableException(), new ConnectionFailedException("Gone.") },
            fault => Assert.Equal(ErrorCodes.OutcomeUnknown, CallFailures.Understand(fault, isClient)!.Code));
        Assert.Equal(ErrorCodes.Timeout, CallFailures.Understand(new TimeoutException(), isClient)!.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Failures_that_are_none_of_Orleans_pass_as_they_are(bool isClient)
    {
        Assert.Null(CallFailures.Understand(new SchedulerException(ErrorCodes.NotFound, "None."), isClient));
        Assert.Null(CallFailures.Understand(new InvalidOperationException(), isClient));
    }

    // Orleans alone makes these.
    private static Exception Rejection(string reason) => (Exception)Activator.CreateInstance(
        typeof(OrleansMessageRejectionException), BindingFlags.Instance | BindingFlags.NonPublic, null, [reason], null)!;
}
