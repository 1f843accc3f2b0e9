using OrleansScheduler.Handlers.Expressions;
using OrleansScheduler.Handlers.Files;
using OrleansScheduler.Handlers.Http;
using OrleansScheduler.Handlers.Processes;

namespace OrleansScheduler.Handlers;

/// <summary>Which built-in handlers there are, and their limits.</summary>
public sealed record BuiltInHandlersOptions
{
    /// <summary>The clock of time limits; the same as the host's.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>For <c>expression</c>; null for no such handler. Default: the defaults.</summary>
    public ExpressionOptions? Expressions { get; init; } = new();

    /// <summary>For <c>http</c>; null for no such handler. Default: the defaults.</summary>
    public HttpHandlerOptions? Http { get; init; } = new();

    /// <summary>For <c>file</c>; null, the default, for no such handler.</summary>
    public FileHandlerOptions? Files { get; init; }

    /// <summary>For <c>process</c>; null, the default, for no such handler. Even with it nothing may run without permissions.</summary>
    public ProcessHandlerOptions? Processes { get; init; }
}
