using System.Collections.Immutable;

namespace OrleansScheduler.Web.Health;

/// <summary>How one part of the host is.</summary>
/// <param name="Name">Its name in snake_case, such as <c>storage</c>.</param>
/// <param name="Status">How it is.</param>
/// <param name="Detail">Why, for people.</param>
/// <param name="Data">Named facts for programs; null for none.</param>
public sealed record HealthComponent(
    string Name, HealthStatus Status, string Detail, ImmutableSortedDictionary<string, string>? Data = null);
