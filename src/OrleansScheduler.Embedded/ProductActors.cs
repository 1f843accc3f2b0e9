using Microsoft.Extensions.Logging;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Catalogs;
using OrleansScheduler.Core.Clocks;
using OrleansScheduler.Core.Definitions;
using OrleansScheduler.Core.Governing;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.History;
using OrleansScheduler.Core.Permissions;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Core.Settling;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Definitions;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Governing;
using OrleansScheduler.History;
using OrleansScheduler.Permissions;
using OrleansScheduler.Schedules;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Embedded;

/// <summary>Which class stands behind which contract.</summary>
internal static class ProductActors
{
    public static ActorRegistry Register(
        HandlerCatalog handlers, ClockGate gate, string process, BackgroundWatch background, ILoggerFactory loggers, JournalOptions? journals, long epoch)
    {
        ILogger spaces = loggers.CreateLogger("OrleansScheduler.Spaces");
        ILogger settling = loggers.CreateLogger("OrleansScheduler.Settling");
        ILogger schedules = loggers.CreateLogger("OrleansScheduler.Schedules");
        ILogger governing = loggers.CreateLogger("OrleansScheduler.Governing");
        ILogger history = loggers.CreateLogger("OrleansScheduler.History");
        ILogger clocks = loggers.CreateLogger("OrleansScheduler.Clocks");
        return new ActorRegistry()
            .Add<ISpace>(context => new SpaceActor(context, handlers, spaces, journals, () => epoch), wakesAtStart: true)
            .Add<ISettler>(context => new SettlerActor(context, handlers, background, settling))
            .Add<ISchedule>(context => new ScheduleActor(context, handlers, gate, process, schedules, journals), wakesAtStart: true)
            .Add<IClock>(context => new ClockActor(context, gate, clocks, journals))
            .Add<IGovernor>(context => new GovernorActor(context, governing, journals, () => epoch), wakesAtStart: true)
            .Add<IHistory>(context => new HistoryActor(context, history, journals))
            .Add<IPermissions>(context => new PermissionsActor(context, journals))
            .Add<IDefinitionSet>(context => new DefinitionSetActor(context, journals))
            .Add<ICatalog>(context => new CatalogActor(context, journals));
    }
}
