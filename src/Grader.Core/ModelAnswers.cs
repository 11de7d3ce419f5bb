using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Grader.Hosting;
using Grader.Intake;
using Grader.Launching;
using Grader.Sandboxing;
using Grader.Scoring;

namespace Grader;

/// <summary>A right program of ours, or a pair of them, and the language that it is written in.</summary>
public sealed record ModelAnswer(Assignment Assignment, Language Language, string Folder);

/// <summary>The right programs of ours: where one of them fails, it is the machine that fails, and no submission in its language is judged.</summary>
public sealed class ModelAnswers(
    string root,
    IReadOnlyList<Assignment> assignments,
    GradingOptions options,
    TimeProvider time
)
{
    private readonly ConcurrentDictionary<ModelAnswer, Lazy<Task<Graded>>> _graded = new();
    private readonly Lazy<IReadOnlyList<ModelAnswer>> _all = new(() => [.. Find(root, assignments)]);

    /// <summary>Every one that there is, those of the first assignment first.</summary>
    public IReadOnlyList<ModelAnswer> All => _all.Value;

    /// <param name="assignment">What is to be judged; where it has no answer in the language, another assignment's serves.</param>
    /// <param name="language">The name of a language.</param>
    /// <param name="cancellationToken">Interrupts the grading.</param>
    /// <exception cref="EnvironmentException">The model answer does not pass everything on this machine today.</exception>
    public async Task RequireAsync(Assignment assignment, string language, CancellationToken cancellationToken)
    {
        var answer = All.Where(answer => answer.Language.Name == language)
            .OrderByDescending(answer => answer.Assignment == assignment)
            .FirstOrDefault();
        // What is not installed is told of the submission itself, which may not need it.
        if (answer is null || answer.Language.FindMissing() is not null)
        {
            return;
        }

        if (new Stamp(answer, options).IsFresh)
        {
            return;
        }

        var report = (await GradeAsync(answer, cancellationToken)).Report;
        if (Describe(report) is { } problem)
        {
            throw new EnvironmentException(
                $"our own {answer.Assignment.Homework} {answer.Assignment.Subject} in {language} does not pass on this machine ({problem}), "
                    + $"so that nothing in {language} is judged; see grader doctor"
            );
        }
    }

    /// <summary>Grades an answer, once.</summary>
    public Task<Graded> GradeAsync(ModelAnswer answer, CancellationToken cancellationToken) =>
        _graded.GetOrAdd(answer, _ => new Lazy<Task<Graded>>(() => GradeNowAsync(answer, cancellationToken))).Value;

    /// <returns>Why a program of ours is not right here, or null if it is.</returns>
    public static string? Describe(Report report)
    {
        var failed = report
            .Checks.Where(check => check is { Outcome: not (Outcome.Passed or Outcome.Flaky), Unavailable: false })
            .Select(check => check.Id)
            .ToList();
        return report.Error ?? (failed.Count > 0 ? $"it fails {string.Join(", ", failed)}" : null);
    }

    // Twice before a whole language is given up: what was wrong for a moment is no reason.
    private async Task<Graded> GradeNowAsync(ModelAnswer answer, CancellationToken cancellationToken)
    {
        var graded = await GradeOnceAsync(answer, cancellationToken);
        graded = Describe(graded.Report) is null ? graded : await GradeOnceAsync(answer, cancellationToken);
        if (Describe(graded.Report) is null)
        {
            new Stamp(answer, options).Renew();
        }

        return graded;
    }

    // The course's limits and its sandbox, since it is in those that a right server must pass; its recipes are for others.
    private Task<Graded> GradeOnceAsync(ModelAnswer answer, CancellationToken cancellationToken) =>
        new SubmissionGrader(
            new GradingOptions { Limits = options.Limits, Sandbox = options.Sandbox },
            time
        ).GradeAsync(
            answer.Assignment,
            new FolderSubmission(Path.GetFileName(answer.Folder), answer.Folder),
            only: null,
            begins: null,
            cancellationToken
        );

    /// <summary>A file that says that an answer has passed here a short while ago, for the next batch.</summary>
    private sealed class Stamp
    {
        private const string Prefix = "grader-passed-";

        private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

        private readonly string _path;

        // All that the answer's passing may depend on and that can be told in a moment.
        public Stamp(ModelAnswer answer, GradingOptions options)
        {
            var program = Programs.FindOnPath(answer.Language.Program);
            string[] parts =
            [
                typeof(Stamp).Module.ModuleVersionId.ToString(),
                answer.Assignment.Version.ToString(),
                answer.Assignment.Id,
                answer.Language.Name,
                $"{program} {(program is null ? default : File.GetLastWriteTimeUtc(program)):O}",
                JsonSerializer.Serialize(options.Limits),
                Hosts.Mode.ToString(),
                Sandboxes.Find(options.Sandbox).ToString(),
                Environment.UserName,
            ];
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
            _path = Path.Combine(Path.GetTempPath(), $"{Prefix}{Convert.ToHexStringLower(hash.AsSpan(0, 8))}");
        }

        public bool IsFresh => File.Exists(_path) && !IsOld(_path);

        public void Renew()
        {
            try
            {
                File.WriteAllBytes(_path, []);
                foreach (var old in Directory.GetFiles(Path.GetTempPath(), $"{Prefix}*").Where(IsOld))
                {
                    File.Delete(old);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next batch grades it again; what is another user's stays.
            }
        }

        private static bool IsOld(string path) => DateTime.UtcNow - File.GetLastWriteTimeUtc(path) >= Lasts;
    }

    private static IEnumerable<ModelAnswer> Find(string root, IReadOnlyList<Assignment> assignments) =>
        from assignment in assignments
        from folder in Directory.GetDirectories(Path.Combine(root, assignment.Homework)).Order(StringComparer.Ordinal)
        where assignment.IsIn(folder)
        let part = assignment.Parts.First()
        let name = RecipeFinder.Find(folder, assignment.StemsOf(part), [], part).Language
        select new ModelAnswer(assignment, Languages.All.Single(language => language.Name == name), folder);
}
