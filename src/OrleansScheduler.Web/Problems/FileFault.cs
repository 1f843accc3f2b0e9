namespace OrleansScheduler.Web.Problems;

/// <summary>A place in a file that does not hold what it should.</summary>
/// <param name="File">The name that the request gave the file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1.</param>
/// <param name="Field">The path of the field, such as <c>schedules.nightly.trigger</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong, and what is expected.</param>
internal sealed record FileFault(string File, int Line, int Column, string Field, string Message);
