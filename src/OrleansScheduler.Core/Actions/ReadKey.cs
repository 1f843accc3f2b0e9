using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Actions;

/// <summary>What a read cause and a stored read are identified by.</summary>
internal readonly record struct ReadKey(Address Address, ReadDepth Depth);
