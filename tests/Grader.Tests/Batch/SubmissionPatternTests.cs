using Grader.Batch;
using Grader.Intake;
using Grader.Tests.Support;

namespace Grader.Tests.Batch;

internal sealed class SubmissionPatternTests
{
    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("{student}/{assignment}", "anna/echo", "bob/echo", "bob/sum")]
    [TestCase("{assignment}/{student}", "echo/anna", "echo/bob", "sum/bob")]
    [TestCase("sub-{student}/{assignment}", "sub-anna/echo", "sub-bob/echo", "sub-bob/sum")]
    [TestCase("{assignment}_{student}_files", "echo_anna_files", "echo_bob_files", "sum_bob_files")]
    [TestCase(
        "groups/{student}/week-1/{assignment}/src",
        "groups/anna/week-1/echo/src",
        "groups/bob/week-1/echo/src",
        "groups/bob/week-1/sum/src"
    )]
    public void Students_and_folders_are_found_in_every_order(string pattern, string anna, string bob, string bobSum)
    {
        Make(anna, bob, bobSum);
        var submissions = new SubmissionPattern(_folder[pattern]);

        var students = submissions.FindStudents(["echo", "sum"]);

        Assert.Multiple(() =>
        {
            Assert.That(students, Is.EqualTo(["anna", "bob"]));
            Assert.That(submissions.Find("anna", "echo")?.Folder, Is.EqualTo(_folder[anna]));
            Assert.That(submissions.Find("anna", "echo")?.Student, Is.EqualTo("anna"));
            Assert.That(submissions.Find("anna", "sum"), Is.Null, "nothing was handed in");
            Assert.That(submissions.Find("bob", "sum")?.Folder, Is.EqualTo(_folder[bobSum]));
        });
    }

    [Test]
    public void A_student_without_any_submission_is_found_by_the_folder()
    {
        Make("anna/echo", "carl");

        var students = new SubmissionPattern(_folder["{student}/{assignment}"]).FindStudents(["echo"]);

        Assert.That(students, Is.EqualTo(["anna", "carl"]));
    }

    [TestCase("class/{student}.zip", "class/anna.rar", "class/bob", "class/carl.tar.xz")]
    [TestCase("class/{assignment}-{student}.tgz", "class/echo-anna.7z", "class/sum-bob", "class/sum-carl.tar")]
    [TestCase("class/{student}/{assignment}", "class/anna/echo.zip", "class/bob/echo.rar", "class/carl/sum.tgz")]
    [TestCase("{assignment}/{student}", "echo/anna.zip", "sum/bob.7z", "sum/carl.tar.gz")]
    public void What_is_of_another_kind_is_told(string pattern, params string[] others)
    {
        Array.ForEach(others, Put);
        _folder.Write("class/notes.txt");
        var submissions = new SubmissionPattern(_folder[pattern]);

        Assert.That(
            submissions.FindOtherKinds(["echo", "sum"]),
            Is.EqualTo(others.Select(other => _folder[other]).Order(StringComparer.Ordinal))
        );
    }

    [TestCase("{student}.zip", "anna.tgz", "anna")]
    [TestCase("{student}/{assignment}", "anna/echo/server.py", "anna/echo.zip")]
    [TestCase("{assignment}-{student}.zip", "echo-client-anna.zip", "echo-client-anna.rar")]
    public void What_lies_beside_a_submission_is_not_told(string pattern, string submission, string other)
    {
        Put(submission);
        Put(other);
        var submissions = new SubmissionPattern(_folder[pattern]) { Assignments = ["echo", "echo-client"] };

        Assert.That(submissions.FindOtherKinds(["echo", "echo-client"]), Is.Empty);
    }

    [Test]
    public void What_does_not_fit_the_pattern_is_no_student()
    {
        Make("sub-anna/echo", "bob/echo", "sub-", "presub-dora/echo", ".git/echo", "sub-.hidden/echo");
        _folder.Write("sub-file");

        var students = new SubmissionPattern(_folder["sub-{student}/{assignment}"]).FindStudents(["echo"]);

        Assert.That(students, Is.EqualTo(["anna"]));
    }

    [Test]
    public void Characters_of_expressions_stand_for_themselves()
    {
        Make("a+b (1)/anna/echo", "aab 1/eve/echo");

        var students = new SubmissionPattern(_folder["a+b (1)/{student}/{assignment}"]).FindStudents(["echo"]);

        Assert.That(students, Is.EqualTo(["anna"]));
    }

    [TestCase("nowhere/{student}/{assignment}")]
    [TestCase("{assignment}/{student}")]
    public void Without_folders_there_are_no_students(string pattern)
    {
        var students = new SubmissionPattern(_folder[pattern]).FindStudents(["echo"]);

        Assert.That(students, Is.Empty);
    }

    [TestCase("zips/{student}.zip", "zips/anna.zip", "zips/bob.TGZ", "zips/carl.tar.gz")]
    [TestCase("zips//{student}.zip", "zips/anna.zip", "zips/bob.TGZ", "zips/carl.tar.gz")]
    [TestCase("{student}/{assignment}.tgz", "anna/echo.zip", "bob/echo.tgz", "carl/echo.tar.gz")]
    [TestCase(
        "{assignment}_{student}_files.zip",
        "echo_anna_files.zip",
        "echo_bob_files.tgz",
        "echo_carl_files.tar.gz"
    )]
    public void An_ending_of_archives_stands_for_all_of_them(string pattern, params string[] archives)
    {
        foreach (var archive in archives)
        {
            _folder.Write(archive);
        }

        // None of these is one.
        _folder.Write("zips/notes.txt");
        Make("zips/dora.zip");
        var submissions = new SubmissionPattern(_folder[pattern]);

        Assert.That(
            submissions.FindStudents(["echo"]).Where(student => submissions.Find(student, "echo") is not null),
            Is.EqualTo(["anna", "bob", "carl"])
        );
        Assert.That(((ArchiveSubmission)submissions.Find("carl", "echo")!).Path, Is.EqualTo(_folder[archives[2]]));
        Assert.That(submissions.Find("erik", "echo"), Is.Null);
    }

    [Test]
    public void Two_archives_of_one_student_are_one_too_many()
    {
        _folder.Write("anna.zip", "x");
        _folder.Write("anna.tgz", "x");

        var submission = new SubmissionPattern(_folder["{student}.zip"]).Find("anna", "echo");

        using var digest = new Digest();
        Assert.That(
            () => submission!.AddTo(digest),
            Throws
                .TypeOf<EnvironmentException>()
                .With.Message.EqualTo("anna.tgz and anna.zip are both there; keep the one that is to be graded")
        );
    }

    [TestCase("{assignment}-{student}", "echo", "echo-client", "echo-anna", "echo-client-bob", "client-bob")]
    [TestCase("{student}-{assignment}", "client", "echo-client", "anna-client", "bob-echo-client", "bob-echo")]
    [TestCase("in//{assignment}_{student}/src", "echo", "echo_2", "in/echo_anna/src", "in/echo_2_bob/src", "2_bob")]
    public void What_fits_a_longer_assignment_as_well_is_of_that_one_alone(
        string pattern,
        string shorter,
        string longer,
        string anna,
        string bob,
        string phantom
    )
    {
        Make(anna, bob);
        var submissions = new SubmissionPattern(_folder[pattern]) { Assignments = [shorter, longer] };

        Assert.Multiple(() =>
        {
            Assert.That(submissions.FindStudents([shorter]), Is.EqualTo(["anna"]), "whatever is asked for");
            Assert.That(submissions.FindStudents([longer]), Is.EqualTo(["bob"]));
            Assert.That(submissions.FindStudents([shorter, longer]), Is.EqualTo(["anna", "bob"]));
            Assert.That(submissions.Find("anna", shorter), Is.Not.Null);
            Assert.That(submissions.Find("bob", longer), Is.Not.Null);
            Assert.That(submissions.Find(phantom, shorter), Is.Null);
        });
    }

    [Test]
    public void An_archive_that_fits_a_longer_assignment_is_of_that_one_as_well()
    {
        _folder.Write("echo-anna.zip");
        _folder.Write("echo-client-bob.tgz");

        var students = new SubmissionPattern(_folder["{assignment}-{student}.zip"])
        {
            Assignments = ["echo", "echo-client"],
        }.FindStudents(["echo"]);

        Assert.That(students, Is.EqualTo(["anna"]));
    }

    [TestCase("{assignment}/{assignment}-{student}", "echo/echo-client-anna")]
    [TestCase("{assignment}/{student}", "echo/client-anna")]
    public void Where_a_folder_tells_the_assignment_no_longer_one_is_meant(string pattern, string folder)
    {
        Make(folder);
        var submissions = new SubmissionPattern(_folder[pattern]) { Assignments = ["echo", "echo-client"] };

        Assert.That(submissions.FindStudents(["echo", "echo-client"]), Is.EqualTo(["client-anna"]));
        Assert.That(submissions.Find("client-anna", "echo")?.Folder, Is.EqualTo(_folder[folder]));
    }

    [TestCase("{student}/{assignment}", "anna", "reports")]
    [TestCase("class/{student}/{assignment}", "class/anna", "class/reports/")]
    [TestCase("./class//sub-{student}", "class/sub-anna", "class/../class/sub-reports")]
    public void The_folder_of_reports_is_no_student(string pattern, string anna, string reports)
    {
        Make(anna, $"{reports}/anna/echo");

        var students = new SubmissionPattern(_folder[pattern]) { Reports = _folder[reports] }.FindStudents(["echo"]);

        Assert.That(students, Is.EqualTo(["anna"]));
    }

    private void Make(params string[] folders)
    {
        foreach (var folder in folders)
        {
            _folder.MakeFolder(folder);
        }
    }

    // A file by its ending, or else a folder.
    private void Put(string path)
    {
        if (Path.HasExtension(path))
        {
            _folder.Write(path);
        }
        else
        {
            Make(path);
        }
    }
}
