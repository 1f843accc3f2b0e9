namespace OrleansScheduler.Testing;

/// <summary>Work whose text stands in the trace of a <see cref="SeededScheduler"/>.</summary>
public interface ITracedWork : IThreadPoolWorkItem;
