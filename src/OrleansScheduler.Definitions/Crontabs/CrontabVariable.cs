namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>A variable that a crontab sets for the lines after it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value without the quotes around it; nothing in it is expanded.</param>
/// <param name="Line">From 1.</param>
/// <param name="Effect">What becomes of it here, in whole sentences.</param>
public sealed record CrontabVariable(string Name, string Value, int Line, string Effect);
