namespace OrleansScheduler.Core.Schedules;

/// <summary>What a schedule has told others, through all its lives, and what there is to tell.</summary>
/// <param name="Membership">Grows with each creation and deletion; odd while it exists.</param>
/// <param name="MembershipHeard">The membership that the catalog knows.</param>
/// <param name="AttentionHeard">The attention that the clock knows.</param>
/// <param name="Ended">How many runs have ended.</param>
/// <param name="EndedHeard">How many of them the history knows, in order.</param>
internal sealed record ScheduleDues(long Membership, long MembershipHeard, long AttentionHeard, long Ended, long EndedHeard);
