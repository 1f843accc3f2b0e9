using System.Globalization;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Handlers;

/// <summary>One handler, ready to be registered.</summary>
/// <param name="Name">The name under which definitions know it.</param>
/// <param name="Create">Makes the instance for one run; safe on several threads at once.</param>
/// <param name="Version">Names what the code computes; changes with every changed build.</param>
/// <param name="Validate">Throws <c>request_invalid</c> with <c>field</c> when a payload can never run; says nothing of permissions.</param>
public sealed record BuiltInHandler(string Name, Func<IActionHandler> Create, string Version, Action<JsonValue?> Validate)
{
    internal static BuiltInHandler Of<THandler>(string name, Func<THandler> create, Action<JsonValue?> validate)
        where THandler : class, IActionHandler => new(
            name,
            create,
            string.Create(CultureInfo.InvariantCulture, $"{typeof(THandler).FullName}@{typeof(THandler).Module.ModuleVersionId:N}"),
            validate);
}
