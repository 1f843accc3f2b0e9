using OrleansScheduler.Documents;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

/// <summary>Compares whole spaces, and names the documents that differ.</summary>
public static class SameDocuments
{
    /// <summary>Fails when a document is missing, too many or different; shows the first ten of them.</summary>
    public static void Verify(IReadOnlyDictionary<string, JsonValue> expected, IReadOnlyDictionary<string, JsonValue> actual)
    {
        var differences = expected.Keys.Union(actual.Keys)
            .Where(id => !JsonValue.Same(expected.GetValueOrDefault(id), actual.GetValueOrDefault(id)))
            .Order(StringComparer.Ordinal)
            .Take(10)
            .Select(id => $"{id}: expected {TextOf(expected, id)}, found {TextOf(actual, id)}");

        Assert.Empty(differences);
    }

    private static string TextOf(IReadOnlyDictionary<string, JsonValue> documents, string id) =>
        documents.TryGetValue(id, out var document) ? document.ToString() : "nothing";
}
