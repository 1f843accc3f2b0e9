using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Engine;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Samples.Tests;

/// <summary>A directory whose actors note their calls. A space registers everything; a schedule answers as the test says.</summary>
internal sealed class RecordingDirectory(Func<Task<ScheduleDetail>> create) : IActorDirectory
{
    public List<ActorCall> Calls { get; } = [];

    public TActor Get<TActor>(string key)
        where TActor : class => FakeActor.Of<TActor>((method, arguments) =>
        {
            Calls.Add(new ActorCall(key, method.Name, arguments));
            return method.Name switch
            {
                nameof(ISpace.RegisterAsync) => Task.FromResult(ImmutableArray<RegisteredAction>.Empty),
                nameof(ISchedule.CreateAsync) => create(),
                _ => throw new NotSupportedException(method.Name),
            };
        });
}
