namespace OrleansScheduler.Core.Storage;

/// <summary>Which forms of stored rows this process writes. Whatever it writes, it reads all that this version and those before it know.</summary>
/// <remarks>It is a matter of the whole process, so it is a switch of the runtime: whoever embeds the scheduler may set it in his runtimeconfig.json.</remarks>
public static class StoredFormats
{
    /// <summary>The name of the switch; false by default.</summary>
    public const string Switch = "OrleansScheduler.WritesNewestFormats";

    /// <summary>True when rows are written that the release before this one refuses.</summary>
    internal static bool AreNewest => AppContext.TryGetSwitch(Switch, out bool areNewest) && areNewest;

    /// <summary>Writes the newest forms from now on: no process of an earlier release will read this data again. To be called before the start.</summary>
    /// <param name="isWanted">False leaves the switch as it is.</param>
    public static void WriteNewest(bool isWanted)
    {
        if (isWanted)
        {
            AppContext.SetSwitch(Switch, true);
        }
    }
}
