using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Core.Handlers;

/// <summary>The handlers that this process knows by name.</summary>
public sealed class HandlerCatalog
{
    private readonly ConcurrentDictionary<string, RegisteredHandler> _handlers = new(StringComparer.Ordinal);

    /// <summary>Registers a handler, or registers it again: that also ends its refusal.</summary>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="create">Makes the instance for one run; called outside of actors, possibly on several threads at once.</param>
    /// <param name="version">Names what the code computes: actions run again when it differs. Null takes the build of the
    /// handler's assembly, so that every changed build counts as different.</param>
    /// <param name="grace">What it gets, once it is cancelled at its time limit, to end in order before it is abandoned: 0 to 20 s. Null for 100 ms.</param>
    /// <param name="check">Throws a <see cref="Errors.SchedulerException"/> for a payload that can never run, so that whoever defines it
    /// is told; null takes every payload.</param>
    /// <typeparam name="THandler">The class of the handler.</typeparam>
    /// <exception cref="ArgumentException">The name is empty or too long, or the grace out of range.</exception>
    public void Add<THandler>(string name, Func<THandler> create, string? version = null, TimeSpan? grace = null, Action<JsonValue?>? check = null)
        where THandler : class, IActionHandler
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, 100, nameof(name));
        TimeSpan patience = grace ?? RegisteredHandler.GraceDefault;
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, TimeSpan.Zero, nameof(grace));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patience, RegisteredHandler.GraceMax, nameof(grace));
        string fingerprint = version ?? string.Create(
            CultureInfo.InvariantCulture, $"{typeof(THandler).FullName}@{typeof(THandler).Module.ModuleVersionId:N}");
        _handlers[name] = new RegisteredHandler(name, fingerprint, patience, check, create);
    }

    /// <summary>The names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. _handlers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>True when a call of that handler could do something: it is registered, and not refused.</summary>
    internal bool CanCall(string name) => TryGet(name, out RegisteredHandler? handler) && !handler.IsRefused;

    internal bool TryGet(string name, [NotNullWhen(true)] out RegisteredHandler? handler) => _handlers.TryGetValue(name, out handler);
}
