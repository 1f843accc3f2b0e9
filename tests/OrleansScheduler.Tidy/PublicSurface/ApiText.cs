using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace OrleansScheduler.Tidy.PublicSurface;

/// <summary>Writes types and members much as C# does. Our own types keep the part of their namespace that tells them apart.</summary>
internal static class ApiText
{
    private static readonly ImmutableDictionary<Type, string> Keywords = new Dictionary<Type, string>
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    }.ToImmutableDictionary();

    /// <summary>The name of a declared type, with its type parameters.</summary>
    public static string OwnName(Type type) => TypeName(type, null);

    /// <summary>What kind of type it is, and what it derives from.</summary>
    public static string Declaration(Type type)
    {
        bool isRecord = type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is not null;
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } =>
                (IsReadOnly(type) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + (isRecord ? "record struct" : "struct"),
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (isRecord ? "record" : "class"),
        };
        var bases = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])
            .Where(face => !type.IsEnum && face.IsVisible && !(isRecord && face == typeof(IEquatable<>).MakeGenericType(type)))
            .Select(OwnName).Order(StringComparer.Ordinal);
        bool hasBase = type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType;
        string all = string.Join(", ", hasBase ? bases.Prepend(OwnName(type.BaseType!)) : bases);
        return all.Length > 0 ? $"{kind} : {all}" : kind;
    }

    /// <summary>The line of one member; null when it is not offered, or not worth a line.</summary>
    public static string? Member(MemberInfo member)
    {
        bool isGenerated = member.IsDefined(typeof(CompilerGeneratedAttribute));
        return member switch
        {
            _ when isGenerated => null,
            FieldInfo { IsSpecialName: false } field when IsOffered(field.Attributes) => Field(field),
            PropertyInfo property when property.GetAccessors(nonPublic: true).Any(one => IsOffered(one) && IsNew(one)) => Property(property),
            EventInfo { AddMethod: { } add } offered when IsOffered(add) => $"{offered.Name} : event {TypeName(offered.EventHandlerType!, null)}",
            ConstructorInfo { IsStatic: false } constructor when IsOffered(constructor) => $"new({Parameters(constructor)}){Access(constructor)}",
            MethodInfo method when IsOffered(method) && IsNew(method) && (!method.IsSpecialName || IsOperator(method)) => Method(method),
            _ => null,
        };
    }

    private static string Field(FieldInfo field)
    {
        string value = field.IsLiteral ? $" = {Constant(field.GetRawConstantValue())}" : "";
        string modifier = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
        return field.DeclaringType!.IsEnum
            ? field.Name + value
            : $"{field.Name} : {modifier}{TypeName(new NullabilityInfoContext().Create(field))}{value}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsOffered).Select(accessor =>
            accessor.ReturnType != typeof(void) ? "get;"
            : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;");
        var first = property.GetAccessors(nonPublic: true)[0];
        string index = property.GetIndexParameters().Length > 0 ? $"[{Parameters(first, property.GetIndexParameters())}]" : "";
        string type = TypeName(new NullabilityInfoContext().Create(property));
        return $"{property.Name}{index} : {Modifiers(first)}{type} {{ {string.Join(" ", accessors)} }}{Access(first)}";
    }

    private static string Method(MethodInfo method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(OwnName))}>" : "";
        string result = TypeName(new NullabilityInfoContext().Create(method.ReturnParameter));
        return $"{method.Name}{arguments}({Parameters(method)}) : {Modifiers(method)}{result}{Access(method)}";
    }

    private static string Parameters(MethodBase method, ParameterInfo[]? parameters = null) =>
        string.Join(", ", (parameters ?? method.GetParameters()).Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string by = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string value = parameter.HasDefaultValue ? $" = {Constant(parameter.DefaultValue)}" : "";
        return $"{by}{TypeName(new NullabilityInfoContext().Create(parameter))} {parameter.Name}{value}";
    }

    private static string TypeName(NullabilityInfo info) => TypeName(info.Type, info);

    private static string TypeName(Type type, NullabilityInfo? info)
    {
        var plain = type.IsByRef ? type.GetElementType()! : type;
        if (Nullable.GetUnderlyingType(plain) is { } inner)
        {
            return TypeName(inner, null) + "?";
        }

        string mark = info?.ReadState == NullabilityState.Nullable && !plain.IsValueType ? "?" : "";
        if (plain.IsArray)
        {
            return $"{TypeName(plain.GetElementType()!, info?.ElementType)}[]{mark}";
        }

        var arguments = plain.GetGenericArguments()
            .Select((argument, index) => TypeName(argument, info?.GenericTypeArguments.ElementAtOrDefault(index)));
        return BareName(plain) + (plain.IsGenericType ? $"<{string.Join(", ", arguments)}>" : "") + mark;
    }

    private static string BareName(Type type)
    {
        if (type.IsGenericParameter || Keywords.ContainsKey(type))
        {
            return Keywords.GetValueOrDefault(type, type.Name);
        }

        string name = type.Name.Split('`')[0];
        string owner = type.DeclaringType is { } outer ? BareName(outer) + "." : "";
        const string root = "OrleansScheduler.";
        bool isOwn = owner.Length == 0 && type.Namespace?.StartsWith(root, StringComparison.Ordinal) == true;
        return isOwn ? $"{type.Namespace![root.Length..]}.{name}" : owner + name;
    }

    private static string Constant(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Modifiers(MethodBase method) =>
        method.DeclaringType!.IsInterface ? ""
        : method.IsStatic ? "static "
        : method.IsAbstract ? "abstract "
        : method is { IsVirtual: true, IsFinal: false } && !method.DeclaringType.IsSealed ? "virtual " : "";

    private static string Access(MethodBase method) => method.IsPublic ? "" : " (protected)";

    // What overrides a member of a base type offers nothing new.
    private static bool IsNew(MethodInfo method) => method.GetBaseDefinition() == method;

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsOffered(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsOffered(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static bool IsReadOnly(Type type) => type.IsDefined(typeof(IsReadOnlyAttribute));
}
