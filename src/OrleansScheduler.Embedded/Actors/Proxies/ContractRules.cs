using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors.Proxies;

/// <summary>What a contract interface must look like, so that a reference can be generated for it.</summary>
internal static partial class ContractRules
{
    internal const int ArgumentsMax = 7;

    /// <summary>All methods of the contract, inherited ones included.</summary>
    /// <exception cref="ArgumentException">Names the rule that is broken, and where.</exception>
    internal static ImmutableArray<MethodInfo> MethodsOf(Type contract)
    {
        if (!contract.IsInterface || contract.ContainsGenericParameters || contract.IsGenericType)
        {
            throw new ArgumentException($"{contract} is no contract: that is an interface without type parameters.");
        }

        var kind = contract.GetCustomAttribute<ActorAttribute>(inherit: false)?.Kind
            ?? throw new ArgumentException($"{contract} is no contract: it carries no [Actor].");
        if (!KindPattern().IsMatch(kind))
        {
            throw new ArgumentException($"The kind \"{kind}\" of {contract} is not 1 to 100 of a-z, 0-9, '-', '.' and '_' after a letter.");
        }

        // Constants, such as the key of an actor that there is one of, are no part of what is called.
        var members = contract.GetInterfaces().Prepend(contract)
            .SelectMany(static face => face.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
            .Where(static member => member is not FieldInfo { IsLiteral: true });
        var methods = ImmutableArray.CreateBuilder<MethodInfo>();
        foreach (var member in members)
        {
            var fault = member is MethodInfo candidate ? FaultOf(candidate) : "is no method; a contract has only methods";
            if (fault is not null)
            {
                throw new ArgumentException($"{member.DeclaringType}.{member.Name} {fault}.");
            }

            methods.Add((MethodInfo)member);
        }

        return methods.ToImmutable();
    }

    private static string? FaultOf(MethodInfo method)
    {
        var parameters = method.GetParameters();
        return method switch
        {
            { IsSpecialName: true } => "belongs to a property or an event; a contract has only methods",
            { IsStatic: true } or { IsAbstract: false } => "has a body; the methods of a contract have none",
            { IsGenericMethod: true } => "has type parameters",
            _ when !ReturnsTask(method.ReturnType) => "returns neither Task nor Task<T>",
            _ when parameters.Length > ArgumentsMax => $"has more than {ArgumentsMax} arguments",
            _ when parameters.Any(static p => p.ParameterType.IsByRef || p.ParameterType.IsByRefLike || p.ParameterType.IsPointer) =>
                "passes an argument by reference",
            _ when parameters.SkipLast(1).Any(static p => p.ParameterType == typeof(CancellationToken)) =>
                "has a CancellationToken that is not its last argument",
            _ => null,
        };
    }

    private static bool ReturnsTask(Type type) =>
        type == typeof(Task) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>));

    [GeneratedRegex("^[a-z][a-z0-9._-]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex KindPattern();
}
