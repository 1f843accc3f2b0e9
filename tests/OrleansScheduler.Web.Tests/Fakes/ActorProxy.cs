using System.Reflection;

namespace OrleansScheduler.Web.Fakes;

/// <summary>Any actor: it hands every call to the actors of the test.</summary>
/// <remarks>Not sealed, because the runtime derives the proxy from it.</remarks>
public class ActorProxy : DispatchProxy
{
    private static readonly MethodInfo TypedCall =
        typeof(ActorProxy).GetMethod(nameof(CallAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    private FakeActors? _actors;
    private string _contract = "";
    private string _key = "";

    internal static TActor Create<TActor>(FakeActors actors, string key)
        where TActor : class
    {
        var actor = Create<TActor, ActorProxy>();
        var proxy = (ActorProxy)(object)actor;
        (proxy._actors, proxy._contract, proxy._key) = (actors, typeof(TActor).Name, key);
        return actor;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var call = new ActorCall(_contract, _key, targetMethod!.Name, args![..^1], (CancellationToken)args[^1]!);
        var answer = _actors!.AnswerAsync(call);
        return targetMethod.ReturnType.IsGenericType
            ? TypedCall.MakeGenericMethod(targetMethod.ReturnType.GenericTypeArguments).Invoke(null, [answer])
            : answer;
    }

    private static async Task<T> CallAsync<T>(Task<object?> answer) => (T)(await answer)!;
}
