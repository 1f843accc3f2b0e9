using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Core.Tests.Fakes;
using OrleansScheduler.Errors;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Background;

public sealed class BackgroundWriterTests
{
    private readonly FakeTime _clock = new();
    private readonly Turns _turns = new();
    private readonly List<string> _written = [];
    private readonly List<BackgroundFailure> _failing = [];
    private readonly List<BackgroundRequest> _recovered = [];
    private readonly BackgroundWriter<string> _writer;
    private readonly DateTimeOffset _start;
    private Func<Task> _storage = () => Task.CompletedTask;
    private long _generation;

    public BackgroundWriterTests()
    {
        _start = _clock.GetUtcNow();
        _writer = new BackgroundWriter<string>(_clock, StartTimer, WriteAsync, _failing.Add, _recovered.Add);
    }

    [Fact]
    public void A_request_is_written_when_it_has_been_quiet()
    {
        Request("one");

        Advance(249);
        Assert.Empty(_written);
        Advance(1);

        Assert.Equal(["250 one"], _written);
        Assert.Empty(_writer.Unsaved);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public void A_thousand_changes_a_second_become_a_write_every_two_seconds_of_the_newest()
    {
        for (int i = 1; i <= 10_000; i++)
        {
            Request($"s{i}");
            Advance(1);
        }

        Assert.InRange(_written.Count, 4, 5);
        Assert.Equal("2000 s2000", _written[0]);
    }

    [Fact]
    public void An_older_generation_changes_nothing_and_keys_are_written_apart()
    {
        _turns.Run(() => _writer.Request(new BackgroundRequest("test", "calendar", "a", 5), "a5"));
        _turns.Run(() => _writer.Request(new BackgroundRequest("test", "calendar", "a", 4), "a4"));
        _turns.Run(() => _writer.Request(new BackgroundRequest("test", "calendar", "b", 1), "b1"));

        Advance(250);

        Assert.Equal(["250 a5", "250 b1"], _written);
    }

    [Fact]
    public void A_change_during_a_write_is_written_after_it_and_never_beside_it()
    {
        var hold = new TaskCompletionSource();
        _storage = () => hold.Task;
        Request("one");
        Advance(250);
        Request("two");
        Advance(5_000);
        Assert.Equal(["250 one"], _written);

        _storage = () => Task.CompletedTask;
        _turns.Run(hold.SetResult);
        Advance(0);

        Assert.Equal(["250 one", "5250 two"], _written);
    }

    [Fact]
    public void Saving_now_completes_when_what_was_requested_is_written()
    {
        var hold = new TaskCompletionSource();
        _storage = () => hold.Task;
        Request("one");

        Task saved = _turns.Run(() => _writer.SaveNowAsync(CancellationToken.None));
        Assert.Equal(["0 one"], _written);
        Assert.False(saved.IsCompleted);
        _turns.Run(hold.SetResult);

        Assert.True(saved.IsCompletedSuccessfully);
        Assert.True(_turns.Run(() => _writer.SaveNowAsync(CancellationToken.None)).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_failure_stays_visible_is_retried_with_growing_pauses_and_ends_with_recovery()
    {
        _storage = () => throw new StorageException(ErrorCodes.StorageFull, "full");
        Request("one");
        Advance(250);
        Request("two");
        Advance(6_750);

        Assert.Equal(["250 one", "1250 two", "3250 two"], _written);
        BackgroundFailure failure = Assert.Single(_writer.Unsaved);
        Assert.Equal(
            new BackgroundFailure("calendar", "a", ErrorCodes.StorageFull, "full", false, TimeSpan.FromSeconds(7), 3), failure);
        Request("three");
        Assert.True(Assert.Single(_writer.Unsaved).HasNewerChanges);
        Assert.Equal(
            [(1, false), (1, true), (2, false), (3, false), (3, true)], _failing.Select(failure => (failure.Attempts, failure.HasNewerChanges)));

        _storage = () => Task.CompletedTask;
        Advance(250);

        Assert.Equal("7250 three", _written[^1]);
        Assert.Single(_recovered);
        Assert.Empty(_writer.Unsaved);
    }

    [Fact]
    public void Saving_now_lasts_through_failures_until_its_caller_gives_up()
    {
        using var cancellation = new CancellationTokenSource();
        _storage = () => throw new StorageException(ErrorCodes.StorageFailed, "broken");
        Request("one");
        Task patient = _turns.Run(() => _writer.SaveNowAsync(CancellationToken.None));
        Task impatient = _turns.Run(() => _writer.SaveNowAsync(cancellation.Token));

        _turns.Run(cancellation.Cancel);
        _storage = () => Task.CompletedTask;
        Advance(4_000);

        Assert.True(impatient.IsCanceled);
        Assert.True(patient.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Stopping_writes_the_newest_and_names_what_it_could_not_write_in_time()
    {
        _storage = () => throw new StorageException(ErrorCodes.StorageFailed, "broken");
        Request("one");
        Task save = _turns.Run(() => _writer.SaveNowAsync(CancellationToken.None));
        var stop = _turns.Run(_writer.StopAsync);
        Assert.Throws<SchedulerException>(() => Request("late"));

        Advance(7_999);
        Assert.False(stop.IsCompleted);
        Advance(1);

        Assert.True(stop.IsCompleted);
        Assert.True(save.IsFaulted);
        Assert.Equal("calendar", Assert.Single(await stop).Target);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public async Task Stopping_with_working_storage_leaves_nothing()
    {
        Request("one");

        var stop = _turns.Run(_writer.StopAsync);

        Assert.Empty(await stop);
        Assert.Equal(["0 one"], _written);
    }

    [Fact]
    public void A_clock_that_is_set_back_delays_nothing()
    {
        _storage = () => throw new StorageException(ErrorCodes.StorageFailed, "broken");
        Request("one");
        Advance(250);
        _storage = () => Task.CompletedTask;

        _clock.ShiftWallClock(TimeSpan.FromHours(-1));
        Assert.Equal(TimeSpan.FromMilliseconds(250), Assert.Single(_writer.Unsaved).UnsavedFor);
        Advance(1_000);

        Assert.Equal(2, _written.Count);
        Assert.Empty(_writer.Unsaved);
    }

    private void Request(string snapshot) =>
        _turns.Run(() => _writer.Request(new BackgroundRequest("test", "calendar", "a", ++_generation), snapshot));

    private void Advance(int milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private Task WriteAsync(BackgroundRequest request, string snapshot)
    {
        _written.Add($"{(_clock.GetUtcNow() - _start).TotalMilliseconds} {snapshot}");
        return _storage();
    }

    private ITimer StartTimer(TimeSpan due, Func<Task> turn) =>
        _clock.CreateTimer(_ => _turns.Run(() => turn()), null, due, Timeout.InfiniteTimeSpan);
}
