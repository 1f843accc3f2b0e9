using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Xunit;

namespace OrleansScheduler.Tidy.Contracts;

public sealed class ContractShapeTests
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly ImmutableHashSet<Type> PlainTypes =
        [typeof(bool), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(string), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeSpan)];

    [Fact]
    public void Contract_types_are_sealed_records_ids_or_enums() => Violations.AssertNone(
        from type in ContractTypes.All
        where !type.IsSealed && !ContractTypes.IsOneValue(type) && !(type.IsAbstract && !ContractTypes.Derived(type).IsEmpty)
        select new Violation(ContractTypes.NameOf(type), "be sealed, or an abstract record that names its family", "open for inheritance"));

    [Fact]
    public void Families_name_all_their_members() => Violations.AssertNone(
        from type in ContractTypes.All
        where !ContractTypes.IsOneValue(type)
        from member in ContractTypes.Assembly.GetTypes().Where(candidate => candidate.BaseType == type)
        where !ContractTypes.Derived(type).Contains(member)
        select new Violation(ContractTypes.NameOf(type), $"name the member with {nameof(JsonDerivedTypeAttribute)}", ContractTypes.NameOf(member)));

    [Fact]
    public void Contract_properties_cannot_be_set_afterwards() => Violations.AssertNone(
        from type in ContractTypes.All
        from property in type.GetProperties(Instance)
        where property.SetMethod is { IsPrivate: false } setter && !IsInit(setter)
        select new Violation($"{ContractTypes.NameOf(type)}.{property.Name}", "be get-only or init", "set"));

    // Ids and JSON values may keep a text or hash that they computed; nobody sees the difference.
    [Fact]
    public void Contract_fields_are_readonly() => Violations.AssertNone(
        from type in ContractTypes.All
        from field in type.GetFields(Instance)
        where !field.IsInitOnly && !type.IsEnum && (field.IsPublic || !ContractTypes.IsOneValue(type))
        select new Violation($"{ContractTypes.NameOf(type)}.{field.Name}", "be readonly", "a field that can change"));

    [Fact]
    public void Contract_properties_hold_immutable_types() => Violations.AssertNone(
        from type in ContractTypes.All
        where !ContractTypes.IsOneValue(type)
        from property in ContractTypes.Properties(type)
        where !IsImmutable(property.PropertyType)
        select new Violation(
            $"{ContractTypes.NameOf(type)}.{property.Name}",
            "hold only contracts and immutable collections",
            ContractTypes.NameOf(property.PropertyType)));

    [Fact]
    public void Contract_methods_carry_immutable_types() => Violations.AssertNone(
        from method in ContractTypes.Methods
        from type in method.GetParameters().SkipLast(1).Select(parameter => parameter.ParameterType).Concat(ResultOf(method))
        where !IsImmutable(type)
        select new Violation(NameOf(method), "carry only contracts and immutable collections", ContractTypes.NameOf(type)));

    [Fact]
    public void Contracts_have_only_plain_methods() => Violations.AssertNone(
        from actor in ContractTypes.Actors
        from member in actor.GetInterfaces().Prepend(actor).SelectMany(face => face.GetMembers())
        where member is not (FieldInfo { IsLiteral: true } or MethodInfo { IsSpecialName: false, IsGenericMethod: false, IsStatic: false, IsAbstract: true })
        select new Violation($"{ContractTypes.NameOf(actor)}.{member.Name}", "have only methods, without type parameters and bodies", $"{member}"));

    [Fact]
    public void Contract_methods_return_tasks() => Violations.AssertNone(
        from method in ContractTypes.Methods
        where method.ReturnType != typeof(Task) && !ResultOf(method).Any()
        select new Violation(NameOf(method), "return Task or Task<T>", ContractTypes.NameOf(method.ReturnType)));

    [Fact]
    public void Contract_methods_take_a_cancellation_token_last() => Violations.AssertNone(
        from method in ContractTypes.Methods
        let tokens = method.GetParameters().Count(parameter => parameter.ParameterType == typeof(CancellationToken))
        where tokens != 1 || method.GetParameters()[^1].ParameterType != typeof(CancellationToken)
        select new Violation(NameOf(method), "take one CancellationToken, as the last argument", $"{method}"));

    [Fact]
    public void Contract_methods_have_no_default_arguments() => Violations.AssertNone(
        from method in ContractTypes.Methods
        from parameter in method.GetParameters()
        where parameter.HasDefaultValue || parameter.IsOptional
        select new Violation(NameOf(method), "have no default arguments", parameter.Name!));

    private static bool IsImmutable(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? IsImmutable(inner)
        : type.IsGenericType ? type.Namespace == typeof(ImmutableArray).Namespace && type.GetGenericArguments().All(IsImmutable)
        : PlainTypes.Contains(type) || ContractTypes.All.Contains(type);

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static IEnumerable<Type> ResultOf(MethodInfo method) =>
        method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)
            ? method.ReturnType.GetGenericArguments()
            : [];

    private static string NameOf(MethodInfo method) => $"{ContractTypes.NameOf(method.DeclaringType!)}.{method.Name}";
}
