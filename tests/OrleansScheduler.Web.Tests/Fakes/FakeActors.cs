using System.Collections.Concurrent;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Web.Fakes;

/// <summary>All actors of a test: they remember what they were asked, and answer what they were told to.</summary>
public sealed class FakeActors : IActorDirectory
{
    private readonly ConcurrentQueue<ActorCall> _calls = new();
    private readonly ConcurrentDictionary<string, Func<ActorCall, Task<object?>>> _answers = new();

    /// <summary>Every call so far.</summary>
    public IReadOnlyCollection<ActorCall> Calls => _calls;

    /// <summary>The only call so far.</summary>
    public ActorCall Call => Assert.Single(_calls);

    public TActor Get<TActor>(string key)
        where TActor : class => ActorProxy.Create<TActor>(this, key);

    /// <summary>From now on the method brings this; null for a method that brings nothing.</summary>
    public void Answer(string method, object? answer) => _answers[method] = _ => Task.FromResult(answer);

    /// <summary>From now on the method fails with this.</summary>
    public void Fail(string method, Exception fault) => _answers[method] = _ => Task.FromException<object?>(fault);

    /// <summary>From now on the method does this.</summary>
    public void On(string method, Func<ActorCall, Task<object?>> answer) => _answers[method] = answer;

    internal Task<object?> AnswerAsync(ActorCall call)
    {
        _calls.Enqueue(call);
        return _answers.TryGetValue(call.Method, out var answer)
            ? answer(call)
            : Task.FromException<object?>(new InvalidOperationException($"The test has no answer for {call.Method}."));
    }
}
