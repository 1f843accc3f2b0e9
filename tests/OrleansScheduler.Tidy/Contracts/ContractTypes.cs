using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Serialization;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Tidy.Contracts;

/// <summary>The actor interfaces, and every type of ours that crosses a boundary in one of their calls, however deep.</summary>
internal sealed class ContractTypes
{
    private readonly HashSet<Type> _found = [];

    private ContractTypes()
    {
        foreach (var method in Methods)
        {
            Visit(method.ReturnType);
            foreach (var parameter in method.GetParameters())
            {
                Visit(parameter.ParameterType);
            }
        }
    }

    public static Assembly Assembly { get; } = typeof(ActorAttribute).Assembly;

    public static ImmutableArray<Type> Actors { get; } =
        [.. Assembly.GetTypes().Where(type => type.IsDefined(typeof(ActorAttribute))).OrderBy(NameOf, StringComparer.Ordinal)];

    public static ImmutableArray<MethodInfo> Methods { get; } =
    [
        .. Actors.SelectMany(actor => actor.GetInterfaces().Prepend(actor)).Distinct()
            .SelectMany(face => face.GetMethods()).Where(method => !method.IsSpecialName),
    ];

    /// <summary>Ordered by name: records, ids, enums and whatever else the contracts reach.</summary>
    public static ImmutableArray<Type> All { get; } = [.. new ContractTypes()._found.OrderBy(NameOf, StringComparer.Ordinal)];

    /// <summary>The name as failures show it.</summary>
    public static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Assembly == Assembly ? type.FullName!["OrleansScheduler.".Length..] : type.Name;

    /// <summary>True when the type writes itself as one value, so that its members are nobody's business.</summary>
    public static bool IsOneValue(Type type) => type.IsEnum || type.IsDefined(typeof(JsonConverterAttribute));

    /// <summary>The types that JSON may hold where this one is declared; empty when it is none of a family.</summary>
    public static ImmutableArray<Type> Derived(Type type) =>
        [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(row => row.DerivedType)];

    /// <summary>The properties that JSON holds.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.GetIndexParameters().Length == 0 && !property.IsDefined(typeof(JsonIgnoreAttribute)));

    private void Visit(Type type)
    {
        foreach (var argument in type.GetGenericArguments().Append(type.GetElementType()).OfType<Type>())
        {
            Visit(argument);
        }

        if (type.Assembly == Assembly && _found.Add(type) && !IsOneValue(type))
        {
            foreach (var next in Properties(type).Select(property => property.PropertyType).Concat(Derived(type)))
            {
                Visit(next);
            }
        }
    }
}
