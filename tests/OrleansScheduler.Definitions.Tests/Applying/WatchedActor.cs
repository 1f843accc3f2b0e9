using System.Reflection;
using System.Runtime.ExceptionServices;

namespace OrleansScheduler.Definitions.Tests.Applying;

/// <summary>An actor whose calls are announced before they are made. Public and open because the runtime derives from it.</summary>
public class WatchedActor : DispatchProxy
{
    private object _actor = null!;
    private Action<string> _announce = null!;

    public static TActor Of<TActor>(TActor actor, Action<string> announce)
        where TActor : class
    {
        var watched = Create<TActor, WatchedActor>();
        ((WatchedActor)(object)watched)._actor = actor;
        ((WatchedActor)(object)watched)._announce = announce;
        return watched;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _announce(targetMethod!.Name);
        try
        {
            return targetMethod.Invoke(_actor, args);
        }
        catch (TargetInvocationException fault)
        {
            ExceptionDispatchInfo.Throw(fault.InnerException!);
            throw;
        }
    }
}
