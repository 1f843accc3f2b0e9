using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>Makes a failure of an answer that is none of success, whatever its body holds.</summary>
internal static class ProblemReader
{
    private const int FaultsMax = 1_000;

    /// <summary>The failure.</summary>
    public static CliException Read(ServerAnswer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Of(answer, document.RootElement) : Unknown(answer);
        }
        catch (JsonException)
        {
            return Unknown(answer);
        }
    }

    private static CliException Of(ServerAnswer answer, JsonElement problem)
    {
        if (Text(problem, "code") is not { Length: > 0 } code)
        {
            return Unknown(answer);
        }

        return new CliException(code, Text(problem, "detail") ?? Text(problem, "title") ?? "The server gives no reason.")
        {
            Status = answer.Status,
            Details = Details(problem),
            Faults = Faults(problem),
            Answer = answer.Text,
        };
    }

    private static CliException Unknown(ServerAnswer answer) => new(
        CliCodes.ServerFailed,
        string.Create(CultureInfo.InvariantCulture, $"The server answered with status {answer.Status} and no problem document; is it an OrleansScheduler?"))
    {
        Status = answer.Status,
    };

    private static ImmutableSortedDictionary<string, string> Details(JsonElement problem)
    {
        var details = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (problem.TryGetProperty("details", out var named) && named.ValueKind == JsonValueKind.Object)
        {
            foreach (var detail in named.EnumerateObject())
            {
                details[detail.Name] = detail.Value.ToString();
            }
        }

        return details.ToImmutable();
    }

    // The faults are a member of their own; a detail is always text, so there they are JSON within it.
    private static ImmutableArray<DefinitionFault> Faults(JsonElement problem)
    {
        if (problem.TryGetProperty("faults", out var faults))
        {
            return Faults(faults.GetRawText());
        }

        return problem.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object && Text(details, "faults") is { } text
            ? Faults(text)
            : [];
    }

    private static ImmutableArray<DefinitionFault> Faults(string json)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize<DefinitionFault[]>(json, ContractJson.Options) ?? []).OfType<DefinitionFault>().Take(FaultsMax)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
