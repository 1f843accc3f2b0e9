using System.Text.Json;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Shows archives.</summary>
internal static class ArchiveView
{
    /// <summary>Shows what an archive holds.</summary>
    public static void Show(Session session, ArchiveSummary summary)
    {
        if (session.Json)
        {
            session.Print(JsonSerializer.Serialize(summary, ContractJson.Options));
            return;
        }

        session.Screen.Facts(
            ("state of", Words.Of(summary.Header.At)),
            ("engine", $"{summary.Header.Engine} {summary.Header.Product}"),
            ("format", Words.Of(summary.Header.Format)),
            ("epoch", Words.Of(summary.Header.Epoch)),
            ("incarnation", Words.Of(summary.Header.Incarnation)),
            ("actors", Words.Of(summary.Totals.Actors)),
            ("pages", Words.Of(summary.Totals.Pages)),
            ("entries", Words.Of(summary.Totals.Entries)),
            ("states", Words.Of(summary.Totals.States)),
            ("wake-ups", Words.Of(summary.Totals.Wakeups)),
            ("bytes", Words.Of(summary.Bytes)),
            ("sha256", summary.Hash));
        var kinds = new TextTable("kind", "actors");
        foreach (var (kind, count) in summary.Kinds)
        {
            kinds.Add(kind, Words.Of(count));
        }

        session.Screen.Table(kinds);
        Tell(session, summary);
    }

    /// <summary>Says beside the output that an archive is whole, and what it leaves out.</summary>
    public static void Tell(Session session, ArchiveSummary summary)
    {
        foreach (var damage in summary.Totals.Damaged)
        {
            session.Tell($"left out: {damage.Actor}, {damage.Row}: {damage.Reason}");
        }

        session.Tell($"The archive is whole: {Words.Of(summary.Totals.Actors)} actors, {Words.Of(summary.Totals.Entries)} entries, {Words.Of(summary.Bytes)} bytes.");
    }
}
