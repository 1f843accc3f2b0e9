using System.Text.Json;

namespace OrleansScheduler.Web.Requests;

/// <summary>Names of enumerations as the API writes them.</summary>
internal static class EnumText
{
    /// <summary>The name in snake_case.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
