using System.Globalization;
using OrleansScheduler.Definitions.Crontabs;
using OrleansScheduler.Documents;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Crontabs;

public sealed class CrontabFilesTests
{
    private const string Redirected = "Its redirections are part of the command; the shell performs them, so what they catch is not in the log of the run.";
    private const string Escaped = "Each '\\%' became a '%', as cron does it.";

    [Fact]
    public void The_file_of_a_container_is_imported()
    {
        var reading = Read("container-app.crontab", CrontabFormat.User);

        Assert.Equal(
            [
                "4 | container-bash-startup-sh-1e3401 | start | At each start of the deployment | | d2ed0525f356f6258e0718b040ff8dbc",
                "6 | container-python-applicant-update-resumes-43bdb8 | 7 */4 * * * | At 00:07, 04:07, 08:07, 12:07, 16:07 and 20:07, every day (UTC) | 02T12:07 02T16:07 02T20:07 03T00:07 03T04:07 | 0b7e99d841ceecffc5f2bbd9dd4d739b",
                "8 | container-python-applicant-apply-113-947233 | 0 8-21 * * * | Every hour from 08:00 to 21:00 (UTC) | 02T11:00 02T12:00 02T13:00 02T14:00 02T15:00 | 25726edb2d30511b475fad60689d4c09",
                "9 | container-python-applicant-clear-negotiations-ad7a7c | 45 * * * * | At minute 45 of every hour (UTC) | 02T10:45 02T11:45 02T12:45 02T13:45 02T14:45 | 5fb68c9b4d6032923e53f31bc07a8b8c",
                "13 | container-python-applicant-refresh-token-4c6f3d | */1 * * * * | Every minute (UTC) | 02T10:18 02T10:19 02T10:20 02T10:21 02T10:22 | 1b71ea20e9db5e339465f4ee268cdf61",
            ],
            reading.Entries.Select(Row));
        Assert.Equal("Line 4 settles it: its word '/bin/bash' behind the times cannot be the name of a user.", reading.FormatReason);
        Assert.Equal(["PATH", "SHELL"], reading.Variables.Select(variable => variable.Name));
        Assert.Equal(
            """/bin/bash -c 'sleep $((60 + RANDOM % 241))' && /usr/local/bin/python -u -m applicant update-resumes --id "$RESUME_ID" >> /var/log/cron.log 2>&1""",
            reading.Entries[1].Command);
        Assert.Equal([Escaped, Redirected], reading.Entries[1].Notes);
        Assert.Equal(["It runs at each start of the deployment, not of the machine.", Redirected], reading.Entries[0].Notes);
        Assert.Empty(reading.Entries[4].Notes);
        Assert.Equal(
            """{"clear_environment":true,"command":"/usr/local/bin/python -u -m applicant refresh-token","environment":{"PATH":"/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin","SHELL":"/bin/bash"},"shell":"/bin/bash"}""",
            reading.Entries[4].Payload().ToString());
    }

    [Fact]
    public void The_file_of_a_BSD_system_is_imported()
    {
        var reading = Read("system-bsd.crontab", CrontabFormat.System);

        Assert.Equal(
            [
                "9 | system-atrun-061d94 | */5 * * * * | Every 5 minutes (UTC) | 02T10:20 02T10:25 02T10:30 02T10:35 02T10:40 | 3972193ce0296b0a692815e71ed785fc",
                "12 | system-newsyslog-5b19e8 | 0 * * * * | Every hour (UTC) | 02T11:00 02T12:00 02T13:00 02T14:00 02T15:00 | c631d613953bbf96267bd036eb7d3d62",
                "15 | system-periodic-daily-c2bd15 | 1 3 * * * | At 03:01, every day (UTC) | 03T03:01 04T03:01 05T03:01 06T03:01 07T03:01 | 6c5400283329d3d68a5e5b806382d071",
                "16 | system-periodic-weekly-f0cce8 | 15 4 * * 6 | At 04:15, on Saturday (UTC) | 07T04:15 14T04:15 21T04:15 28T04:15 04T04:15 | 7d56b6f487576d043dc814caddfe0845",
                "17 | system-periodic-monthly-529205 | 30 5 1 * * | At 05:30, on the 1st of the month (UTC) | 01T05:30 01T05:30 01T05:30 01T05:30 01T05:30 | 5c4eceb009650409b893faeeaae52280",
                "22 | system-adjkerntz-20d199 | 1,31 0-5 * * * | At minutes 1 and 31, from 00:00 to 05:59 (UTC) | 03T00:01 03T00:31 03T01:01 03T01:31 03T02:01 | 3f8fda2cb1b162ecbdafd86f0896ab34",
            ],
            reading.Entries.Select(Row));
        Assert.Equal("The heading in line 7 has a column 'who' behind the times.", reading.FormatReason);
        Assert.All(reading.Entries, entry => Assert.Equal("root", entry.User));
        Assert.Equal(
            """{"clear_environment":true,"command":"adjkerntz -a","environment":{"HOME":"/var/log","LOGNAME":"root","PATH":"/etc:/bin:/sbin:/usr/bin:/usr/sbin","SHELL":"/bin/sh","USER":"root"},"shell":"/bin/sh","user":"root","working_directory":"/var/log"}""",
            reading.Entries[5].Payload().ToString());
    }

    [Fact]
    public void The_file_of_a_user_is_imported()
    {
        var reading = Read("user-loaders.crontab", CrontabFormat.User);

        Assert.Equal(
            [
                "7 | user-fbo-nightly-w-attachments-sh-263e90 | 15 6 * * * | At 06:15, every day (UTC) | 03T06:15 04T06:15 05T06:15 06T06:15 07T06:15 | fdcace602fe52cdfbf01139c6e976281",
                "8 | user-grants-nightly-w-attachments-sh-8f9b22 | 16 6 * * * | At 06:16, every day (UTC) | 03T06:16 04T06:16 05T06:16 06T06:16 07T06:16 | 7efbef0b468641b946e8db78db70c391",
                "9 | user-bids-nightly-sh-4a5e79 | 17 6 * * * | At 06:17, every day (UTC) | 03T06:17 04T06:17 05T06:17 06T06:17 07T06:17 | e82eb9240ca61798b5c6fa27814469a7",
                "10 | user-dodsbir-nightly-sh-5bcd1c | 20 6 * * * | At 06:20, every day (UTC) | 03T06:20 04T06:20 05T06:20 06T06:20 07T06:20 | b63168d9c37702bf2643b6066ec57f18",
            ],
            reading.Entries.Select(Row));
        Assert.Equal("The heading in line 6 has the command directly behind the times.", reading.FormatReason);
        Assert.Equal(
            [("SHELL", 1), ("MAILTO", 2), ("FBOPEN_ROOT", 3), ("PATH", 4)], reading.Variables.Select(variable => (variable.Name, variable.Line)));
        Assert.Equal("Nothing is mailed: what a command prints is kept in the log of its run.", reading.Variables[1].Effect);
        Assert.Equal("/home/fbopen/fbopen", reading.Entries[0].Environment()["FBOPEN_ROOT"]!.AsText());
        Assert.Equal([Redirected, "cron would mail what it prints to fbopen; here that is kept in the log of its run."], reading.Entries[0].Notes);
    }

    private static CrontabReading Read(string file, CrontabFormat expected)
    {
        var reading = CrontabReader.Read(TestFile.Read(file), Crontab.Options with { FileName = file, Name = file[..file.IndexOf('-')] });
        Assert.Equal(expected, reading.Format);
        Assert.Empty(reading.Refusals);
        return reading;
    }

    private static string Row(CrontabEntry entry)
    {
        string times = entry.Definition.Trigger is CronTrigger { Zone: "UTC", DayMatch: DayMatch.Either } cron ? cron.Expression : "start";
        string next = string.Concat(entry.Next.Select(next => next.ToString("dd'T'HH:mm ", CultureInfo.InvariantCulture)));
        return $"{entry.Line} | {entry.Schedule} | {times} | {entry.Description} | {next}| {entry.CommandHash}";
    }
}
