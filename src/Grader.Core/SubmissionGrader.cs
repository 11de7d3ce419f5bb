using Grader.Checks;
using Grader.Diagnosis;
using Grader.Hosting;
using Grader.Intake;
using Grader.Launching;
using Grader.Sandboxing;
using Grader.Scoring;

namespace Grader;

/// <summary>Takes one submission all the way: copied, built, started, checked, scored.</summary>
public sealed class SubmissionGrader(GradingOptions options, TimeProvider time)
{
    /// <summary>Ends the grading early; what it finished by then is kept, and has no score.</summary>
    public RunLimit Limit { get; init; } = RunLimit.None;

    /// <summary>Told when a submission begins to wait for a server that sleeps, and when it goes on.</summary>
    public Action<bool>? Rests { get; init; }

    /// <summary>What must pass on this machine before anything in the same language is judged; null where nothing must.</summary>
    public ModelAnswers? ModelAnswers { get; init; }

    /// <summary>Where what goes over the servers' networks is taken down; null where nowhere.</summary>
    public PacketFile? Packets { get; init; }

    /// <param name="assignment">What was asked for.</param>
    /// <param name="submission">What was handed in.</param>
    /// <param name="only">The ids of the checks to run, with what they depend on; null for all.</param>
    /// <param name="begins">Told of every check when it begins.</param>
    /// <param name="cancellationToken">Interrupts the grading.</param>
    /// <exception cref="OperationCanceledException">The grading was interrupted.</exception>
    public async Task<Graded> GradeAsync(
        Assignment assignment,
        Submission submission,
        IReadOnlySet<string>? only,
        Action<Check>? begins,
        CancellationToken cancellationToken
    )
    {
        var log = new Log(options.Limits.Output);
        var clock = new FairClock(options.Limits.Submission, time) { Rests = Rests };
        var suite = new SuiteRunner(assignment, only, options, clock, time, begins);
        var report = Begin(assignment, submission.Student, suite.Selected, Grade.Graded);
        var start = time.GetTimestamp();
        var phases = new Dictionary<string, double>();
        // A server starts many times; of each phase the first time is told.
        void Reach(string phase) => phases.TryAdd(phase, time.GetElapsedTime(start).TotalSeconds);
        IReadOnlyDictionary<string, Explored> explored = new Dictionary<string, Explored>();
        var programs = new List<Prepared>();
        var isFinished = true;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Limit.Struck);
        try
        {
            end.Token.ThrowIfCancellationRequested();
            Exhaustion.RequireFiles();
            var sandbox = await Sandboxes.FindAsync(options.Sandbox);
            report = report with { Sandbox = sandbox.ToString() };
            foreach (var part in assignment.Parts)
            {
                var workspace = Workspace.Create(sandbox.Sandbox, options.Packages);
                var program = new Prepared(part, workspace);
                programs.Add(program);
                if (programs.Count == 1)
                {
                    await submission.CopyIntoAsync(workspace, end.Token);
                }
                else
                {
                    // Nothing is built yet, and it need not be fetched or unpacked once more.
                    workspace.CopyIn(programs[0].Workspace.Built);
                }

                program.Recipe = RecipeFinder.Find(workspace.Built, assignment.StemsOf(part), options.Recipes, part);
                report = report with { Recipe = Describe(programs) };
                program.Recipe.Require(part);
                if (ModelAnswers is { } models && program.Recipe.Language is { } language)
                {
                    await models.RequireAsync(assignment, language, end.Token);
                }
            }

            Reach("prepared");
            foreach (var program in programs)
            {
                var builder = new Builder(program.Workspace, options.Limits, time, log);
                program.Recipe = await builder.BuildAsync(program.Recipe, end.Token);
            }

            Reach("built");

            // Waiting for others to be done is not this student's time.
            using var turn = await Hosts.TakeTurnAsync(end.Token);
            await using var stage = MakeStage(assignment, programs, clock, log, Reach, end.Token);
            await suite.RunAsync(stage, log, end.Token);
            if (stage.Clients?.Describe(assignment.Given) is { Length: > 0 } how)
            {
                report = report with { Recipe = $"{report.Recipe}, {how}" };
            }

            // They tell apart what may be behind a wrong reply; all else tells its cause itself.
            if (suite.Failed.Any(failed => failed.Failure.Reply is not null))
            {
                explored = await ExploreAsync(assignment, stage, clock, log, cancellationToken);
            }

            // Of a server that takes whatever port is free, more than one start tells.
            report = report with
            {
                Advice = [.. Advise(stage)],
            };
        }
        catch (CheckFailedException e)
        {
            suite.FailAtStart(e.Failure);
        }
        catch (OperationCanceledException) when (Limit.HasStruck && !cancellationToken.IsCancellationRequested)
        {
            isFinished = false;
            var finished = $"after {suite.Reports.Count} of {Text.Count(suite.Selected.Count(), "check")}";
            report = report with
            {
                Outcome = Grade.Error,
                Error = $"{Limit.Name} struck {(programs.Count == 0 ? "before it began" : finished)}",
            };
            suite.SkipRest($"since {Limit.Name} struck");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (!IsOfMachine(e))
            {
                // Whatever it is, it is ours: it costs this student nothing, and nobody else anything.
                log.AddFault(e);
            }

            report = report with
            {
                Outcome = Grade.Error,
                Error = Tell(e, programs.Select(program => program.Workspace)),
            };
        }
        finally
        {
            programs.ForEach(program => program.Workspace.Dispose());
        }

        if (isFinished && suite.Reports.FirstOrDefault(check => check.Outcome == Outcome.Error) is { } faulted)
        {
            report = report with { Outcome = Grade.Error, Error = $"{faulted.Id}: {faulted.Reason}" };
        }

        report = report with { Checks = suite.Reports };
        if (report.Checks.Count == suite.Selected.Count())
        {
            // What turned out to mean nothing for this program counts nothing.
            report = Points.SetMaximum(report, report.Checks.Select(check => new Worth(check.MaxPoints, check.Extra)));
        }

        // Where the machine failed, what the checks saw may be its doing.
        if (report.Outcome == Grade.Graded)
        {
            report = Diagnose(report, assignment, suite, explored, log);
        }

        report = report with { HandIn = submission.FindHandIn(options.DueDates.ContainsKey(assignment.Id)) };
        Reach("ended");
        return new Graded(Points.Total(report, options), phases.Concat(suite.Timings).ToDictionary(), log.Read())
        {
            Transcripts = suite.Transcripts,
            Failed = suite.Failed,
            IsFinished = isFinished,
            ErrorLog = log.ReadFaults(),
        };
    }

    /// <summary>The result of a student who handed in nothing.</summary>
    public Graded GradeMissing(Assignment assignment, string student) =>
        new(
            Points.Total(Begin(assignment, student, assignment.Checks, Grade.Missing), options),
            new Dictionary<string, double>(),
            ""
        );

    /// <summary>The result of a submission of which something of ours could not be done; it is nobody else's fault.</summary>
    public Graded GradeFaulted(Assignment assignment, string student, Exception fault) =>
        new(
            Begin(assignment, student, assignment.Checks, Grade.Error) with
            {
                Error = Tell(fault),
            },
            new Dictionary<string, double>(),
            ""
        )
        {
            ErrorLog = IsOfMachine(fault) ? "" : $"{fault}\n",
        };

    private Report Begin(Assignment assignment, string student, IEnumerable<Check> checks, Grade outcome) =>
        Points.SetMaximum(
            new Report
            {
                Student = student,
                Assignment = assignment.Id,
                Subject = assignment.Subject == Assignment.Server ? null : assignment.Subject,
                Outcome = outcome,
            },
            checks.Select(check => options.WorthHere(assignment, check))
        );

    private Stage MakeStage(
        Assignment assignment,
        List<Prepared> programs,
        FairClock clock,
        Log log,
        Action<string> reach,
        CancellationToken cancellationToken
    )
    {
        var server = programs.Find(program => program.Part == Part.Server);
        var client = programs.Find(program => program.Part == Part.Client);
        var launcher = server is null
            ? null
            : new Launcher(server.Recipe, server.Workspace, options.Limits, clock, log)
            {
                Reached = reach,
                Packets = Packets,
            };
        return new Stage(launcher, cancellationToken)
        {
            Clients = client is null
                ? null
                : new ClientLauncher(client.Recipe, client.Workspace, options.Limits, log, assignment.DefaultPort)
                {
                    Packets = Packets,
                },
        };
    }

    private static string Describe(IEnumerable<Prepared> programs) =>
        string.Join("; ", programs.Select(program => program.Recipe.Source));

    private static bool IsOfMachine(Exception exception) =>
        exception is EnvironmentException or IOException or UnauthorizedAccessException
        && !Exhaustion.IsOfFiles(exception);

    /// <summary>Why a submission could not be graded, in one line.</summary>
    internal static string Tell(Exception exception, params IEnumerable<Workspace?> workspaces)
    {
        if (!IsOfMachine(exception))
        {
            return Exhaustion.Describe(exception);
        }

        var message = workspaces
            .OfType<Workspace>()
            .Aggregate(exception.Message, (text, workspace) => workspace.Relative(text));
        return exception is UnauthorizedAccessException ? $"{message} Let the grader read it." : message;
    }

    private static Report Diagnose(
        Report report,
        Assignment assignment,
        SuiteRunner suite,
        IReadOnlyDictionary<string, Explored> explored,
        Log log
    )
    {
        var outcomes = suite.Reports.ToDictionary(check => check.Id, check => check.Outcome);
        try
        {
            var evidence = new Evidence(outcomes, suite.Failed, explored) { Transcripts = suite.Transcripts };
            report = report with { Causes = Diagnostician.Explain(assignment.Misconceptions, evidence) };
            return report with { Advice = [.. report.Advice, .. assignment.Advise(evidence)] };
        }
        catch (Exception e)
        {
            // Evidence that nobody thought of shall not cost the report: what the checks saw stands without causes.
            log.AddFault(e);
            return report;
        }
    }

    // All checks are done: whatever stops this, causes are found from what else there is.
    private async Task<IReadOnlyDictionary<string, Explored>> ExploreAsync(
        Assignment assignment,
        Stage stage,
        FairClock clock,
        Log log,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await new Explorer(assignment, options.Limits, clock, time).RunAsync(stage, cancellationToken);
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            if (e is not (EnvironmentException or OperationCanceledException))
            {
                log.AddFault(e);
            }

            return new Dictionary<string, Explored>();
        }
    }

    /// <summary>A program of a submission on its way: where it is, and how it is built and started.</summary>
    private sealed class Prepared(Part part, Workspace workspace)
    {
        public Part Part { get; } = part;

        public Workspace Workspace { get; } = workspace;

        public Recipe Recipe { get; set; } = new() { Source = "" };
    }

    private static IEnumerable<Advice> Advise(Stage stage)
    {
        var ports = stage.Elsewhere.Select(endpoint => endpoint.Port).Distinct().ToList();
        if (ports.Count > 0)
        {
            var where = ports is [var only] ? $"port {only}" : "another port at every start";
            yield return new Advice(
                "wrong-port",
                $"The server listens on {where}, not on the one it was given as its argument and in PORT."
            );
        }

        if (stage.OtherAddress is { } address)
        {
            yield return new Advice(
                "other-address",
                $"The server listens on {address} alone; clients were told to look for it on 127.0.0.1."
            );
        }

        if (stage.IsOpenToAll)
        {
            yield return new Advice(
                "binds-all-interfaces",
                "The server listens on every interface, not only on 127.0.0.1: at home, the whole network can reach it."
            );
        }
    }
}
