using Grader.Checks;
using Grader.Launching;

namespace Grader.Tests.Launching;

internal sealed class SubmissionFileTests
{
    [Test]
    public void A_complete_file_becomes_a_recipe()
    {
        const string File = """
            {
              "build": [["gcc", "-O2", "-o", "echo_server", "echo_server.c"], ["strip", "echo_server"]],
              "server": ["./echo_server", "{port}"],
              "client": ["python3", "echo_client.py", "{message}"],
              "stdin": ["{port}"]
            }
            """;

        var recipe = SubmissionFile.Parse(File);

        Assert.Multiple(() =>
        {
            Assert.That(recipe.Source, Is.EqualTo("submission.json"));
            Assert.That(
                recipe.Build.Select(command => string.Join(' ', command)),
                Is.EqualTo(["gcc -O2 -o echo_server echo_server.c", "strip echo_server"])
            );
            Assert.That(recipe.Server, Is.EqualTo(["./echo_server", "{port}"]));
            Assert.That(recipe.Client, Is.EqualTo(["python3", "echo_client.py", "{message}"]));
            Assert.That(recipe.Stdin, Is.EqualTo(["{port}"]));
            Assert.That(recipe.ArgumentsAreOptional, Is.False, "the student has said how to start it");
        });
    }

    [TestCase("""{ "server": ["./a"] }""", "./a", null)]
    [TestCase("""{ "client": ["./b"] }""", null, "./b")]
    [TestCase("""{ "server": ["./a"], /* of old */ "client": ["./b"], }""", "./a", "./b")]
    public void One_of_server_and_client_is_enough(string file, string? server, string? client)
    {
        var recipe = SubmissionFile.Parse(file);

        Assert.That(recipe.Server?.Single(), Is.EqualTo(server));
        Assert.That(recipe.Client?.Single(), Is.EqualTo(client));
        Assert.That(recipe.Build, Is.Empty);
        Assert.That(recipe.Stdin, Is.Empty);
    }

    private static readonly TestCaseData<string, string, string>[] Mistakes =
    [
        Mistake(
            "no-json",
            "{ \"server\": [\"./a\"]\n  \"stdin\": [] }",
            "line 2 is no JSON",
            "Check its commas, quotes and brackets."
        ),
        Mistake("empty", "", "line 1 is no JSON", "Check its commas, quotes and brackets."),
        Mistake("list", "[]", "it holds a list", "It must be an object: { \"server\": [...] }."),
        Mistake("text", "\"./a\"", "it holds the text \"./a\"", "It must be an object: { \"server\": [...] }."),
        Mistake("null", "null", "it holds null", "It must be an object: { \"server\": [...] }."),
        Mistake("misspelt-key", """{ "sever": ["./a"] }""", "unknown key \"sever\"", "Did you mean \"server\"?"),
        Mistake(
            "unknown-key",
            """{ "run-me": ["./a"] }""",
            "unknown key \"run-me\"",
            "Known: build, server, client, stdin."
        ),
        Mistake(
            "nothing",
            "{}",
            "neither \"server\" nor \"client\" is there",
            "Add the command that starts your server."
        ),
        Mistake(
            "server-as-text",
            """{ "server": "./a {port}" }""",
            "\"server\" is the text \"./a {port}\"",
            "It must be a list of texts: [\"./my_server\", \"{port}\"]."
        ),
        Mistake(
            "unknown-placeholder",
            """{ "server": ["./a", "{prot}"] }""",
            "\"server\" holds {prot}",
            "Did you mean \"{port}\"?"
        ),
        Mistake("server-empty", """{ "server": [] }""", "\"server\" is empty", "Name the program to run."),
        Mistake("client-empty", """{ "client": [] }""", "\"client\" is empty", "Name the program to run."),
        Mistake(
            "number-in-server",
            """{ "server": ["./a", 8080] }""",
            "\"server\" holds 8080",
            "Put each argument in quotes."
        ),
        Mistake(
            "number-in-stdin",
            """{ "server": ["./a"], "stdin": [1] }""",
            "\"stdin\" holds 1",
            "Put each argument in quotes."
        ),
        Mistake(
            "stdin-as-object",
            """{ "server": ["./a"], "stdin": {} }""",
            "\"stdin\" is an object",
            "It must be a list of texts: [\"./my_server\", \"{port}\"]."
        ),
        Mistake(
            "build-as-text",
            """{ "server": ["./a"], "build": "make" }""",
            "\"build\" is the text \"make\"",
            "It must be a list of commands: [[\"make\"]]."
        ),
        Mistake(
            "build-as-one-command",
            """{ "server": ["./a"], "build": ["make"] }""",
            "\"build[0]\" is the text \"make\"",
            "A build is a list of commands, and each command a list of texts: [[\"make\", \"all\"]]."
        ),
        Mistake(
            "empty-build-command",
            """{ "server": ["./a"], "build": [["make"], []] }""",
            "\"build[1]\" is empty",
            "Name the program to run."
        ),
    ];

    [TestCaseSource(nameof(Mistakes))]
    public void Every_mistake_is_named_with_its_remedy(string file, string what, string hint)
    {
        var failure = Assert.Throws<CheckFailedException>(() => SubmissionFile.Parse(file))!.Failure;

        Assert.Multiple(() =>
        {
            Assert.That(failure.Expected, Is.EqualTo("a submission.json that can be read"));
            Assert.That(failure.Actual, Is.EqualTo($"submission.json: {what}"));
            Assert.That(failure.Hint, Is.EqualTo(hint));
        });
    }

    [TestCase("""{ "server": ["./a", "\ud800"] }""")]
    [TestCase("""{ "server": ["./a"], "\ud800": [] }""")]
    [TestCase("""{ "server": "\udc00" }""")]
    public void Half_a_character_is_the_student_s_mistake_as_well(string file)
    {
        var failure = Assert.Throws<CheckFailedException>(() => SubmissionFile.Parse(file))!.Failure;

        Assert.That(failure.Actual, Does.StartWith("submission.json: "));
        Assert.That(failure.Hint, Is.Not.Null);
    }

    private static TestCaseData<string, string, string> Mistake(string name, string file, string what, string hint) =>
        new(file, what, hint) { TestName = $"{{m}}({name})" };
}
