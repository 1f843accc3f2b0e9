namespace OrleansScheduler.Actions;

/// <summary>What went wrong in a run.</summary>
/// <param name="Code">A stable code: one of <see cref="Errors.ErrorCodes"/>, or <c>handler_error</c>.</param>
/// <param name="Message">At most 2,000 characters.</param>
public sealed record RunError(string Code, string Message);
