using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Serialization;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>Reads bodies that are contracts, and says precisely what does not fit.</summary>
internal static class BodyJson
{
    private static readonly JsonSerializerOptions Options = Create();

    /// <summary>The contract that the bytes hold.</summary>
    /// <exception cref="SchedulerException"><c>json_*</c> with the position, <c>request_invalid</c>, <c>path_invalid</c> or
    /// <c>id_invalid</c> with the field.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, int bytesMax)
        where T : class
    {
        // The serializer knows neither byte positions of a whole body nor our limits, so the text is checked on its own first.
        _ = JsonValue.Parse(utf8, new JsonLimits { BytesMax = bytesMax, DepthMax = Options.MaxDepth - 1 });
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, Options) ?? throw Fault.Invalid("body", "The body is null.");
        }
        catch (JsonException fault)
        {
            throw BodyFault.Translate(fault, typeof(T), Options);
        }
        catch (NotSupportedException fault)
        {
            throw BodyFault.TranslateUndiscriminated(fault, typeof(T), Options);
        }
    }

    /// <summary>The array, when none of its elements is null, which the serializer lets pass.</summary>
    /// <param name="items">The array.</param>
    /// <param name="field">Where it is in the body; empty when it is the body.</param>
    /// <exception cref="SchedulerException"><c>request_invalid</c> with the field.</exception>
    public static ImmutableArray<T> WithoutNulls<T>(ImmutableArray<T> items, string field)
        where T : class
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] is null)
            {
                throw Fault.Invalid($"{field}[{i}]", $"{field}[{i}] is null.");
            }
        }

        return items;
    }

    private static JsonSerializerOptions Create()
    {
        // People do not sort their fields, so the one that says of which kind an object is may come anywhere.
        var options = new JsonSerializerOptions(ContractJson.Options) { AllowOutOfOrderMetadataProperties = true };

        // The types' own converters let the failure of their parser pass without the field; these keep both.
        options.Converters.Add(new TextJsonConverter<Address>());
        options.Converters.Add(new TextJsonConverter<JsonPath>());
        options.Converters.Add(new TextJsonConverter<DocumentId>());
        options.Converters.Add(new TextJsonConverter<ContentHash>());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
