namespace OrleansScheduler.Handlers.Processes;

/// <summary>One process and no other.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="StartTime">On Linux clock ticks from the start of the machine, elsewhere UTC ticks of .NET.</param>
/// <param name="BootId">Which start of the machine; empty where that is not known.</param>
/// <param name="Mark">What its environment carries.</param>
internal sealed record ProcessIdentity(int Pid, long StartTime, string BootId, string Mark);
