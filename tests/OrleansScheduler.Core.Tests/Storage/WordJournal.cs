using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Tests.Fakes;

namespace OrleansScheduler.Core.Tests.Storage;

/// <summary>A journal of words on a scripted storage, with the turns of its actor.</summary>
internal sealed class WordJournal
{
    public WordJournal(ScriptedJournal storage, JournalOptions? options = null, Func<Words, bool>? isOpen = null, byte format = 1)
    {
        Storage = storage;
        Context = new FakeContext(storage);
        State = new Words { Format = format };
        Journal = new Journal<Words, string>(Context, State, State, isOpen ?? (_ => false), options);
        Loading = Turns.Run(() => Journal.LoadAsync(CancellationToken.None));
    }

    public ScriptedJournal Storage { get; }

    public FakeContext Context { get; }

    public Words State { get; }

    public Journal<Words, string> Journal { get; }

    public Turns Turns { get; } = new();

    public Task Loading { get; }

    /// <summary>Appends within one turn.</summary>
    public Task[] Append(params string[] words) => Turns.Run(() => words.Select(Journal.AppendAsync).ToArray());

    /// <summary>Appends so many words within one turn.</summary>
    public Task[] Append(int count) => Append([.. Enumerable.Range(0, count).Select(number => $"w{number}")]);
}
