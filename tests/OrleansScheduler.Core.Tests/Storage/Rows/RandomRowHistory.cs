using System.Collections.Immutable;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>A random history of one journal: activations come, fail and go on as zombies while others have taken over.</summary>
/// <remarks>What storage may hold is known at every moment: what was acknowledged, and appends whose answers were lost.</remarks>
internal sealed class RandomRowHistory
{
    private readonly Random _random;
    private readonly FaultyRows _rows = new();
    private readonly List<NumberActor> _actors = [];
    private readonly List<ImmutableArray<int>> _late = [];
    private HashSet<ImmutableArray<int>> _possible = new(Sequences.Instance) { ImmutableArray<int>.Empty };
    private int _number;
    private bool _mayArriveLate;

    private RandomRowHistory(Random random) => _random = random;

    public static async Task RunAsync(Random random)
    {
        var history = new RandomRowHistory(random);
        await history.LoadAsync();
        int steps = random.Next(5, 40);
        for (int step = 0; step < steps; step++)
        {
            await history.StepAsync();
        }

        history._rows.Decide(null);
        await history.LoadAsync();
        await history.AppendAsync(history._actors[^1]);
        await history.LoadAsync();
    }

    private Task StepAsync()
    {
        NumberActor actor = _random.Next(4) > 0 ? _actors[^1] : _actors[_random.Next(_actors.Count)];
        int faultsPercent = _random.Next(3) switch { 0 => 0, 1 => 3, _ => 15 };
        _rows.Decide((_, _) => _random.Next(100) >= faultsPercent
            ? RowFault.None
            : _random.Next(3) switch { 0 => RowFault.Before, 1 => RowFault.After, _ => Late() });
        switch (_random.Next(10))
        {
            case 0:
                return LoadAsync();
            case 1:
                _rows.LandLate();
                _mayArriveLate = false;
                return Task.CompletedTask;
            case 2 or 3 or 4:
                return TryAsync(actor.SnapshotAsync);
            default:
                return AppendAsync(actor);
        }
    }

    private RowFault Late()
    {
        _mayArriveLate = true;
        return RowFault.Late;
    }

    private async Task LoadAsync()
    {
        var actor = new NumberActor(_rows, _random);
        ImmutableArray<int> longest = _possible.MaxBy(numbers => numbers.Length);
        ImmutableArray<int> found = [];
        if (!await TryAsync(async () => found = await actor.LoadAsync(longest)))
        {
            return;
        }

        Assert.True(_possible.Contains(found), $"found {string.Join(' ', found)}");

        // What may still arrive stays possible; nothing else does.
        _possible = new HashSet<ImmutableArray<int>>([found], Sequences.Instance);
        _possible.UnionWith(_late.Where(late => _mayArriveLate && late.Length > found.Length && late.AsSpan().StartsWith(found.AsSpan())));
        _actors.Add(actor);
    }

    private async Task AppendAsync(NumberActor actor)
    {
        int[] numbers = [.. Enumerable.Range(_number + 1, _random.Next(1, 4))];
        _number += numbers.Length;
        ImmutableArray<int> before = [.. actor.Known];
        ImmutableArray<int> after = before.AddRange(numbers);
        StorageException? failure = await FailureAsync(() => actor.AppendAsync(numbers));
        if (failure is null)
        {
            Assert.True(_possible.Contains(before), "a zombie was acknowledged");
            _possible = new HashSet<ImmutableArray<int>>([after], Sequences.Instance);
            _late.Clear();
            return;
        }

        if (failure.Code != ErrorCodes.JournalConflict && _possible.Contains(before))
        {
            _possible.Add(after);
            _late.Add(after);
        }
    }

    private static async Task<bool> TryAsync(Func<Task> act) => await FailureAsync(act) is null;

    private static async Task<StorageException?> FailureAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (StorageException failure)
        {
            return failure;
        }
    }

    private sealed class Sequences : IEqualityComparer<ImmutableArray<int>>
    {
        public static Sequences Instance { get; } = new();

        public bool Equals(ImmutableArray<int> x, ImmutableArray<int> y) => x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode(ImmutableArray<int> obj) => obj.IsEmpty ? 0 : HashCode.Combine(obj.Length, obj[^1]);
    }
}
