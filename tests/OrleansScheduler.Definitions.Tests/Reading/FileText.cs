using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Definitions.Reading;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Reading;

/// <summary>Short ways to read a file.</summary>
internal static class FileText
{
    public static DefinitionFile Read(string text, string name = "f.yaml")
    {
        var reading = DefinitionReader.Read(text, name, "acme");
        Assert.Empty(reading.Faults);
        return reading.File!;
    }

    public static string[] Faults(string text, string name = "f.yaml")
    {
        var reading = DefinitionReader.Read(text, name, "acme");
        Assert.Null(reading.File);
        return [.. reading.Faults.Select(fault => fault.ToString()[(name.Length + 1)..])];
    }

    public static string Fault(string text, string name = "f.yaml") => Assert.Single(Faults(text, name));

    public static Trigger Trigger(this DefinitionFile file, string schedule) =>
        file.Schedules.Single(defined => defined.Schedule.Name == schedule).Definition.Trigger;
}
