using Grader.Batch;
using Grader.Configuration;
using Grader.Launching;
using Grader.Sandboxing;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Configuration;

internal sealed class CourseFileTests
{
    private const string Moment = "give a time with its offset from UTC, for example \"2026-11-20T23:59:00+01:00\".";

    private const string Submissions = "\"submissions\": \"class/{student}/{assignment}\"";

    private readonly TemporaryFolder _folder = new();

    public CourseFileTests() => _folder.MakeFolder("class");

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void The_example_at_the_root_is_complete_and_right()
    {
        var course = CourseFile.Read(Path.Combine(Repository.Root, "grading.json"));

        Assert.Multiple(() =>
        {
            Assert.That(course.Name, Is.EqualTo("Network programming, sample class"));
            Assert.That(
                course.Submissions.ToString(),
                Is.EqualTo(Path.Combine(Repository.Root, "tests/SampleClass/{student}/{assignment}"))
            );
            Assert.That(course.Reports, Is.EqualTo(Path.Combine(Repository.Root, "reports")));
            Assert.That(course.Jobs, Is.EqualTo(8));
            Assert.That(course.Grading.Sandbox, Is.EqualTo(SandboxRule.Auto));
            Assert.That(
                course.Assignments,
                Is.EqualTo(["echo", "echo-client", "echo-pair", "sum", "sum-client", "sum-pair"])
            );
            Assert.That(course.FolderOf("echo-client"), Is.EqualTo("echo"), "a hand-in holds server and client");
            Assert.That(course.FolderOf("sum"), Is.EqualTo("sum"));
            Assert.That(course.Grading.Limits, Is.EqualTo(new Limits()), "the example shows the defaults");
            Assert.That(course.Grading.Points["echo"]["unicode"], Is.EqualTo(new Worth(4, IsExtra: false)));
            Assert.That(course.Grading.Recipes, Is.Empty);
        });
    }

    [Test]
    public void Everything_but_submissions_is_optional()
    {
        var course = Read($"{{ {Submissions} }}");

        Assert.Multiple(() =>
        {
            Assert.That(course.Name, Is.EqualTo("Course"));
            Assert.That(course.Reports, Is.EqualTo(_folder["reports"]));
            Assert.That(course.Jobs, Is.EqualTo(Math.Min(2 * Environment.ProcessorCount, 64)));
            Assert.That(course.Assignments, Is.Empty);
            Assert.That(course.Grading.Limits, Is.EqualTo(new Limits()));
            Assert.That(course.Grading.Points, Is.Empty);
        });
    }

    [Test]
    public void Every_value_arrives()
    {
        _folder.MakeFolder("packages/nuget");
        _folder.MakeFolder("packages/m2");
        var course = Read(
            $$"""
            {
              // Comments are welcome.
              {{Submissions}}, "reports": "out/of/here", "jobs": 64, "sandbox": "OFF",
              "limits": {
                "start": "00:00:03", "stall": "00:00:00.5", "check": "00:01:00", "submission": "01:00:00",
                "build": "00:02:00", "memory": "1GB", "output": "20 kb"
              },
              "assignments": { "echo": { "points": { "unicode": 0, "whitespace": "extra", "half-close": 7 } } },
              "recipes": [
                { "match": "*.go", "build": [["go", "build"], ["strip", "a"]], "server": ["./a", "{port}"], "stdin": ["x"] }
              ],
              "packages": { "nuget": "packages/nuget", "maven": "../{{Path.GetFileName(_folder.Path)}}/packages/m2" },
            }
            """
        );

        var worth = course.Grading.Points["echo"];
        var recipe = course.Grading.Recipes.Single();
        Assert.Multiple(() =>
        {
            Assert.That(course.Reports, Is.EqualTo(_folder["out/of/here"]));
            Assert.That(course.Jobs, Is.EqualTo(64));
            Assert.That(course.Grading.Sandbox, Is.EqualTo(SandboxRule.Off));
            Assert.That(
                course.Grading.Limits,
                Is.EqualTo(
                    new Limits
                    {
                        Start = TimeSpan.FromSeconds(3),
                        Stall = TimeSpan.FromSeconds(0.5),
                        Check = TimeSpan.FromMinutes(1),
                        Submission = TimeSpan.FromHours(1),
                        Build = TimeSpan.FromMinutes(2),
                        Memory = 1_000_000_000,
                        Output = 20_000,
                    }
                )
            );
            Assert.That(worth["unicode"], Is.EqualTo(new Worth(0, IsExtra: false)));
            Assert.That(worth["whitespace"], Is.EqualTo(new Worth(3, IsExtra: true)));
            Assert.That(worth["half-close"], Is.EqualTo(new Worth(7, IsExtra: false)));
            Assert.That(recipe.Match, Is.EqualTo("*.go"));
            Assert.That(
                recipe.Recipe.Build.Select(words => string.Join(' ', words)),
                Is.EqualTo(["go build", "strip a"])
            );
            Assert.That(recipe.Recipe.Server, Is.EqualTo(["./a", "{port}"]));
            Assert.That(recipe.Recipe.Stdin, Is.EqualTo(["x"]));
            Assert.That(
                course.Grading.Packages,
                Is.EqualTo(new Packages { NuGet = _folder["packages/nuget"], Maven = _folder["packages/m2"] })
            );
        });
    }

    [Test]
    public void Paths_are_relative_to_the_file_in_either_order_of_placeholders()
    {
        var course = Read("""{ "submissions": "class/{assignment}/sub-{student}" }""");

        Assert.That(course.Submissions.ToString(), Is.EqualTo(_folder["class/{assignment}/sub-{student}"]));
    }

    [Test]
    public void Assignments_that_are_not_asked_for_are_told_apart_as_well()
    {
        _folder.MakeFolder("class/echo-anna");
        _folder.MakeFolder("class/echo-client-bob");
        _folder.MakeFolder("class/echo-and-sum-carl");
        var course = Read(
            """
            {
              "submissions": "class/{assignment}-{student}",
              "assignments": { "echo": {}, "sum": { "folder": "echo-and-sum" } }
            }
            """
        );

        Assert.That(course.Submissions.FindStudents(["echo"]), Is.EqualTo(["anna"]));
    }

    [TestCase("{student}/{assignment}", "reports")]
    [TestCase("class/{student}/{assignment}", "class/reports")]
    public void Reports_beside_the_folders_of_students_are_no_student(string submissions, string reports)
    {
        _folder.MakeFolder($"{reports}/anna/echo");
        _folder.MakeFolder(submissions.Replace("{student}", "anna"));

        var course = Read($$"""{ "submissions": "{{submissions}}", "reports": "{{reports}}" }""");

        Assert.That(course.Submissions.FindStudents(["echo"]), Does.Contain("anna").And.Not.Contain("reports"));
    }

    [TestCase("{student}/{assignment}", ".")]
    [TestCase("sub-{student}", ".")]
    [TestCase("class/{student}/{assignment}", "class")]
    [TestCase("class//sub-{student}", "./class/")]
    public void Reports_do_not_go_into_what_was_handed_in(string submissions, string reports)
    {
        Assert.That(
            Refuse($$"""{ "submissions": "{{submissions}}", "reports": "{{reports}}" }"""),
            Is.EqualTo(
                $"{_folder["grading.json"]}: reports is \"{reports}\"; submissions lie there; name another folder."
            )
        );
    }

    [TestCase("{student}/{assignment}", "..")]
    [TestCase("class/{student}/{assignment}", ".")]
    public void Reports_may_lie_above_the_folders_of_students(string submissions, string reports)
    {
        var course = Read($$"""{ "submissions": "{{submissions}}", "reports": "{{reports}}" }""");

        Assert.That(course.Reports, Is.EqualTo(_folder[reports]));
    }

    private const string Number64 = "it must be a whole number from 1 to 64.";
    private const string Longer = "it must be a time longer than zero, for example \"00:00:10\" for ten seconds.";
    private const string Unit = "it must be a number with a unit, for example \"512MB\".";

    // Each is put beside a right "submissions".
    [TestCase("\"job\": 3", "job is unknown; did you mean \"jobs\"?")]
    [TestCase("\"sumbissions\": 3", "sumbissions is unknown; did you mean \"submissions\"?")]
    [TestCase(
        "\"colour\": 3",
        "colour is unknown; known: $schema, course, submissions, roster, reports, jobs, sandbox, flaky, limits, assignments, packages, recipes."
    )]
    [TestCase("\"course\": \"\"", "course is \"\"; give a name, or leave it out.")]
    [TestCase("\"reports\": \"\"", "reports is \"\"; name a folder, or leave it out for \"reports\".")]
    [TestCase(
        "\"HOST\": \"127.0.0.2\"",
        "HOST is unknown; known: $schema, course, submissions, roster, reports, jobs, sandbox, flaky, limits, assignments, packages, recipes."
    )]
    [TestCase("\"roster\": \"\"", "roster is \"\"; name a CSV file with a column \"student\", or leave it out.")]
    [TestCase("\"packages\": { \"pip\": \"x\" }", "packages.pip is unknown; known: nuget, npm, maven.")]
    [TestCase("\"packages\": { \"npm\": \"\" }", "packages.npm is \"\"; name a folder, or leave it out.")]
    [TestCase(
        "\"packages\": { \"npm\": \"no/where\" }",
        "packages.npm is \"no/where\"; there is no such folder; paths are relative to the file."
    )]
    [TestCase("\"jobs\": \"many\"", "jobs is \"many\"; " + Number64)]
    [TestCase("\"jobs\": 0", "jobs is \"0\"; " + Number64)]
    [TestCase("\"jobs\": -1", "jobs is \"-1\"; " + Number64)]
    [TestCase("\"jobs\": 65", "jobs is \"65\"; " + Number64)]
    [TestCase("\"jobs\": 2.5", "jobs is \"2.5\"; " + Number64)]
    [TestCase("\"jobs\": [4]", "jobs is a list or an object; it must be one value.")]
    [TestCase("\"course\": { \"name\": \"x\" }", "course is a list or an object; it must be one value.")]
    [TestCase("\"sandbox\": \"on\"", "sandbox is \"on\"; it must be \"auto\", \"off\" or \"required\".")]
    [TestCase("\"sandbox\": 1", "sandbox is \"1\"; it must be \"auto\", \"off\" or \"required\".")]
    [TestCase("\"sandbox\": true", "sandbox is \"True\"; it must be \"auto\", \"off\" or \"required\".")]
    [TestCase("\"limits\": \"none\"", "limits is \"none\"; it must be a list or an object.")]
    [TestCase("\"limits\": { \"stat\": \"00:00:01\" }", "limits.stat is unknown; did you mean \"start\"?")]
    [TestCase("\"limits\": { \"start\": 10 }", "limits.start is \"10\"; " + Longer)]
    [TestCase("\"limits\": { \"start\": \"-00:00:10\" }", "limits.start is \"-00:00:10\"; " + Longer)]
    [TestCase("\"limits\": { \"stall\": \"00:00:00\" }", "limits.stall is \"00:00:00\"; " + Longer)]
    [TestCase("\"limits\": { \"check\": \"30 s\" }", "limits.check is \"30 s\"; " + Longer)]
    [TestCase("\"limits\": { \"check\": \"24:00:00\" }", "limits.check is \"24:00:00\"; " + Longer)]
    [TestCase("\"limits\": { \"build\": \"1:2:3:4:5\" }", "limits.build is \"1:2:3:4:5\"; " + Longer)]
    [TestCase("\"limits\": { \"memory\": 512 }", "limits.memory is \"512\"; " + Unit)]
    [TestCase("\"limits\": { \"memory\": \"-5MB\" }", "limits.memory is \"-5MB\"; " + Unit)]
    [TestCase("\"limits\": { \"output\": \"0MB\" }", "limits.output is \"0MB\"; " + Unit)]
    [TestCase("\"limits\": { \"output\": \"1 MiB\" }", "limits.output is \"1 MiB\"; " + Unit)]
    [TestCase("\"assignments\": { \"ecco\": {} }", "assignments.ecco is unknown; did you mean \"echo\"?")]
    [TestCase(
        "\"assignments\": { \"chess\": {} }",
        "assignments.chess is unknown; known: echo, echo-client, echo-pair, sum, sum-client, sum-pair."
    )]
    [TestCase("\"assignments\": \"echo\"", "assignments is \"echo\"; it must be a list or an object.")]
    [TestCase(
        "\"assignments\": { \"echo\": { \"point\": {} } }",
        "assignments.echo.point is unknown; did you mean \"points\"?"
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"points\": { \"unicod\": 1 } } }",
        "assignments.echo.points.unicod is unknown; did you mean \"unicode\"?"
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"points\": { \"unicode\": -4 } } }",
        "assignments.echo.points.unicode is \"-4\"; it must be a whole number from 0 to 1000."
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"points\": { \"unicode\": null } } }",
        "assignments.echo.points.unicode is empty; give a number of points, 0 to show only, or \"extra\"."
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"points\": { \"unicode\": \"bonus\" } } }",
        "assignments.echo.points.unicode is \"bonus\"; it must be a whole number from 0 to 1000."
    )]
    [TestCase(
        "\"recipes\": [ { \"server\": [\"./a\"] } ]",
        "recipes.0.match is missing; give a file name or a pattern, such as \"*.go\"."
    )]
    [TestCase(
        "\"recipes\": [ { \"match\": \"\", \"server\": [\"./a\"] } ]",
        "recipes.0.match is \"\"; give a file name or a pattern, such as \"*.go\"."
    )]
    [TestCase(
        "\"recipes\": [ { \"match\": \"*.go\" } ]",
        "recipes.0.server is missing; give a command, such as [\"./server\", \"{port}\"]."
    )]
    [TestCase(
        "\"recipes\": [ { \"match\": \"*.go\", \"server\": \"./a\" } ]",
        "recipes.0.server is \"./a\"; it must be a list or an object."
    )]
    [TestCase(
        "\"recipes\": [ { \"match\": \"*.go\", \"servre\": [\"./a\"] } ]",
        "recipes.0.servre is unknown; did you mean \"server\"?"
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"due\": \"2026-11-20 23:59\" } }",
        "assignments.echo.due is \"2026-11-20 23:59\"; " + Moment
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"due\": \"2026-13-20T23:59Z\" } }",
        "assignments.echo.due is \"2026-13-20T23:59Z\"; " + Moment
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"late\": [ { \"after\": \"00:00\", \"percent\": 1 } ] } }",
        "assignments.echo.due is missing; " + Moment
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"due\": \"2026-11-20T23:59Z\", \"late\": [ { \"after\": \"2 days\", \"percent\": 1 } ] } }",
        "assignments.echo.late.0.after is \"2 days\"; it must be a time, for example \"00:00\" for at once, or \"2.00:00\" for two days."
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"due\": \"2026-11-20T23:59Z\", \"late\": [ { \"after\": \"00:00\", \"percent\": 101 } ] } }",
        "assignments.echo.late.0.percent is \"101\"; it must be a whole number from 0 to 100."
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"due\": \"2026-11-20T23:59Z\", \"late\": [ { \"after\": \"00:00\" } ] } }",
        "assignments.echo.late.0.percent is missing; it must be a whole number from 0 to 100."
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"due\": \"2026-11-20T23:59Z\", \"late\": [ { \"after\": \"01:00\", \"percent\": 1 }, { \"after\": \"00:00\", \"percent\": 2 } ] } }",
        "assignments.echo.late.1.after is \"00:00\"; put the rules in the order of their times."
    )]
    [TestCase(
        "\"assignments\": { \"echo\": { \"due\": \"2026-11-20T23:59Z\", \"extensions\": [ { \"student\": \"anna\" } ] } }",
        "assignments.echo.extensions.0.due is missing; " + Moment
    )]
    public void Every_mistake_is_told_with_its_place_and_its_remedy(string mistake, string message)
    {
        Assert.That(Refuse($"{{ {Submissions}, {mistake} }}"), Is.EqualTo($"{_folder["grading.json"]}: {message}"));
    }

    [TestCase("{}", "submissions is missing; for example \"class/{student}/{assignment}\".")]
    [TestCase(
        """{ "submissions": "class" }""",
        "submissions is \"class\"; it must hold {student}, and usually {assignment}."
    )]
    [TestCase("""{ "submissions": "" }""", "submissions is \"\"; for example \"class/{student}/{assignment}\".")]
    [TestCase(
        """{ "submissions": "class/{student}/{asignment}" }""",
        "submissions is \"class/{student}/{asignment}\", and {asignment} stands for nothing; did you mean \"{assignment}\"?"
    )]
    [TestCase(
        """{ "submissions": "class/{name}/{student}" }""",
        "submissions is \"class/{name}/{student}\", and {name} stands for nothing; known: {student}, {assignment}."
    )]
    [TestCase(
        """{ "submissions": "class/{student/x" }""",
        "submissions is \"class/{student/x\", and {student stands for nothing; did you mean \"{student}\"?"
    )]
    [TestCase(
        """{ "submissions": "clas/{student}" }""",
        "submissions is \"clas/{student}\"; there is no folder clas/; paths are relative to the file."
    )]
    [TestCase(
        """{ "submissions": ["class/{student}"] }""",
        "submissions is a list or an object; it must be one value."
    )]
    [TestCase("{\n  \"jobs\": 4\n  \"course\": \"x\"\n}", "line 3 is no JSON; check its commas, quotes and brackets.")]
    [TestCase("", "line 1 is no JSON; check its commas, quotes and brackets.")]
    public void A_file_without_submissions_or_sense_is_refused(string json, string message)
    {
        Assert.That(Refuse(json), Is.EqualTo($"{_folder["grading.json"]}: {message}"));
    }

    [Test]
    public void A_due_date_has_rules_and_extensions()
    {
        var course = Read(
            $$"""
            {
              {{Submissions}},
              "assignments": {
                "echo": {
                  "due": "2026-11-20T23:59:00+01:00",
                  "late": [{ "after": "00:00", "percent": 10 }, { "after": "2.00:00", "percent": 100 }],
                  "extensions": [{ "student": "anna", "due": "2026-12-01 12:00Z" }]
                },
                "sum": {}
              }
            }
            """
        );

        var due = course.Grading.DueDates.Single();
        Assert.Multiple(() =>
        {
            Assert.That(due.Key, Is.EqualTo("echo"));
            Assert.That(due.Value.Due, Is.EqualTo(new DateTimeOffset(2026, 11, 20, 23, 59, 0, TimeSpan.FromHours(1))));
            Assert.That(
                due.Value.Late,
                Is.EqualTo([new LateRule(TimeSpan.Zero, 10), new LateRule(TimeSpan.FromDays(2), 100)])
            );
            Assert.That(
                due.Value.Extensions["anna"],
                Is.EqualTo(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero))
            );
        });
    }

    [Test]
    public void A_name_may_begin_with_a_dot()
    {
        _folder.MakeFolder("class");
        var path = _folder.Write(".grading.json", $$"""{ {{Submissions}}, "course": "Networks" }""");

        Assert.That(CourseFile.Read(path).Name, Is.EqualTo("Networks"));
    }

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        var mistake = Assert.Throws<UsageException>(() => CourseFile.Read("no/grading.json"))!;

        Assert.That(
            mistake.Message,
            Is.EqualTo("no/grading.json: no such file; name yours with --config, or run where grading.json lies.")
        );
    }

    private Course Read(string json) => CourseFile.Read(_folder.Write("grading.json", json));

    private string Refuse(string json) => Assert.Throws<UsageException>(() => Read(json))!.Message;
}
