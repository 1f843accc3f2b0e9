using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

public sealed class CommitDecisionTests
{
    private readonly PureSpace _space = new();

    [Fact]
    public void A_repeated_commit_is_answered_with_its_first_receipt()
    {
        var first = _space.Commit(Request(1, PureSpace.Set("doc", "1")));
        _space.Commit(Request(2, PureSpace.Set("doc", "2")));

        var repeated = CommitDecision.Decide(_space.State, Request(1, PureSpace.Set("doc", "1")), _space.Now);

        Assert.Equal(new CommitDecision.Repeated(first), repeated);
        Assert.Equal(JsonValue.Parse("2"), _space.Value("doc"));
    }

    [Fact]
    public void A_repeated_commit_is_not_checked_against_the_present()
    {
        _space.Commit(PureSpace.Set("doc", "1"));
        var request = Request(1, PureSpace.Set("doc", "2")) with { Reads = [_space.Read("doc")] };
        var first = _space.Commit(request);

        var repeated = _space.Commit(request);

        Assert.Equal(first, repeated);
    }

    [Fact]
    public void Another_payload_under_the_same_number_is_refused()
    {
        _space.Commit(Request(1, PureSpace.Set("doc", "1")));

        Refused(ErrorCodes.SessionReused, Request(1, PureSpace.Set("doc", "2")));
        Refused(ErrorCodes.SessionReused, Request(1, PureSpace.Set("doc", "1")) with { Reads = [_space.Read("doc")] });
        Refused(ErrorCodes.SessionReused, Request(1, PureSpace.Set("doc", "1"), PureSpace.Set("doc", "1")));
    }

    [Fact]
    public void One_number_of_two_sessions_is_two_commits()
    {
        _space.Commit(Request(1, PureSpace.Set("doc", "1")));

        var other = _space.Commit(Request(1, PureSpace.Set("doc", "2")) with { Session = "other" });

        Assert.Equal(new CommitReceipt(2, true, 0), other);
    }

    [Fact]
    public void Of_a_session_the_last_commits_are_remembered()
    {
        for (int number = 1; number <= SessionTable.ReceiptsMax + 1; number++)
        {
            _space.Commit(Request(number, PureSpace.Set("doc", $"{number}")));
        }

        var second = _space.Commit(Request(2, PureSpace.Set("doc", "2")));

        Assert.Equal(2, second.Sequence);
        Refused(ErrorCodes.ReceiptExpired, Request(1, PureSpace.Set("doc", "1")));
    }

    [Fact]
    public void A_number_that_a_full_session_could_not_remember_is_refused_at_once()
    {
        for (int number = 1_000; number < 1_000 + SessionTable.ReceiptsMax; number++)
        {
            _space.Commit(Request(number, PureSpace.Set("doc", $"{number}")));
        }

        Refused(ErrorCodes.ReceiptExpired, Request(999, PureSpace.Set("doc", "0")));
        Assert.Equal(SessionTable.ReceiptsMax + 1, _space.Commit(Request(2_000, PureSpace.Set("doc", "2000"))).Sequence);
    }

    [Fact]
    public void Numbers_of_a_session_may_come_in_any_order_and_with_gaps()
    {
        _space.Commit(Request(7, PureSpace.Set("doc", "7")));

        var earlier = _space.Commit(Request(3, PureSpace.Set("doc", "3")));

        Assert.Equal(new CommitReceipt(2, true, 0), earlier);
    }

    [Fact]
    public void A_confirmed_read_that_is_no_longer_current_refuses_the_commit()
    {
        _space.Commit(PureSpace.Set("doc", """{"a": 1, "b": 1}"""));
        var read = _space.Read("doc/a");
        _space.Commit(PureSpace.Set("doc/a", "2"));

        var refusal = Refused(ErrorCodes.ReadConflict, Request(1, PureSpace.Set("doc/b", "2")) with { Reads = [_space.Read("doc/b"), read] });

        Assert.Equal(("doc/a", "2"), (refusal.Details["address"], refusal.Details["sequence"]));
    }

    [Fact]
    public void A_confirmed_read_whose_value_came_back_is_current()
    {
        _space.Commit(PureSpace.Set("doc", "1"));
        var read = _space.Read("doc");
        _space.Commit(PureSpace.Set("doc", "2"));
        _space.Commit(PureSpace.Set("doc", "1"));

        var receipt = _space.Commit(Request(1, PureSpace.Set("other", "1")) with { Reads = [read] });

        Assert.Equal(4, receipt.Sequence);
    }

    [Fact]
    public void A_confirmed_read_of_nothing_refuses_the_commit_once_something_is_there()
    {
        var read = _space.Read("doc/a");
        _space.Commit(PureSpace.Set("doc", "{}"));
        _space.Commit(Request(1, PureSpace.Set("other", "1")) with { Reads = [read] });

        _space.Commit(PureSpace.Set("doc/a", "null"));

        Refused(ErrorCodes.ReadConflict, Request(2, PureSpace.Set("other", "2")) with { Reads = [read] });
    }

    [Fact]
    public void A_commit_that_changes_nothing_has_no_sequence_of_its_own_and_marks_nobody()
    {
        _space.Commit(PureSpace.Set("doc", """{"a": 1}"""));
        var reader = _space.Effect("reader", "");
        _space.Run(reader, "doc");

        var receipt = _space.Commit(PureSpace.Set("doc/a", "1.0"), PureSpace.Remove("absent"));

        Assert.Equal(new CommitReceipt(1, false, 0), receipt);
        Assert.False(reader.IsDirty);
        Assert.Equal(1, _space.State.History.Count);
    }

    [Fact]
    public void The_receipt_counts_the_actions_that_got_a_cause()
    {
        _space.Commit(PureSpace.Set("doc", """{"a": 1, "b": 1}"""));
        _space.Run(_space.Effect("both", ""), "doc/a doc");
        _space.Run(_space.Effect("other", ""), "doc/b");

        var receipt = _space.Commit(PureSpace.Set("doc/a", "2"));

        Assert.Equal(new CommitReceipt(2, true, 1), receipt);
    }

    [Fact]
    public void Too_much_at_once_is_refused()
    {
        var set = PureSpace.Set("doc", "1");
        var read = _space.Read("doc");

        Refused(ErrorCodes.CommitTooLarge, Request(1, [.. Enumerable.Repeat(set, OperationRules.OperationsMax + 1)]));
        Refused(ErrorCodes.CommitTooLarge, Request(1, set) with { Reads = [.. Enumerable.Repeat(read, CommitDecision.ReadsMax + 1)] });
        Assert.Equal(1, _space.Commit(Request(1, [.. Enumerable.Repeat(set, OperationRules.OperationsMax)])).Sequence);
    }

    [Fact]
    public void Requests_that_make_no_sense_are_refused_by_field()
    {
        var fine = Request(1, PureSpace.Set("doc", "1"));

        Assert.Equal("session", Refused(ErrorCodes.RequestInvalid, fine with { Session = "" }).Details["field"]);
        Assert.Equal("session", Refused(ErrorCodes.RequestInvalid, fine with { Session = new string('s', 201) }).Details["field"]);
        Assert.Equal("local_sequence", Refused(ErrorCodes.RequestInvalid, fine with { LocalSequence = 0 }).Details["field"]);
        Assert.Equal("operations", Refused(ErrorCodes.RequestInvalid, fine with { Operations = [] }).Details["field"]);
        Assert.Equal("operations", Refused(ErrorCodes.RequestInvalid, fine with { Operations = default }).Details["field"]);
        Assert.Equal("reads", Refused(ErrorCodes.RequestInvalid, fine with { Reads = default }).Details["field"]);
        Assert.Equal(
            "operations[1].address",
            Refused(ErrorCodes.RequestInvalid, Request(1, PureSpace.Set("doc", "1"), PureSpace.Set("", "{}"))).Details["field"]);
        Assert.Equal("operations[0].address", Refused(ErrorCodes.RequestInvalid, Request(1, PureSpace.Remove(""))).Details["field"]);
    }

    [Fact]
    public void More_sessions_than_a_space_remembers_are_refused_until_one_has_been_silent_for_long()
    {
        for (int session = 0; session < SessionTable.SessionsMax; session++)
        {
            _space.Commit(Request(1, PureSpace.Set("doc", $"{session}")) with { Session = $"s{session}" });
        }

        var fresh = Request(1, PureSpace.Set("doc", "-1")) with { Session = "fresh" };
        Refused(ErrorCodes.TooManySessions, fresh);
        _space.Now += SessionTable.KeptFor + TimeSpan.FromHours(1);

        Assert.True(_space.Commit(fresh).Changed);
        Assert.InRange(_space.State.Sessions.Count, 1, SessionTable.SessionsMax);
    }

    [Fact]
    public void A_refused_commit_leaves_nothing()
    {
        _space.Commit(PureSpace.Set("doc", "1"));

        Refused(ErrorCodes.PathConflict, Request(1, PureSpace.Set("other", "1"), PureSpace.Set("doc/a", "1")));

        Assert.Null(_space.Value("other"));
        Assert.Equal(2, _space.Commit(Request(1, PureSpace.Set("other", "2"))).Sequence);
    }

    [Fact]
    public void The_history_says_who_changed_what()
    {
        _space.Commit(Request(5, [.. Enumerable.Range(0, 25).Select(number => PureSpace.Set($"doc/k{number}", "1"))]));

        Assert.True(_space.State.History.TryGet(1, out CommitRecord? record));

        Assert.Equal(("session session", 5, 0, 25), (record.By, record.Number, record.Depth, record.AddressesTotal));
        Assert.Equal(CommitHistory.AddressesKept, record.Addresses.Length);
        Assert.Equal(_space.Now, record.CommittedAt);
    }

    private static CommitRequest Request(long number, params Operation[] operations) => new("session", number, [], [.. operations]);

    private SchedulerException Refused(string code, CommitRequest request)
    {
        long before = _space.State.Tree.Sequence;
        var refusal = Assert.ThrowsAny<SchedulerException>(() => _space.Commit(request));
        Assert.Equal(code, refusal.Code);
        Assert.Equal(before, _space.State.Tree.Sequence);
        return refusal;
    }
}
