using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Spaces;

/// <summary>Is called for a step that may differ, with what may differ below it.</summary>
internal delegate void Visitor<TState>(ref TState state, PathStep step, Touch below);
