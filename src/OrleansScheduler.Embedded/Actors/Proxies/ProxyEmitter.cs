using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace OrleansScheduler.Embedded.Actors.Proxies;

/// <summary>Generates, for one contract, a sealed subclass of <see cref="ActorReference"/> that implements it.</summary>
/// <remarks>
/// Each method packs its arguments in a value tuple and passes a delegate made once, so that a call allocates nothing of its
/// own. <see cref="DispatchProxy"/> would box the arguments and costs about 20 ns more per call.
/// </remarks>
internal static class ProxyEmitter
{
    private static readonly MethodInfo Tell = typeof(ActorReference).GetMethod("Tell", BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly MethodInfo Ask = typeof(ActorReference).GetMethod("Ask", BindingFlags.Instance | BindingFlags.NonPublic)!;

    // A class is for all engines of the process: what is emitted stays until the process ends.
    private static readonly ConditionalWeakTable<Type, Func<ActorKind, string, object>> Emitted = [];

    /// <summary>Makes the class, once in a process, and returns what creates its instances.</summary>
    /// <param name="contract">A contract that follows <see cref="ContractRules"/>.</param>
    /// <param name="methods">All its methods.</param>
    internal static Func<ActorKind, string, object> For(Type contract, ImmutableArray<MethodInfo> methods) =>
        Emitted.GetValue(contract, type => Emit(type, methods));

    private static Func<ActorKind, string, object> Emit(Type contract, ImmutableArray<MethodInfo> methods)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName($"OrleansScheduler.References.{contract.FullName}"), AssemblyBuilderAccess.Run, AccessTo(contract, methods));
        var type = assembly.DefineDynamicModule("References").DefineType(
            $"{contract.FullName}Reference", TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, typeof(ActorReference), [contract]);

        var initializer = type.DefineTypeInitializer().GetILGenerator();
        for (var index = 0; index < methods.Length; index++)
        {
            EmitMethod(type, initializer, methods[index], index);
        }

        initializer.Emit(OpCodes.Ret);
        EmitCreation(type);
        return type.CreateType().GetMethod("Create")!.CreateDelegate<Func<ActorKind, string, object>>();
    }

    private static void EmitMethod(TypeBuilder type, ILGenerator initializer, MethodInfo method, int index)
    {
        Type[] parameters = [.. method.GetParameters().Select(static parameter => parameter.ParameterType)];
        var args = ArgsType(parameters);
        var delegateType = typeof(Func<,,>).MakeGenericType(typeof(object), args, typeof(Task));
        var target = type.DefineField($"_target{index}", delegateType, FieldAttributes.Private | FieldAttributes.Static | FieldAttributes.InitOnly);
        var invoker = EmitInvoker(type, method, args, parameters.Length, index);

        initializer.Emit(OpCodes.Ldnull);
        initializer.Emit(OpCodes.Ldftn, invoker);
        initializer.Emit(OpCodes.Newobj, delegateType.GetConstructors().Single());
        initializer.Emit(OpCodes.Stsfld, target);

        var builder = type.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            parameters);
        EmitCall(builder.GetILGenerator(), method, parameters, args, target);
        type.DefineMethodOverride(builder, method);
    }

    // Task Method(P1 a, ...) => this.Ask<(P1, ...), R>(in args, _target, token or default)
    private static void EmitCall(ILGenerator il, MethodInfo method, Type[] parameters, Type args, FieldInfo target)
    {
        var packed = il.DeclareLocal(args);
        var token = il.DeclareLocal(typeof(CancellationToken));
        if (parameters.Length > 0)
        {
            for (var index = 0; index < parameters.Length; index++)
            {
                il.Emit(OpCodes.Ldarg, (short)(index + 1));
            }

            il.Emit(OpCodes.Newobj, args.GetConstructor(parameters)!);
            il.Emit(OpCodes.Stloc, packed);
        }

        if (parameters.Length > 0 && parameters[^1] == typeof(CancellationToken))
        {
            il.Emit(OpCodes.Ldarg, (short)parameters.Length);
            il.Emit(OpCodes.Stloc, token);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloca, packed);
        il.Emit(OpCodes.Ldsfld, target);
        il.Emit(OpCodes.Ldloc, token);
        il.Emit(OpCodes.Call, method.ReturnType == typeof(Task)
            ? Tell.MakeGenericMethod(args)
            : Ask.MakeGenericMethod(args, method.ReturnType.GenericTypeArguments[0]));
        il.Emit(OpCodes.Ret);
    }

    // static Task Invoke(object actor, (P1, ...) args) => ((TContract)actor).Method(args.Item1, ...)
    private static MethodBuilder EmitInvoker(TypeBuilder type, MethodInfo method, Type args, int count, int index)
    {
        var invoker = type.DefineMethod(
            $"Invoke{index}", MethodAttributes.Private | MethodAttributes.Static, typeof(Task), [typeof(object), args]);
        var il = invoker.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        for (var item = 1; item <= count; item++)
        {
            il.Emit(OpCodes.Ldarga_S, (byte)1);
            il.Emit(OpCodes.Ldfld, args.GetField($"Item{item}")!);
        }

        il.Emit(OpCodes.Callvirt, method);
        il.Emit(OpCodes.Ret);
        return invoker;
    }

    private static void EmitCreation(TypeBuilder type)
    {
        Type[] parameters = [typeof(ActorKind), typeof(string)];
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, parameters);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(ActorReference).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single());
        il.Emit(OpCodes.Ret);

        il = type.DefineMethod("Create", MethodAttributes.Public | MethodAttributes.Static, typeof(object), parameters).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
    }

    private static Type ArgsType(Type[] parameters) => parameters.Length switch
    {
        0 => typeof(ValueTuple),
        1 => typeof(ValueTuple<>).MakeGenericType(parameters),
        2 => typeof(ValueTuple<,>).MakeGenericType(parameters),
        3 => typeof(ValueTuple<,,>).MakeGenericType(parameters),
        4 => typeof(ValueTuple<,,,>).MakeGenericType(parameters),
        5 => typeof(ValueTuple<,,,,>).MakeGenericType(parameters),
        6 => typeof(ValueTuple<,,,,,>).MakeGenericType(parameters),
        _ => typeof(ValueTuple<,,,,,,>).MakeGenericType(parameters),
    };

    private static CustomAttributeBuilder[] AccessTo(Type contract, ImmutableArray<MethodInfo> methods)
    {
        var constructor = typeof(IgnoresAccessChecksToAttribute).GetConstructors().Single();
        return [.. methods
            .SelectMany(static method => method.GetParameters().Select(static p => p.ParameterType).Append(method.ReturnType))
            .SelectMany(Mentioned)
            .Concat(contract.GetInterfaces())
            .Append(contract)
            .Append(typeof(ActorReference))
            .Select(static type => type.Assembly.GetName().Name!)
            .Distinct()
            .Select(name => new CustomAttributeBuilder(constructor, [name]))];
    }

    private static IEnumerable<Type> Mentioned(Type type) =>
        type.HasElementType ? Mentioned(type.GetElementType()!) : type.GenericTypeArguments.SelectMany(Mentioned).Append(type);
}
