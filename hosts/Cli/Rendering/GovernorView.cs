using OrleansScheduler.Governing;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Shows the governor.</summary>
internal static class GovernorView
{
    public static void Show(Screen screen, GovernorSnapshot snapshot)
    {
        screen.Facts(
            ("slots", $"{Words.Of(snapshot.Leases.Length)} of {Words.Of(snapshot.Settings.Cap)} in use"),
            ("groups", string.Join(", ", snapshot.Settings.Groups.Select(group => $"{group.Key}={Words.Of(group.Value)}"))),
            ("waiting", Words.Of(snapshot.Waiting)),
            ("granted", Words.Of(snapshot.Granted)),
            ("expired", Words.Of(snapshot.Expired)));
        var table = new TextTable("run", "group", "since", "until at most", "process");
        foreach (var lease in snapshot.Leases)
        {
            table.Add(lease.Run.ToString(), lease.Group ?? "-", Words.Of(lease.GrantedAt), Words.Of(lease.ExpiresAt), lease.Process);
        }

        screen.Table(table);
    }
}
