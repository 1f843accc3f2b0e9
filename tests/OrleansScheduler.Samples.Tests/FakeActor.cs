using System.Reflection;

namespace OrleansScheduler.Samples.Tests;

/// <summary>An actor of any contract; a function answers its calls. Public and open because the runtime derives from it.</summary>
public class FakeActor : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = (_, _) => null;

    public static TActor Of<TActor>(Func<MethodInfo, object?[], object?> answer)
        where TActor : class
    {
        var actor = Create<TActor, FakeActor>();
        ((FakeActor)(object)actor)._answer = answer;
        return actor;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
