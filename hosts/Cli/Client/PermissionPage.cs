using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansScheduler.Permissions;

namespace OrleansScheduler.Cli.Client;

/// <summary>What administrators have allowed.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record PermissionPage(ImmutableArray<Permission> Permissions);
