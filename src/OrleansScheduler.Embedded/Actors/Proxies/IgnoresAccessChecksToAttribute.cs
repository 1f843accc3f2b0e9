// The runtime knows this attribute by its name and lets an assembly that carries it use the internals of the named one. The
// framework does not declare it.
namespace System.Runtime.CompilerServices;

/// <summary>Lets the assembly of generated references reach internal types.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
