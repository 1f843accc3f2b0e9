using System.Collections.Immutable;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>What an operation is: for people, for client generators, and for the check of its query values.</summary>
/// <param name="Id">Its name in snake_case; no other operation has it.</param>
/// <param name="Summary">What it does, in a sentence.</param>
internal sealed record OperationDoc(string Id, string Summary)
{
    private const string Json = "application/json";

    /// <summary>What more there is to know; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Its query values and headers.</summary>
    public ImmutableArray<ParameterDoc> Parameters { get; init; } = [];

    /// <summary>Its body; null for none.</summary>
    public BodyDoc? Body { get; init; }

    /// <summary>Its answers.</summary>
    public ImmutableArray<AnswerDoc> Answers { get; init; } = [];

    /// <summary>Its failures besides those that every operation can have, by status and code.</summary>
    public ImmutableArray<(int Status, string Code)> Failures { get; init; } = [];

    /// <summary>Whether only an administrator may ask for it.</summary>
    public bool ForAdministrator { get; init; }

    /// <summary>Whether the last part of its address may hold an escaped slash.</summary>
    public bool LastMayHaveSlash { get; init; }

    /// <summary>False for what answers also when everything else is refused: it has no problems to tell.</summary>
    public bool HasProblems { get; init; } = true;

    /// <summary>The same with more to know.</summary>
    public OperationDoc Notes(string description) => this with { Description = description };

    /// <summary>The same with these query values and headers.</summary>
    public OperationDoc Asks(params ReadOnlySpan<ParameterDoc> parameters) => this with { Parameters = [.. Parameters, .. parameters] };

    /// <summary>The same with a JSON body.</summary>
    public OperationDoc Takes<T>(bool required = true) => this with { Body = new BodyDoc(typeof(T), [Json], required) };

    /// <summary>The same with a body of text or of another type.</summary>
    public OperationDoc Takes(BodyDoc body) => this with { Body = body };

    /// <summary>The same with an answer.</summary>
    public OperationDoc Gives<T>(string description, int status = 200, bool tag = false) =>
        Gives(new AnswerDoc(status, description, typeof(T), HasTag: tag));

    /// <summary>The same with an answer that has no body.</summary>
    public OperationDoc GivesNothing(string description, int status = 204) => Gives(new AnswerDoc(status, description, null));

    /// <summary>The same with an answer.</summary>
    public OperationDoc Gives(AnswerDoc answer) => this with { Answers = [.. Answers, answer] };

    /// <summary>The same with failures of these codes.</summary>
    public OperationDoc Fails(params IEnumerable<string> codes) =>
        this with { Failures = [.. Failures, .. codes.Select(code => (ErrorTable.Of(code).Status, code))] };

    /// <summary>The same with a failure under a status that its code has only here.</summary>
    public OperationDoc FailsWith(int status, string code) => this with { Failures = [.. Failures, (status, code)] };

    /// <summary>The same for administrators only.</summary>
    public OperationDoc NeedsAdministrator() => (this with { ForAdministrator = true })
        .FailsWith(401, ErrorCodes.AdministratorNeeded).Fails(ErrorCodes.AdministratorNeeded);
}
