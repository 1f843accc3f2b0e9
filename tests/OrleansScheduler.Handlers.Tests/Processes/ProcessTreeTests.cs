using System.Text;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>Which processes belong together, decided on made-up tables.</summary>
public sealed class ProcessTreeTests
{
    private static readonly ProcessIdentity Root = new(100, 50, "boot", "mark");

    [Fact]
    public void Members_are_found_by_mark_by_session_and_by_parent()
    {
        List<int> members = Members(
            known: [(100, 50)],
            marked: [104],
            Process(100, parent: 9, session: 100, start: 50),
            Process(101, parent: 100, session: 100, start: 51),
            Process(102, parent: 101, session: 102, start: 52),
            Process(103, parent: 1, session: 100, start: 53),
            Process(104, parent: 1, session: 104, start: 54),
            Process(105, parent: 104, session: 105, start: 55),
            Process(106, parent: 1, session: 106, start: 56),
            Process(9, parent: 1, session: 9, start: 10));

        Assert.Equal([100, 101, 102, 103, 104, 105], members);
    }

    [Fact]
    public void A_number_that_another_process_got_proves_nothing()
    {
        List<int> members = Members(
            known: [(100, 50)], marked: [], Process(100, parent: 9, session: 100, start: 90), Process(101, parent: 100, session: 100, start: 91));

        Assert.Empty(members);
    }

    [Fact]
    public void A_session_counts_while_a_marked_process_is_in_it()
    {
        List<int> members = Members(
            known: [], marked: [102], Process(102, parent: 1, session: 100, start: 60), Process(103, parent: 1, session: 100, start: 61));

        Assert.Equal([102, 103], members);
    }

    [Fact]
    public void Who_is_older_than_the_root_or_has_ended_or_is_this_process_does_not_belong()
    {
        List<int> members = Members(
            known: [(100, 50)],
            marked: [101, 102, 7],
            Process(100, parent: 9, session: 100, start: 50),
            Process(101, parent: 100, session: 100, start: 49),
            Process(102, parent: 100, session: 100, start: 51) with { State = 'Z' },
            Process(7, parent: 100, session: 100, start: 52));

        Assert.Equal([100], members);
    }

    [Theory]
    [InlineData("12 (a) S 3 4 5", null)]
    [InlineData("12 (a b) (c)) S 3 4 5 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 777 0 0", 777L)]
    public void A_line_of_the_table_is_read_whatever_the_name(string line, long? start)
    {
        ProcessStat? stat = ProcessStat.Parse(Encoding.ASCII.GetBytes(line));

        Assert.Equal(start, stat?.StartTime);
        Assert.True(stat is null or { Pid: 12, State: 'S', ParentPid: 3, Group: 4, Session: 5 });
    }

    [Fact]
    public void A_mark_is_a_whole_variable()
    {
        Assert.True(ProcessMark.IsIn("A=b\0ORLEANSSCHEDULER_PROCESS=m\0C=d\0"u8, "m"));
        Assert.False(ProcessMark.IsIn("A=b\0ORLEANSSCHEDULER_PROCESS=mm\0X=ORLEANSSCHEDULER_PROCESS=m\0"u8, "m"));
        Assert.False(ProcessMark.IsIn([], "m"));
    }

    private static List<int> Members(HashSet<(int Pid, long StartTime)> known, int[] marked, params ProcessStat[] all) =>
        [.. ProcessTree.Members(all, Root, known, ownsSession: false, marked.Contains, self: 7).Select(member => member.Pid)];

    private static ProcessStat Process(int pid, int parent, int session, long start) => new(pid, 'S', parent, session, session, start);
}
