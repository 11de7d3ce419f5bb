using System.Text;
using Grader.Batch;
using Grader.Configuration;
using Grader.Tests.Support;

namespace Grader.Tests.Configuration;

internal sealed class RosterFileTests
{
    [TestCase("student\nanna\nbob\n")]
    [TestCase("student\nanna\nbob")]
    [TestCase("student\r\nanna\r\nbob\r\n")]
    [TestCase("\ufeffstudent\r\nanna\r\n\r\nbob\r\n")]
    [TestCase(" Student \n anna \nbob\n\n")]
    [TestCase("STUDENT,,\nanna,,\n,,\nbob\n")]
    [TestCase("\"student\"\n\"anna\"\n\" bob \"\n")]
    [TestCase("sep=;\r\nstudent;\r\nanna;\r\nbob;\r\n")]
    public void Students_are_in_the_order_of_the_list(string csv)
    {
        var roster = Parse(csv);

        Assert.That(roster.Students, Is.EqualTo(["anna", "bob"]));
        Assert.That(roster.Columns, Is.Empty);
    }

    [TestCase("name,student,group\n\"Smith, Anna\",anna,2\nBob;Jones,bob,\n")]
    [TestCase("name;student;group\nSmith, Anna;anna;2\n\"Bob;Jones\";bob\n")]
    [TestCase("name\tstudent\tgroup\r\nSmith, Anna\tanna\t2\r\nBob;Jones\tbob\r\n")]
    [TestCase("\ufeff name ; student ; group \r\n Smith, Anna ; anna ; 2 \r\n\"Bob;Jones\";bob;\r\n")]
    public void Other_columns_are_carried_in_their_order(string csv)
    {
        var roster = Parse(csv);

        Assert.Multiple(() =>
        {
            Assert.That(roster.Columns, Is.EqualTo(["name", "group"]));
            Assert.That(roster.ValuesOf("anna"), Is.EqualTo(["Smith, Anna", "2"]));
            Assert.That(roster.ValuesOf("bob"), Is.EqualTo(["Bob;Jones", ""]));
            Assert.That(roster.ValuesOf("zoe"), Is.EqualTo(["", ""]), "she is in no roster");
            Assert.That(roster.Has("anna"), Is.True);
            Assert.That(roster.Has("Anna"), Is.False, "folders differ in case");
        });
    }

    [Test]
    public void Names_of_every_script_stay_as_they_are()
    {
        Assert.That(Parse("student\nЯна Ž. 明\n=1+1\n").Students, Is.EqualTo(["Яна Ž. 明", "=1+1"]));
    }

    [TestCase(
        "name,group\nanna,1\n",
        "line 1 has no column \"student\", only \"name\", \"group\"; call the one so that holds the names of the folders."
    )]
    [TestCase("", "line 1 has no column \"student\"; call the one so that holds the names of the folders.")]
    [TestCase("student,group\n", "it has no students; give each a line below the names of the columns.")]
    [TestCase("student,group\n,\n", "it has no students; give each a line below the names of the columns.")]
    [TestCase("student,group\nanna,1\n ,2\n", "line 3 has no student; name the student's folder, or delete the line.")]
    [TestCase(
        "student,note\nanna,\"two\nlines\"\n\nbob,\nanna,\n",
        "line 6 has the student \"anna\", who is in line 2 already; keep one of them."
    )]
    [TestCase("student,group,Group\nanna,1,2\n", "line 1 has 2 columns \"group\"; keep one of them.")]
    [TestCase("student,Student\nanna,1\n", "line 1 has 2 columns \"student\"; keep one of them.")]
    [TestCase(
        "student,Score\nanna,1\n",
        "line 1 has a column \"Score\", and so has grades.csv; call it something else."
    )]
    [TestCase(
        "student\nSmith, Anna\n",
        "line 2 has \"Anna\" in a column without a name; name the column in line 1, or put a value that holds a comma in quotes."
    )]
    [TestCase(
        "student,name\nanna,\"Anna\" Smith\n",
        "line 2 has a quote in a wrong place; put quotes around the whole value, and write a quote in it twice."
    )]
    [TestCase(
        "student,name\nanna,\"Anna\nbob,Bob\n",
        "line 2 has a quote in a wrong place; put quotes around the whole value, and write a quote in it twice."
    )]
    [TestCase(
        "student\nclass/anna\n",
        "line 2 has the student \"class/anna\", and no student's folder can be called so; name the folder alone, without a path."
    )]
    [TestCase(
        "student\n..\n",
        "line 2 has the student \"..\", and no student's folder can be called so; name the folder alone, without a path."
    )]
    [TestCase(
        "student\n../../x\n",
        "line 2 has the student \"../../x\", and no student's folder can be called so; name the folder alone, without a path."
    )]
    [TestCase(
        "student\nan\0na\n",
        "line 2 has the student \"an\\u{0}na\", and no student's folder can be called so; name the folder alone, without a path."
    )]
    public void Every_mistake_is_told_with_its_line_and_its_remedy(string csv, string message)
    {
        var mistake = Assert.Throws<UsageException>(() => Parse(csv))!;

        Assert.That(mistake.Message, Is.EqualTo($"roster.csv: {message}"));
    }

    [Test]
    public void Where_something_is_due_it_tells_when_it_was_handed_in()
    {
        var roster = Parse("student,Submitted\nanna,2026-11-20T23:59:00+01:00\nbob,\n", "echo");

        Assert.That(
            roster.SubmittedBy("anna", "echo"),
            Is.EqualTo(new DateTimeOffset(2026, 11, 20, 23, 59, 0, TimeSpan.FromHours(1)))
        );
        Assert.That(roster.SubmittedBy("bob", "echo"), Is.Null);
        Assert.That(roster.SubmittedBy("nobody", "echo"), Is.Null);
        Assert.That(roster.Columns, Is.EqualTo(["Submitted"]), "carried as well");
        Assert.That(
            () => Parse("student,submitted\nanna,yesterday\n", "echo"),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "roster.csv: line 2 has \"yesterday\" in the column \"submitted\"; give a time with its offset from UTC, for example \"2026-11-20T23:59:00+01:00\"."
                )
        );
        Assert.That(Parse("student,submitted\nanna,yesterday\n").SubmittedBy("anna", "echo"), Is.Null);
    }

    [TestCase("student,submitted,submitted-echo\nanna,2026-11-20T10:00:00Z,2026-11-20T12:00:00Z\n")]
    [TestCase("student,submitted-echo,submitted\nanna,2026-11-20T12:00:00Z,2026-11-20T10:00:00Z\n")]
    public void The_column_of_the_assignment_itself_goes_first_wherever_it_stands(string csv) =>
        Assert.That(Parse(csv, "echo").SubmittedBy("anna", "echo")!.Value.Hour, Is.EqualTo(12));

    [Test]
    public void Where_several_are_due_each_has_its_column()
    {
        var roster = Parse("student,submitted-echo\nanna,2026-11-20T23:59:00Z\n", "echo", "sum");

        Assert.That(roster.SubmittedBy("anna", "echo"), Is.Not.Null);
        Assert.That(roster.SubmittedBy("anna", "sum"), Is.Null);
        Assert.That(
            () => Parse("student,submitted\nanna,2026-11-20T23:59:00Z\n", "echo", "sum"),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "roster.csv: line 1 has a column \"submitted\", and echo and sum are due; call it \"submitted-echo\" or \"submitted-sum\"."
                )
        );
    }

    [Test]
    public void A_name_that_no_folder_can_have_is_refused() =>
        Assert.That(
            () => Parse($"student\n{new string('a', 300)}\n"),
            Throws.TypeOf<UsageException>().With.Message.StartsWith("roster.csv: line 2 has the student \"aaa")
        );

    [Test]
    public void What_is_no_UTF8_is_refused_with_its_line()
    {
        var csv = Encoding.Latin1.GetBytes("student,name\nanna,Anna\nbob,Böb\n");

        var mistake = Assert.Throws<UsageException>(() => RosterFile.Parse(csv, "roster.csv", []))!;

        Assert.That(mistake.Message, Is.EqualTo("roster.csv: line 3 is no UTF-8; save it as \"CSV UTF-8\"."));
    }

    [Test]
    public void The_roster_lies_where_the_course_says()
    {
        using var folder = new TemporaryFolder();
        folder.MakeFolder("class");
        folder.Write("lists/net.csv", "student\nanna\n");
        string Write(string roster) =>
            folder.Write("grading.json", $$"""{ "submissions": "class/{student}", "roster": "{{roster}}" }""");

        Assert.That(CourseFile.Read(Write("lists/net.csv")).Roster!.Students, Is.EqualTo(["anna"]));
        var absent = Assert.Throws<UsageException>(() => CourseFile.Read(Write("lists/no.csv")))!;
        var noFile = Assert.Throws<UsageException>(() => CourseFile.Read(Write("lists")))!;
        Assert.That(
            absent.Message,
            Is.EqualTo(
                $"{folder["grading.json"]}: roster is \"lists/no.csv\"; there is no such file; paths are relative to the file."
            )
        );
        Assert.That(
            noFile.Message,
            Is.EqualTo(
                $"{folder["grading.json"]}: roster is \"lists\"; it cannot be read; name a file that the grader may read."
            )
        );
        folder.Write("lists/net.csv", "student\n");
        var empty = Assert.Throws<UsageException>(() => CourseFile.Read(Write("lists/net.csv")))!;
        Assert.That(empty.Message, Does.StartWith($"{folder["lists/net.csv"]}: it has no students; "));
    }

    private static Roster Parse(string csv, params string[] due) =>
        RosterFile.Parse(Encoding.UTF8.GetBytes(csv), "roster.csv", due);
}
