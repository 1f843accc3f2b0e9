using OrleansScheduler.Definitions.Yaml;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>Turns a node into the JSON value that it stands for.</summary>
internal static class JsonReading
{
    /// <summary>The value; null, and faults, when JSON has none such.</summary>
    public static JsonValue? Read(FileNode node, string path, FaultList faults)
    {
        switch (node)
        {
            case FileScalar { Value: { } value }:
                return value;
            case FileScalar scalar:
                faults.Add(scalar, path, $"JSON has no number '{Fields.Short(scalar.Text)}'. Write it in quotes if it is meant as a text.");
                return null;
            case FileSequence sequence:
                JsonValue?[] items = [.. sequence.Items.Select((item, index) => Read(item, $"{path}[{index}]", faults))];
                return Array.Exists(items, item => item is null) ? null : JsonArray.FromItems([.. items.Select(item => item!)]);
            default:
                var members = ((FileMapping)node).Members;
                var pairs = members.Select(member => (member.Key, Value: Read(member.Value, FieldPath.Join(path, member.Name), faults))).ToArray();
                foreach (var (key, _) in pairs.Where(pair => pair.Key.Text.Length > JsonLimits.Default.KeyCharsMax))
                {
                    faults.Add(key, path, $"A key has at most {JsonLimits.Default.KeyCharsMax} characters.");
                }

                return pairs.Any(pair => pair.Value is null)
                    ? null
                    : JsonObject.FromPairs(pairs.Select(pair => KeyValuePair.Create(pair.Key.Text, pair.Value!)));
        }
    }
}
