using System.Text.Json.Serialization;
using OrleansScheduler.Clocks;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Clocks;

/// <summary>What happened in a clock shard: a schedule wants attention, or no more.</summary>
internal sealed record ClockEntry(ScheduleId Schedule, Attention Attention);
