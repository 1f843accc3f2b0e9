using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Governing;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>governor</c>: who may run, and how many at a time.</summary>
internal static class GovernorCommand
{
    private const int CapMax = 10_000;

    public static Command Create(CommandRunner runner)
    {
        var cap = Options.Number("--cap", "How many runs may be under way, 1 to 10,000", 1, CapMax);
        var groups = Options.Pairs("--group", "The cap of a group, such as reports=2; 0 takes it away. May come several times");
        var command = new Command("governor", "Show who holds a slot, and set how many there are") { cap, groups };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            ImmutableArray<(string Name, int Cap)> wanted = [.. (parsed.GetValue(groups) ?? []).Select(GroupOf)];
            var answer = await session.Client.GetGovernorAsync(cancellation);
            if (parsed.GetValue(cap) is not null || wanted.Length > 0)
            {
                var present = answer.Read<GovernorSnapshot>().Settings;
                answer = await session.Client.ConfigureGovernorAsync(Change(present, (int?)parsed.GetValue(cap), wanted), cancellation);
            }

            session.Show<GovernorSnapshot>(answer, snapshot => GovernorView.Show(session.Screen, snapshot));
        }));
        return command;
    }

    private static GovernorSettings Change(GovernorSettings present, int? cap, ImmutableArray<(string Name, int Cap)> groups)
    {
        var caps = present.Groups.ToBuilder();
        foreach (var (name, groupCap) in groups)
        {
            if (groupCap == 0)
            {
                caps.Remove(name);
            }
            else
            {
                caps[name] = groupCap;
            }
        }

        return new GovernorSettings(cap ?? present.Cap, caps.ToImmutable());
    }

    private static (string Name, int Cap) GroupOf(string pair)
    {
        int equals = pair.LastIndexOf('=');
        return int.TryParse(pair.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int cap) && cap <= CapMax
            ? (pair[..equals], cap)
            : throw new CliException(CliCodes.Usage, $"--group {pair}: a cap goes from 1 to {CapMax}, and 0 takes it away.");
    }
}
