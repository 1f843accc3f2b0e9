using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>
/// The native library of this process, chosen once. The system's is preferred because it is patched with the system; the bundled
/// one (3.35.5) is for machines without.
/// </summary>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";
    private const string System = "libsqlite3.so.0";
    private const int VersionMin = 3_035_005;

    private static readonly Lazy<string> Chosen = new(Choose);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();

    /// <summary>Makes sure that a library is loaded.</summary>
    /// <returns>Its version.</returns>
    public static string Load() => Chosen.Value;

    private static string Choose()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // Another component of the process has chosen for this assembly; only one choice is possible, and either works.
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Bundled || !OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(System, out var library))
        {
            return 0;
        }

        if (NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var export)
            && Marshal.GetDelegateForFunctionPointer<VersionNumber>(export)() >= VersionMin)
        {
            return library;
        }

        NativeLibrary.Free(library);
        return 0;
    }
}
